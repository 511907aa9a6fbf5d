import { cardMessage, reply, textMessage, type Money } from '@inthread/sdk'
import { writeCapitalWords } from '../words/capital-words.ts'
import { readAmount } from '../words/read-amount.ts'
import { showPhone } from '../words/read-phone.ts'
import type { TransferContext, TransferState, TransferSteps } from './slots.ts'
import { patience } from './who-steps.ts'

/** How much and when. An amount that may be two is asked about; none is taken without having been shown. */
export const amountSteps: TransferSteps<'amount'> = {
  hasAmount: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.amount !== undefined, to: 'askSpeed' },
      { is: ({ state }) => state.said !== undefined, to: 'heard' },
    ],
    otherwise: 'askAmount',
  },
  askAmount: {
    kind: 'ask',
    slot: 'said',
    prompt: ({ t }) => textMessage(t('askAmount')),
    read: (words) => readAmount(words),
    ...patience,
    next: 'heard',
  },
  heard: {
    kind: 'branch',
    when: [{ is: ({ state: { said } }) => said !== undefined && 'either' in said, to: 'askEither' }],
    otherwise: 'askSpeed',
  },
  askEither: {
    kind: 'ask',
    slot: 'amount',
    prompt: ({ t, state: { said } }) => {
      if (!said || !('either' in said)) return textMessage(t('askAmount'))
      const { first, second } = said.either
      const label = (amount: typeof first) => reply(t('amountLabel', { amount }), amount)
      return textMessage(t('askEither', said.either), [label(first), label(second)])
    },
    read: (words) => {
      const read = readAmount(words)
      return read && 'amount' in read ? read.amount : undefined
    },
    ...patience,
    next: 'askSpeed',
  },
  askSpeed: {
    kind: 'ask',
    slot: 'speed',
    prompt: (context) => {
      const { t, locale, state } = context
      const amount = amountOf(context)
      const { name = '', bank = '', account = '' } = state.found ?? {}
      const body = isNameAsked(state.found, amount) ? 'speedBodyAsked' : 'speedBody'
      const chinese = locale.startsWith('zh') ? 1 : 0
      return cardMessage({
        title: t('speedTitle', { amount, words: writeCapitalWords(amount), chinese }),
        description: t(body, { name, bank, account, terms: writeTerms(context) }),
        suggestions: [
          ...[reply(t('realtime'), 'realtime' as const), reply(t('inTwoHours'), '2h' as const)],
          ...[reply(t('nextDay'), 'nextDay' as const), reply(t('otherAmount'), 'amount' as const)],
        ],
      })
    },
    ...patience,
    next: { to: 'spoken', set: (speed) => (speed === 'amount' ? anotherAmount : {}) },
  },
  spoken: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.speed === undefined, to: 'askAmount' }],
    otherwise: 'isFresh',
  },
  isFresh: {
    kind: 'branch',
    when: [{ is: ({ state, now }) => (state.found?.until ?? 0) > now, to: 'send' }],
    otherwise: 'sayStale',
  },
  sayStale: { kind: 'say', message: ({ t }) => textMessage(t('stale')), next: 'lookup' },
}

const anotherAmount: Partial<TransferState> = { said: undefined, amount: undefined, speed: undefined }

const termsShown = 3

/** In the bank's own words, on one line; what the card says already is not said again. */
function writeTerms({ locale, state: { found, who } }: TransferContext): string {
  const said = [found?.bank, found?.name, found?.account, showPhone(who?.phone ?? '')]
  const colon = locale.startsWith('zh') ? '：' : ': '
  const terms = (found?.facts ?? []).filter(({ value }) => !said.includes(value))
  return terms
    .slice(0, termsShown)
    .map(({ label, value }) => `${label}${colon}${value}`)
    .join(' · ')
}

/** The bank has said from which amount on it asks who the payee is. */
function isNameAsked(found: TransferState['found'], amount: Money): boolean {
  const from = found?.nameAskedFrom
  return from !== undefined && from.currency === amount.currency && amount.amountMinor >= from.amountMinor
}

/** What was chosen, or what was said where only one thing can have been meant. */
export function amountOf({ state: { amount, said } }: TransferContext): NonNullable<TransferState['amount']> {
  if (amount) return amount
  if (said && 'amount' in said) return said.amount
  throw new TypeError('an amount is asked for before it is shown')
}
