import { form, formatDay, minutes, money, reply, textMessage } from '@inthread/sdk'
import { addDays, dayOf, readDay } from '../calendar.ts'
import { contract } from '../contract.ts'
import { claimState, kindNames, kinds, type Kind } from './claim-slots.ts'
import { readStory } from './read-story.ts'

/** Four questions, a summary, and a button to correct each answer. */
export const claimForm = form(contract, claimState, {
  id: 'report',
  fields: {
    kind: {
      label: ({ t }) => t('changeKind'),
      words: ['类型', 'what', 'kind'],
      prompt: ({ t }) =>
        textMessage<Kind>(
          t('whatHappened'),
          kinds.map((kind) => reply<Kind>(t(kind), kind)),
        ),
    },
    day: {
      label: ({ t }) => t('changeDay'),
      words: ['日期', 'day'],
      prompt: ({ t, now, timeZone }) => {
        const today = dayOf(now, timeZone)
        return textMessage<string>(t('whenHappened'), [
          reply<string>(t('today'), today),
          reply<string>(t('yesterday'), addDays(today, -1)),
        ])
      },
      read: (words, { now, timeZone }) => {
        const today = dayOf(now, timeZone)
        const day = readDay(words, today)
        return day === undefined || day > today ? undefined : day
      },
    },
    story: {
      label: ({ t }) => t('changeStory'),
      words: ['经过', 'account', 'story'],
      prompt: ({ t }) => textMessage<string>(t('describe')),
      read: readStory,
    },
    amount: {
      label: ({ t }) => t('changeAmount'),
      words: ['金额', 'amount'],
      prompt: ({ t }) => textMessage<string>(t('howMuch')),
      read: readAmount,
    },
  },
  slot: 'checked',
  summary: ({ t, locale, state: { kind = 'collision', day = '', story = '', amount = '0' } }) =>
    t('claimSummary', {
      kind: kindNames[kind][locale.startsWith('zh') ? 'zh' : 'en'],
      day: day === '' ? '' : formatDay(day, locale),
      story,
      amount: money(amount, 'CNY'),
    }),
  buttons: { submit: ({ t }) => t('report'), cancel: ({ t }) => t('dropClaim') },
  timeout: { afterMs: minutes(30), to: 'sayDropped' },
  submit: 'report',
  cancel: 'sayDropped',
})

/** 3200, 3,200.00, 3200元 → `3200.00` */
function readAmount(words: string): string | undefined {
  const said = words.normalize('NFKC').replace(/[\s,¥]|元$|yuan$/giu, '')
  const found = /^([1-9][0-9]{0,6})(?:\.([0-9]{1,2}))?$/.exec(said)
  return found ? `${found[1]}.${(found[2] ?? '').padEnd(2, '0')}` : undefined
}
