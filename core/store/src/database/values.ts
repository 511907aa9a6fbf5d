import { Fault } from '@inthread/sdk/fault'

/** What may be bound to a statement. A Date or undefined would be stored as something else without a word. */
export type BoundValue = string | number | bigint | null

/** Booleans become 0 and 1; everything that a driver would quietly bend is refused. */
export function bindValue(value: unknown): BoundValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new Fault('store.parameter_refused', { data: { type: value instanceof Date ? 'Date' : typeof value } })
}

/** Whole numbers come back as numbers, but amounts (`…_minor`) always as bigint, on both databases. */
export function readWhole(column: string, value: bigint): number | bigint {
  if (column.endsWith('_minor')) return value
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new Fault('store.number_too_large', { data: { column } })
  return number
}
