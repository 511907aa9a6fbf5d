import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  intent,
  minutes,
  need,
  reaction,
  reply,
  text,
  textMessage,
  z,
  type Plugin,
} from '../src/index.ts'
import { payment } from '../src/capabilities.ts'
import { buildManifest } from '../src/manifest/build-manifest.ts'
import type { Manifest } from '../src/manifest/manifest-schema.ts'

const purpose = { 'zh-CN': '支付', en: 'to be paid' }

const contract = defineContract({
  id: 'tea-house',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '茶馆', en: 'Tea house' },
  config: z.strictObject({ host: z.string().default('tea.example.com') }),
  secrets: { key: { purpose, hosts: ['api.example.com'] } },
  needs: { pay: need(payment, { range: '^1', purpose }) },
  texts: {
    which: text({}, { 'zh-CN': '要什么茶？', en: 'Which tea?' }),
    green: text({}, { 'zh-CN': '绿茶', en: 'Green tea' }),
    price: text({ price: 'money' }, { 'zh-CN': '{{price}}', en: 'It is {{price}}' }, { keep: ['price'] }),
  },
  collections: {
    teas: collection(z.strictObject({ id: z.string(), kind: z.string(), left: z.int() }), {
      ...{ key: 'id', indexes: { kind: ['kind', 'id'] }, counters: { cups: { capacity: 'left' } } },
    }),
  },
  egress: { api: { host: 'api.example.com', purpose, data: ['public'], answer: z.unknown(), secret: 'key' } },
  emits: { poured: z.strictObject({ tea: z.string() }) },
  listens: { arrived: { plugin: 'travel', event: 'arrived', data: z.strictObject({}) } },
  residency: ['CN'],
})

const state = z.strictObject({ tea: z.string() }).partial()

const order = defineFlow(contract, {
  id: 'order',
  revision: 2,
  input: z.strictObject({}),
  state,
  start: 'which',
  steps: {
    which: {
      ...{ kind: 'ask', slot: 'tea', timeout: { afterMs: minutes(10), to: 'end' }, next: 'pay' },
      prompt: ({ t }) => textMessage(t('which'), [reply(t('green'), 'green')]),
    },
    pay: {
      ...{ kind: 'call', need: 'pay', operation: 'pay' },
      input: () => ({ amount: { amountMinor: 800n, currency: 'CNY' }, purpose: 'tea' }),
      on: { succeeded: 'pour', declined: 'which', cancelled: 'end', expired: 'end', unknown: 'wait' },
    },
    wait: {
      ...{ kind: 'wait', need: 'pay', event: 'settled', limitMs: minutes(60) },
      on: { happened: 'pour', limit: 'end' },
    },
    pour: { kind: 'emit', event: 'poured', data: ({ state: { tea } }) => ({ tea: tea ?? '' }), next: 'end' },
    end: { kind: 'end' },
  },
  moves: { 1: { steps: { what: 'which' } } },
})

export const sample: Plugin = definePlugin(contract, {
  flows: [order],
  intents: {
    order: intent({
      ...{ flow: order, title: { 'zh-CN': '点茶', en: 'Order tea' }, input: {} },
      words: { 'zh-CN': ['来杯茶'], en: ['tea'] },
    }),
  },
  menu: ['order'],
  reactions: { arrived: reaction({ flow: order, input: () => ({}) }) },
})

/** The sample's manifest, which a test may spoil as it likes. */
export function copyManifest(): Draft<Manifest> {
  return structuredClone(buildManifest(sample))
}

/** The same without `readonly`. */
export type Draft<T> = T extends object ? { -readonly [K in keyof T]: Draft<T[K]> } : T
