import { payment } from '../src/capabilities.ts'
import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  holdSchema,
  hours,
  intent,
  minutes,
  money,
  need,
  reply,
  text,
  textMessage,
  z,
} from '../src/index.ts'

const say = (english: string, chinese: string) => text({}, { en: english, 'zh-CN': chinese })

const contract = defineContract({
  id: 'tea',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en', 'zh-CN'],
  title: { en: 'Tea' },
  config: z.strictObject({ price: z.string().default('12.00') }),
  needs: { pay: need(payment, { range: '^1', purpose: { en: 'to pay for your tea' } }) },
  collections: {
    teas: collection(z.strictObject({ name: z.string(), cups: z.number().int() }), {
      key: 'name',
      counters: { cups: { capacity: 'cups' } },
    }),
    favourites: collection(z.strictObject({ id: z.string(), tea: z.string() }), { key: 'id', dataClass: 'personal' }),
  },
  texts: {
    which: say('Which tea?', '要哪种茶？'),
    green: say('Green tea', '绿茶'),
    black: say('Black tea', '红茶'),
    open: say('We are open until six.', '营业到六点。'),
    waiting: say('Are you still there?', '您还在吗？'),
    gone: say('We are out of it.', '卖完了。'),
    paid: text({ price: 'money' }, { en: 'Paid {{price}}.', 'zh-CN': '已付 {{price}}。' }),
    notPaid: say('Nothing was paid.', '没有付款。'),
    checking: say('The bank is checking.', '银行正在核对。'),
    name: say('Your name?', '您的名字？'),
    hello: text({ name: 'text', again: 'count' }, { en: 'Hello{{#if again}} again{{/if}}, {{name}}.' }),
  },
})

const order = defineFlow(contract, {
  id: 'order',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ tea: z.enum(['green', 'black']), hold: holdSchema }).partial(),
  start: 'which',
  steps: {
    which: {
      kind: 'ask',
      slot: 'tea',
      prompt: ({ t }) => textMessage(t('which'), [reply(t('green'), 'green'), reply(t('black'), 'black')]),
      reminder: { afterMs: minutes(5), message: ({ t }) => textMessage(t('waiting')) },
      timeout: { afterMs: minutes(10), to: 'end' },
      next: 'keep',
    },
    keep: {
      kind: 'reserve',
      from: 'teas',
      counter: 'cups',
      of: ({ state }) => ({ key: state.tea ?? '' }),
      holdMs: minutes(15),
      on: { held: { to: 'remember', set: (hold) => ({ hold }) }, none_left: 'gone' },
    },
    remember: {
      kind: 'write',
      to: 'favourites',
      put: ({ state }) => ({ id: 'me', tea: state.tea ?? '' }),
      next: 'pay',
    },
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: ({ config, state }) => ({ amount: money(config.price, 'CNY'), purpose: `tea: ${state.tea ?? ''}` }),
      on: { succeeded: 'take', declined: 'regret', cancelled: 'regret', expired: 'regret', unknown: 'checking' },
    },
    take: {
      kind: 'take',
      hold: ({ state }) => state.hold ?? { id: '', unit: 0, until: 0 },
      on: { taken: 'thank', lapsed: 'gone' },
    },
    thank: {
      kind: 'say',
      message: ({ t, config }) => textMessage(t('paid', { price: money(config.price, 'CNY') })),
      next: 'end',
    },
    gone: { kind: 'say', message: ({ t }) => textMessage(t('gone')), next: 'end' },
    regret: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'settle' },
    settle: { kind: 'wait', need: 'pay', event: 'settled', limitMs: hours(30), on: { happened: 'take', limit: 'end' } },
    end: { kind: 'end' },
  },
})

const openingHours = defineFlow(contract, {
  id: 'hours',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({}),
  start: 'say',
  steps: { say: { kind: 'say', message: ({ t }) => textMessage(t('open')), next: 'end' }, end: { kind: 'end' } },
})

/** A scene with a limited good, a personal document, a payment and a second wish. */
export const teaHouse = definePlugin(contract, {
  flows: [order, openingHours],
  intents: {
    order: intent({ flow: order, title: { en: 'Tea' }, words: { en: ['tea'], 'zh-CN': ['买茶'] }, input: {} }),
    hours: intent({ flow: openingHours, title: { en: 'Hours' }, words: { en: ['hours'] }, input: {} }),
  },
  menu: ['order'],
})

export const teas = {
  teas: [
    { name: 'green', cups: 1 },
    { name: 'black', cups: 5 },
  ],
}
