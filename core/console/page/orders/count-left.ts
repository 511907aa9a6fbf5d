import type { Order, RefundLine } from './order-line.ts'

/** Minor units that may still be given back; nothing of an order that was not paid. */
export function countLeft(order: Pick<Order, 'state' | 'amount'>, refunds: readonly RefundLine[]): bigint {
  if (order.state !== 'succeeded') return 0n
  const given = refunds.filter(({ state }) => state !== 'failed' && state !== 'rejected')
  return given.reduce((left, { amount }) => left - BigInt(amount.value), BigInt(order.amount.value))
}
