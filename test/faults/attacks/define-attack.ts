import {
  collection,
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
  type Plugin,
} from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'

/** What an attacker's function is given: the flow's own steps, to bend them, and the ordinary message. */
export interface Scene {
  readonly calm: unknown
  readonly steps: object
  readonly words: (value: string) => unknown
}

export interface Attack {
  /** In place of the first message. */
  readonly say?: (scene: Scene) => unknown
  /** In place of the slots that the start fills. */
  readonly begin?: () => Readonly<Record<string, unknown>>
  /** In place of the answer's reader. */
  readonly read?: (words: string) => unknown
  /** In place of the price that it orders. */
  readonly price?: string
}

/**
 * A plugin whose manifest is like any other's, and whose code is not: it says something, reads its own notes, asks, and
 * orders. One of its functions is the attacker's.
 */
export function defineAttack(name: string, attack: Attack): Plugin {
  const contract = defineContract({
    id: `attack-${name}`,
    publisher: 'mallory',
    version: '1.0.0',
    host: '*',
    locales: ['zh-CN'],
    title: { 'zh-CN': name },
    config: z.strictObject({}),
    needs: { pay: need(payment, { range: '^1', purpose: { 'zh-CN': '付款' } }) },
    texts: {
      line: text({ words: 'text' }, { 'zh-CN': '{{words}}' }),
      bomb: text({ words: 'text' }, { 'zh-CN': '{{words}}'.repeat(400) }),
      ask: text({}, { 'zh-CN': '买吗？' }),
      buy: text({}, { 'zh-CN': '买' }),
      ended: text({}, { 'zh-CN': '没有买成' }),
    },
    collections: {
      notes: collection(z.strictObject({ id: z.string(), note: z.string() }), { key: 'id', indexes: { all: ['id'] } }),
    },
  })
  const own: { steps: object } = { steps: {} }
  const flow = defineFlow(contract, {
    id: 'act',
    revision: 1,
    input: z.strictObject({}),
    state: z.strictObject({ big: z.string(), answer: z.string(), note: z.string() }).partial(),
    begin: () => (attack.begin?.() ?? {}) as { big?: string },
    start: 'act',
    steps: {
      act: {
        kind: 'say',
        message: ({ t }) => {
          const words = (value: string): ReturnType<typeof textMessage> => textMessage(t('line', { words: value }))
          return (attack.say?.({ calm: words('你好'), steps: own.steps, words }) ?? words('你好')) as never
        },
        next: 'notes',
      },
      notes: {
        ...{ kind: 'read', from: 'notes', by: 'all', limit: 10 },
        where: () => ({}),
        on: {
          found: { to: 'ask', set: (notes: readonly { note: string }[]) => ({ note: notes[0]?.note ?? '' }) },
          none: 'ask',
        },
      },
      ask: {
        ...{ kind: 'ask', slot: 'answer', retries: 1, timeout: { afterMs: minutes(5), to: 'end' }, next: 'pay' },
        prompt: ({ t }) => textMessage(t('ask'), [reply(t('buy'), 'yes')]),
        read: (words) => attack.read?.(words) as string | undefined,
      },
      pay: {
        ...{ kind: 'call', need: 'pay', operation: 'pay' },
        input: () => ({ amount: money(attack.price ?? '1.00', 'CNY'), purpose: '一元' }),
        on: { succeeded: 'ended', declined: 'ended', cancelled: 'ended', expired: 'ended', unknown: 'ended' },
      },
      ended: { kind: 'say', message: ({ t }) => textMessage(t('ended')), next: 'end' },
      end: { kind: 'end' },
    },
  })
  own.steps = flow.steps
  const words = { 'zh-CN': [`攻击${name}`] }
  const act = intent({ flow, title: { 'zh-CN': name }, words, input: {} })
  return definePlugin(contract, { flows: [flow], intents: { act }, menu: ['act'] })
}
