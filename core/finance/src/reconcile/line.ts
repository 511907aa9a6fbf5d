import type { StatementLine } from '@inthread/sdk/bank'
import type { StatementLineRow } from '../schema/book-tables.ts'

/** Minor units by currency. */
export type Sums = ReadonlyMap<string, bigint>

const booked: ReadonlySet<string> = new Set(['booked', 'book', 'posted', 'settled', 'succeeded'])

/** A line that is pending or was rejected has moved nothing. */
export function isBooked({ status }: Pick<StatementLine, 'status'>): boolean {
  return booked.has(status.toLowerCase())
}

type Kind = Pick<StatementLine, 'kind' | 'reversalOf'>

/**
 * Whether it takes back what another line has booked, as it looks by itself: what an order has paid, or what a refund
 * has given back. See {@link Directions} for one that names another.
 */
export function isBack({ kind, reversalOf }: Kind, of: 'order' | 'refund' | undefined): boolean {
  return reversalOf !== undefined || kind === 'return' || (kind === 'refund' && of === 'order')
}

type KeptLine = Pick<StatementLineRow, 'kind' | 'reversal_of' | 'takes_back'>

/** As it was read when it came. */
export function isKeptBack(
  { kind, reversal_of: old, takes_back }: KeptLine,
  of: Parameters<typeof isBack>[1],
): boolean {
  return takes_back === null ? isBack({ kind, reversalOf: old ?? undefined }, of) : takes_back === 1
}

/** It gives again what went back: nothing that was still waited for. */
export function isAgain({ reversalOf }: Pick<StatementLine, 'reversalOf'>, back: boolean): boolean {
  return reversalOf !== undefined && !back
}

export function directionOf({ back }: { readonly back: boolean }): 1n | -1n {
  return back ? -1n : 1n
}

/** The sums themselves, with the amount added. */
export function addTo(sums: Map<string, bigint>, currency: string, amountMinor: bigint): Map<string, bigint> {
  return sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor)
}

/** An amount as sums, or against the other direction. */
export function sumOf(currency: string, amountMinor: bigint): Sums {
  return new Map([[currency, amountMinor]])
}

export function scale(sums: Sums, sign: 1n | -1n): Sums {
  return new Map([...sums].map(([currency, amount]) => [currency, sign * amount]))
}

/** What the first has more than the second, by currency; nothing where they have the same. */
export function differ(left: Sums, right: Sums): Sums {
  const found = new Map(left)
  for (const [currency, amount] of right) addTo(found, currency, -amount)
  return new Map([...found].filter(([, amount]) => amount !== 0n))
}
