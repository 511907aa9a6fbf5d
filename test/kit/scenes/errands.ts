import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  form,
  formChoice,
  holdSchema,
  intent,
  listPick,
  minutes,
  type Money,
  need,
  pagedList,
  reply,
  text,
  textMessage,
  z,
} from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const named = (chinese: string, english: string) => text({ name: 'text' }, { 'zh-CN': chinese, en: english })

const contract = defineContract({
  id: 'errands',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '跑腿', en: 'Errands' },
  config: z.strictObject({ goods: z.int().min(0).max(60).default(25) }),
  needs: { pay: need(payment, { range: '^1', purpose: { 'zh-CN': '收取货款', en: 'to be paid' } }) },
  egress: {
    prices: {
      host: 'prices.example.com',
      purpose: { 'zh-CN': '查询价格', en: 'to look prices up' },
      data: ['public'],
      answer: z.strictObject({ cents: z.int().positive() }),
    },
  },
  emits: { sold: z.strictObject({ article: z.string() }) },
  texts: {
    article: named('商品{{name}}', 'Article {{name}}'),
    take: plain('要这个', 'This one'),
    more: plain('更多', 'More'),
    back: plain('前一页', 'Previous'),
    street: plain('送到哪条街？', 'To which street?'),
    day: plain('哪天送？', 'Which day?'),
    today: plain('今天', 'Today'),
    tomorrow: plain('明天', 'Tomorrow'),
    remark: plain('有什么要求？', 'Any wishes?'),
    changeDay: plain('改日期', 'Change the day'),
    changeRemark: plain('改要求', 'Change the wishes'),
    summary: text(
      { article: 'text', street: 'text', day: 'text', remark: 'text', price: 'money' },
      {
        'zh-CN': '{{article}}，送到{{street}}，{{day}}，{{remark}}，{{price}}',
        en: '{{article}} to {{street}}, {{day}}, {{remark}}, {{price}}',
      },
    ),
    send: plain('下单', 'Order'),
    leave: plain('不下单', 'Do not order'),
    none: plain('已售完。', 'Sold out.'),
    noPrice: text({ reason: 'text' }, { 'zh-CN': '查不到价格：{{reason}}', en: 'No price: {{reason}}' }),
    done: named('已下单：{{name}}', 'Ordered: {{name}}'),
    unpaid: plain('没有下单。', 'Not ordered.'),
    noteWhat: plain('要记什么？', 'What shall I note?'),
    noteHurry: plain('还在等您的备忘内容。', 'Still waiting for your note.'),
    noted: named('已记下：{{name}}', 'Noted: {{name}}'),
    forgot: plain('没有记下。', 'Nothing noted.'),
    count: text({ count: 'count' }, { 'zh-CN': '共{{count}}条备忘。', en: '{{count}} notes.' }),
  },
  collections: {
    goods: collection(z.strictObject({ id: z.string(), stock: z.int() }), {
      key: 'id',
      counters: { stock: { capacity: 'stock' } },
    }),
    notes: collection(z.strictObject({ id: z.string(), words: z.string() }), { key: 'id', dataClass: 'personal' }),
  },
})

/** A sub-flow: asks for one thing and hands it back. */
const street = defineFlow(contract, {
  id: 'street',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ street: z.string() }).partial(),
  result: z.strictObject({ street: z.string() }),
  start: 'askStreet',
  steps: {
    askStreet: {
      kind: 'ask',
      slot: 'street',
      prompt: ({ t }) => textMessage(t('street')),
      read: (words) => /^.{1,20}[路街]$/u.exec(words.trim())?.[0],
      timeout: { afterMs: minutes(15), to: 'end' },
      next: 'end',
    },
    end: { kind: 'end', result: ({ state }) => ({ street: state.street ?? '' }) },
  },
})

const state = z
  .strictObject({
    article: z.string(),
    pick: listPick(z.string()),
    page: z.number(),
    street: z.string(),
    cents: z.number(),
    reason: z.string(),
    hold: holdSchema,
    day: z.enum(['today', 'tomorrow']),
    remark: z.string(),
    checked: formChoice(['day', 'remark']),
  })
  .partial()
const timeout = { afterMs: minutes(30), to: 'end' } as const
const priceOf = (cents = 0): Money => ({ amountMinor: BigInt(cents), currency: 'CNY' })

/** Every kind of step once: a list, a sub-flow, a host outside, a hold, a form, the bank, documents, an event. */
const order = defineFlow(contract, {
  id: 'order',
  revision: 1,
  input: z.strictObject({}),
  state,
  start: 'shopStart',
  runs: { street },
  steps: {
    ...pagedList(contract, state, {
      id: 'shop',
      slot: 'article',
      pick: 'pick',
      page: 'page',
      items: ({ config }) => Array.from({ length: config.goods }, (_each, index) => `A${index + 1}`),
      card: (name, { t }) => ({ title: t('article', { name }), suggestions: [reply(t('take'), name)] }),
      buttons: { more: ({ t }) => t('more'), back: ({ t }) => t('back') },
      read: (said) => /^A\d{1,2}$/.exec(said.trim())?.[0],
      timeout,
      none: 'sayNone',
      next: 'askStreet',
    }),
    askStreet: {
      kind: 'run',
      flow: 'street',
      input: () => ({}),
      on: { done: { to: 'price', set: (result) => ({ street: result.street }) } },
    },
    price: {
      kind: 'fetch',
      from: 'prices',
      request: ({ state: { article = '' } }) => ({ method: 'GET', path: '/price', query: { article } }),
      deadlineMs: 5000,
      on: {
        answered: { to: 'register', set: ({ cents }) => ({ cents }) },
        failed: { to: 'sayNoPrice', set: ({ reason }) => ({ reason }) },
      },
    },
    register: {
      kind: 'write',
      to: 'goods',
      insert: ({ state: { article = '' } }) => ({ id: article, stock: 1 }),
      on: { written: 'hold', present: 'hold' },
    },
    hold: {
      kind: 'reserve',
      from: 'goods',
      counter: 'stock',
      of: ({ state: { article = '' } }) => ({ key: article }),
      holdMs: minutes(30),
      on: { held: { to: 'orderDay', set: (hold) => ({ hold }) }, none_left: 'sayNone' },
    },
    ...form(contract, state, {
      id: 'order',
      fields: {
        day: {
          label: ({ t }) => t('changeDay'),
          words: ['日期', 'day'],
          prompt: ({ t }) => textMessage(t('day'), [reply(t('today'), 'today'), reply(t('tomorrow'), 'tomorrow')]),
        },
        remark: {
          label: ({ t }) => t('changeRemark'),
          words: ['要求', 'wishes'],
          prompt: ({ t }) => textMessage(t('remark')),
          read: (words) => words.trim(),
        },
      },
      slot: 'checked',
      summary: ({ t, state: slots }) =>
        t('summary', {
          article: slots.article ?? '',
          street: slots.street ?? '',
          day: slots.day ?? '',
          remark: slots.remark ?? '',
          price: priceOf(slots.cents),
        }),
      buttons: { submit: ({ t }) => t('send'), cancel: ({ t }) => t('leave') },
      timeout,
      submit: 'pay',
      cancel: 'sayUnpaid',
    }),
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: ({ state: { cents, article = '' } }) => ({ amount: priceOf(cents), purpose: article }),
      on: {
        succeeded: 'take',
        declined: 'sayUnpaid',
        cancelled: 'sayUnpaid',
        expired: 'sayUnpaid',
        unknown: 'sayUnpaid',
      },
    },
    take: {
      kind: 'take',
      hold: ({ state: { hold } }) => hold ?? { id: '', unit: 0, until: 0 },
      on: { taken: 'tell', lapsed: 'sayUnpaid' },
    },
    tell: { kind: 'emit', event: 'sold', data: ({ state: { article = '' } }) => ({ article }), next: 'sayDone' },
    sayDone: {
      kind: 'say',
      message: ({ t, state: { article = '' } }) => textMessage(t('done', { name: article })),
      next: 'end',
    },
    sayUnpaid: { kind: 'say', message: ({ t }) => textMessage(t('unpaid')), next: 'end' },
    sayNone: { kind: 'say', message: ({ t }) => textMessage(t('none')), next: 'end' },
    sayNoPrice: {
      kind: 'say',
      message: ({ t, state: { reason = '' } }) => textMessage(t('noPrice', { reason })),
      next: 'end',
    },
    end: { kind: 'end' },
  },
})

/** A question with a reminder, and a document of the user's own. */
const note = defineFlow(contract, {
  id: 'note',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ words: z.string() }).partial(),
  start: 'askWords',
  steps: {
    askWords: {
      kind: 'ask',
      slot: 'words',
      prompt: ({ t }) => textMessage(t('noteWhat')),
      read: (words) => words.trim(),
      reminder: { afterMs: minutes(10), message: ({ t }) => textMessage(t('noteHurry')) },
      timeout: { afterMs: minutes(20), to: 'sayForgot' },
      next: 'keep',
    },
    keep: {
      kind: 'write',
      to: 'notes',
      put: ({ state: { words = '' }, now }) => ({ id: String(now), words }),
      next: 'sayNoted',
    },
    sayNoted: {
      kind: 'say',
      message: ({ t, state: { words = '' } }) => textMessage(t('noted', { name: words })),
      next: 'end',
    },
    sayForgot: { kind: 'say', message: ({ t }) => textMessage(t('forgot')), next: 'end' },
    end: { kind: 'end' },
  },
})

const notes = defineFlow(contract, {
  id: 'notes',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ count: z.number() }).partial(),
  start: 'read',
  steps: {
    read: {
      kind: 'read',
      from: 'notes',
      by: 'mine',
      limit: 50,
      on: {
        found: { to: 'say', set: (found) => ({ count: found.length }) },
        none: { to: 'say', set: () => ({ count: 0 }) },
      },
    },
    say: {
      kind: 'say',
      message: ({ t, state: { count = 0 } }) => textMessage(t('count', { count })),
      next: 'end',
    },
    end: { kind: 'end' },
  },
})

const words = (chinese: string, english: string) => ({ 'zh-CN': [chinese], en: [english] })

export const errands: Plugin = definePlugin(contract, {
  flows: [order, street, note, notes],
  intents: {
    order: intent({ flow: order, title: { 'zh-CN': '买东西', en: 'Buy' }, words: words('买东西', 'buy'), input: {} }),
    note: intent({ flow: note, title: { 'zh-CN': '备忘', en: 'Note' }, words: words('备忘', 'note'), input: {} }),
    notes: intent({
      flow: notes,
      title: { 'zh-CN': '看备忘', en: 'Notes' },
      words: words('看备忘', 'notes'),
      input: {},
    }),
  },
  menu: ['order', 'note'],
})
