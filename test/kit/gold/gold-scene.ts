import {
  defineContract,
  defineFlow,
  definePlugin,
  intent,
  minutes,
  money,
  need,
  reply,
  text,
  textMessage,
  z,
} from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'
import { goldSaving } from './gold-saving.ts'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

const contract = defineContract({
  id: 'gold-scene',
  publisher: 'gold-shop',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '存黄金', en: 'Save gold' },
  config: z.strictObject({}),
  needs: {
    gold: need(goldSaving, { range: '^1', purpose: { 'zh-CN': '购买积存金', en: 'to have gold bought' } }),
  },
  texts: {
    howMuch: plain('存多少克黄金？', 'How many grams?'),
    one: plain('1 克', '1 gram'),
    two: plain('2 克', '2 grams'),
    saved: text({ receipt: 'text' }, { 'zh-CN': '已存金，回单 {{receipt}}', en: 'Saved, receipt {{receipt}}' }),
    unsaved: plain('没有存金。', 'No gold was saved.'),
    checking: plain('银行在核对存金。', 'The bank is checking.'),
  },
  collections: {},
})

const save = defineFlow(contract, {
  id: 'save',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ grams: z.enum(['1', '2']), receipt: z.string() }).partial(),
  start: 'ask',
  steps: {
    ask: {
      kind: 'ask',
      slot: 'grams',
      prompt: ({ t }) => textMessage(t('howMuch'), [reply(t('one'), '1'), reply(t('two'), '2')]),
      timeout: { afterMs: minutes(15), to: 'end' },
      next: 'buy',
    },
    buy: {
      kind: 'call',
      need: 'gold',
      operation: 'buy',
      input: ({ state: { grams = '1' } }) => ({
        amount: money(grams === '2' ? '1560.40' : '780.20', 'CNY'),
        purpose: `积存金 ${grams} 克`,
        grams,
      }),
      on: {
        succeeded: { to: 'saySaved', set: ({ receipt }) => ({ receipt }) },
        declined: 'sayUnsaved',
        cancelled: 'sayUnsaved',
        expired: 'sayUnsaved',
        unknown: 'sayChecking',
      },
    },
    saySaved: {
      kind: 'say',
      message: ({ t, state: { receipt = '' } }) => textMessage(t('saved', { receipt })),
      next: 'end',
    },
    sayUnsaved: { kind: 'say', message: ({ t }) => textMessage(t('unsaved')), next: 'end' },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'end' },
    end: { kind: 'end' },
  },
})

/** A scene that sells gold, and knows nothing of how it is paid. */
export const goldScene: Plugin = definePlugin(contract, {
  flows: [save],
  intents: {
    save: intent({
      flow: save,
      title: { 'zh-CN': '存黄金', en: 'Save gold' },
      words: { 'zh-CN': ['存黄金'], en: ['save gold'] },
      input: {},
    }),
  },
  menu: ['save'],
})
