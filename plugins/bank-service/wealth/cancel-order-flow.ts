import {
  defineFlow,
  formatMoney,
  minutes,
  money,
  reply,
  shorten,
  textMessage,
  z,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import { contract, wealthOrderSchema } from '../contract.ts'
import { readYes } from '../words/read-yes.ts'

type Order = z.infer<typeof wealthOrderSchema>
type Chosen = Order | 'keep'
type Why = 'late' | 'refused' | 'unsure'

const state = z
  .strictObject({
    orders: z.array(wealthOrderSchema),
    chosen: z.union([wealthOrderSchema, z.literal('keep')]),
    why: z.enum(['late', 'refused', 'unsure']),
  })
  .partial()
const input = z.strictObject({})
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const none: Order = { order: '', name: '' }
const ordersShown = 8
/** A button holds an amount beside it. */
const nameShown = 10

const patience = { timeout: { afterMs: minutes(15), to: 'sayKept' }, giveUp: 'sayKept' } as const
const unmarked = (why: Why) => ({ to: 'unmark', set: (): { readonly why: Why } => ({ why }) }) as const
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const

/** An order is named and asked about, then cancelled, if its cut-off has not passed: the bank knows. */
export const cancelOrderFlow = defineFlow(contract, {
  id: 'cancelOrder',
  revision: 3,
  input,
  state,
  start: 'look',
  steps: {
    look: {
      kind: 'read',
      from: 'wealthOrders',
      by: 'mine',
      limit: 50,
      on: {
        found: {
          to: 'isAny',
          set: (orders) => ({
            orders: orders.filter(({ withdrawn, over }) => withdrawn !== true && over !== true).slice(0, ordersShown),
          }),
        },
        none: 'sayNone',
      },
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { orders = [] } }) => orders.length === 0, to: 'sayNone' }],
      otherwise: 'ask',
    },
    ask: {
      kind: 'ask',
      slot: 'chosen',
      prompt: askOrder,
      read: (words, { state: { orders = [] } }) => {
        const said = readYes(words)
        if (said === false) return 'keep'
        return said === true && orders.length === 1 ? orders[0] : undefined
      },
      ...patience,
      next: 'isMeant',
    },
    isMeant: {
      kind: 'branch',
      when: [{ is: ({ state: { chosen } }) => typeof chosen === 'object', to: 'mark' }],
      otherwise: 'sayKept',
    },
    // Before the bank is asked: whoever waits for this order may hear of its end first, and says nothing of it then.
    mark: {
      kind: 'write',
      to: 'wealthOrders',
      put: (context) => ({ ...orderOf(context), withdrawn: true }),
      next: 'cancel',
    },
    cancel: {
      kind: 'call',
      need: 'wealth',
      operation: 'cancel',
      input: (context) => ({ placed: orderOf(context).order }),
      on: {
        cancelled: 'sayCancelled',
        too_late: unmarked('late'),
        declined: unmarked('refused'),
        unknown: unmarked('unsure'),
      },
    },
    unmark: { kind: 'write', to: 'wealthOrders', put: orderOf, next: 'whyNot' },
    whyNot: {
      kind: 'branch',
      when: [
        { is: ({ state: { why } }) => why === 'late', to: 'sayTooLate' },
        { is: ({ state: { why } }) => why === 'refused', to: 'sayRefused' },
      ],
      otherwise: 'sayUnsure',
    },
    sayCancelled: say((context) => textMessage(context.t('orderWithdrawn', { name: orderOf(context).name }))),
    sayTooLate: say((context) => textMessage(context.t('orderTooLate', { name: orderOf(context).name }))),
    sayRefused: say(({ t }) => textMessage(t('cancelRefused'))),
    sayUnsure: say(({ t }) => textMessage(t('cancelUnsure'))),
    sayKept: say(({ t }) => textMessage(t('orderKept'))),
    sayNone: say(({ t }) => textMessage(t('noOrder'))),
    end: { kind: 'end' },
  },
})

/** One is asked about by its name; of several the user picks. */
function askOrder({ t, state: { orders = [] } }: Context): Content<Chosen> {
  const [only = none, ...more] = orders
  const keep = reply<Chosen>(t('keepOrder'), 'keep')
  if (more.length === 0) {
    const ask = t('askCancel', { name: only.name, amount: writeAmount(only) })
    return textMessage(ask, [reply<Chosen>(t('cancelIt'), only), keep])
  }
  const labels = orders.map((order) =>
    reply<Chosen>(t('orderLabel', { name: shorten(order.name, nameShown), amount: writeAmount(order) }), order),
  )
  return textMessage(t('askWhichOrder'), [...labels, keep])
}

function orderOf({ state: { chosen } }: Context): Order {
  return typeof chosen === 'object' ? chosen : none
}

/** Nothing for an order of before amounts were kept. */
function writeAmount({ amount }: Order): string {
  return amount === undefined ? '' : formatMoney(money(amount, 'CNY'))
}
