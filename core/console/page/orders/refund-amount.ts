import type { Order, RefundLine } from './order-line.ts'

/** Minor units that may still be given back; nothing of an order that was not paid. */
export function countLeft(order: Pick<Order, 'state' | 'amount'>, refunds: readonly RefundLine[]): bigint {
  if (order.state !== 'succeeded') return 0n
  const given = refunds.filter(({ state }) => state !== 'failed' && state !== 'rejected')
  return given.reduce((left, { amount }) => left - BigInt(amount.value), BigInt(order.amount.value))
}

/** `12.5` in a currency of two places is 1250; undefined for what is no amount. */
export function readMinor(text: string, places: number): bigint | undefined {
  const [, whole = '', part = ''] = /^(\d{1,12})(?:\.(\d*))?$/.exec(text.trim()) ?? []
  if (whole === '' || part.length > places) return undefined
  return BigInt(`${whole}${part.padEnd(places, '0')}`)
}

export function countPlaces(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
