import {
  cardMessage,
  formatDay,
  moneySchema,
  reply,
  shorten,
  textMessage,
  z,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import type { contract } from './contract.ts'

const acts = ['receive', 'back', 'object', 'later'] as const

const orderSchema = z.strictObject({
  id: z.string(),
  state: z.string(),
  item: z.string(),
  amount: moneySchema,
  until: z.string(),
  decidedBy: z.string(),
  wantsBack: z.boolean(),
})
export type Order = z.infer<typeof orderSchema>

export const orderInput = z.strictObject({
  escrow: z.string().optional(),
  /** The bank reminds of it; how it has ended is told by other news. */
  reminds: z.boolean().optional(),
})
export const orderSlots = z
  .strictObject({
    orders: z.array(orderSchema),
    linked: z.boolean(),
    order: orderSchema,
    act: z.enum(acts),
    sure: z.enum(['yes', 'no']),
  })
  .partial()
export type OrderContext = ContextOf<typeof contract, z.infer<typeof orderSlots>, z.infer<typeof orderInput>>

interface Wire {
  readonly id: string
  readonly state: string
  readonly item?: string | undefined
  readonly amount?: Order['amount'] | undefined
  readonly answerBy?: string | undefined
  readonly decidedBy?: string | undefined
  readonly wantsBack?: readonly string[] | undefined
}

const nothing = { amountMinor: 0n, currency: 'CNY' }

export function toOrder({
  id,
  state,
  item = '',
  amount = nothing,
  answerBy = '',
  decidedBy = '',
  ...more
}: Wire): Order {
  return {
    id,
    state,
    item,
    amount,
    until: answerBy.slice(0, 10),
    decidedBy,
    wantsBack: (more.wantsBack ?? []).length > 0,
  }
}

const open: ReadonlySet<string> = new Set(['held', 'shipped', 'disputed'])
export const isWaiting = ({ state }: Pick<Order, 'state'>): boolean => open.has(state)

export function orderOf({ state: { order } }: OrderContext): Order {
  return order ?? toOrder({ id: '-', state: '' })
}

const thingOf = (context: OrderContext) => {
  const { item, amount } = orderOf(context)
  return { item, amount }
}

export function whichOrder({ t, state: { orders = [] } }: OrderContext): Content<Order> {
  return textMessage(
    t('which'),
    orders.map((order) => reply(t('item', { name: shorten(order.item, 25) }), order)),
  )
}

const standings: Readonly<Record<string, readonly [string, string]>> = {
  held: ['等待卖家发货，货款由银行保管', 'To be shipped; the bank keeps the money'],
  shipped: ['卖家已发货，收到后请确认', 'Shipped: say so once it is there'],
  asked: ['已申请退款，等卖家同意', 'Money back is asked for; the seller has to agree'],
  disputed: ['银行正在裁定', 'The bank is deciding'],
}

/** What may still be done depends on where it stands: the bank would refuse everything else. */
export function orderCard(context: OrderContext): Content<(typeof acts)[number]> {
  const { t, locale } = context
  const { state, until, wantsBack } = orderOf(context)
  const [zh = '', en = ''] = standings[wantsBack && state !== 'disputed' ? 'asked' : state] ?? []
  return cardMessage({
    title: t('orderTitle', thingOf(context)),
    description: t('orderBody', {
      standing: locale.startsWith('zh') ? zh : en,
      until: until === '' ? '' : formatDay(until, locale),
      rule: state === 'shipped' && !wantsBack ? 'paid' : '',
    }),
    suggestions: [
      ...(state === 'held' ? [] : [reply(t('received'), 'receive' as const)]),
      ...(wantsBack ? [] : [reply(t('moneyBack'), 'back' as const)]),
      ...(state === 'shipped' ? [reply(t('object'), 'object' as const)] : []),
      reply(t('later'), 'later' as const),
    ],
  })
}

export function sureCard(context: OrderContext): Content<'yes' | 'no'> {
  const { t } = context
  return cardMessage({
    title: t('sureTitle', thingOf(context)),
    description: t('sureBody'),
    suggestions: [reply(t('sure'), 'yes' as const), reply(t('later'), 'no' as const)],
  })
}

const whys: Readonly<Record<string, readonly [string, string]>> = {
  rule: ['期限已过，按约定的规则', 'the time was over and the rule was applied'],
  bank: ['银行已裁定', 'the bank has decided'],
}

/** How it has ended, and who ended it where that was neither of the two. */
export function endMessage(context: OrderContext): Content {
  const { t, locale } = context
  const { state, decidedBy } = orderOf(context)
  const why = whys[decidedBy]?.[locale.startsWith('zh') ? 0 : 1]
  const thing = thingOf(context)
  if (state === 'released') return textMessage(why ? t('releasedBy', { ...thing, why }) : t('released', thing))
  return textMessage(why ? t('returnedBy', { ...thing, why }) : t('returned', thing))
}
