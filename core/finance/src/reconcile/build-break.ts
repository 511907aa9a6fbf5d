import { deriveId } from '@inthread/store'
import type { FoundBreak, BreakSubject } from '../orders/break.store.ts'
import type { StatementRow } from '../schema/book-tables.ts'
import { differ, directionOf, isBooked, scale, sumOf, type Sums } from './line.ts'
import type { LineMatch, OwnItem } from './match.ts'

/** What people get to see of a break: amounts, states and references; nobody's name or account. */
export interface BreakDetail {
  readonly day?: string
  readonly seq?: number
  readonly bankRef?: string
  readonly bank?: { readonly kind: string; readonly value: string; readonly status: string }
  readonly here?: { readonly value: string; readonly state: string; readonly currency?: string }
  readonly currency?: string
  /** What the bank booked more than we did, in minor units, from the customer to the merchant. */
  readonly difference?: string
  /** Likewise in other currencies than that of the break. */
  readonly others?: readonly { readonly value: string; readonly currency: string }[]
  readonly of?: 'amount' | 'fee'
  /** The bank has it and has not booked it: a line that comes later may say that it is as we know it. */
  readonly awaits?: 'line'
}

type Found = { readonly about: BreakSubject; readonly found: Omit<FoundBreak, 'now'> }

/**
 * The break of a line that is not what the book has; undefined for one that is. Each line has its own: what was decided
 * about one of them says nothing of the next.
 */
export function buildLineBreak(statement: StatementRow, match: LineMatch): Found | undefined {
  const { line, result, item, back, decides } = match
  // Whatever was open is settled by the line, and says itself when it does not fit.
  if (result === 'matched' || decides) return undefined
  // What is in conflict has its break: the line is what people decide it by.
  if (item?.state === 'conflicted') return undefined
  const ofFee = line.kind === 'fee'
  const awaits = item !== undefined && !ofFee && !isBooked(line) && !back
  const currency = awaits ? item.currency : line.amount.currency
  const detail: BreakDetail = {
    day: statement.day,
    seq: line.seq,
    bankRef: line.bankRef,
    bank: { kind: line.kind, value: line.amount.amountMinor.toString(), status: line.status },
    ...(item ? { here: describe(item, ofFee ? inOwn(item, item.fee) : hereOf(item)) } : {}),
    ...describeDifferences(differencesOf(match), currency),
    of: ofFee ? 'fee' : 'amount',
    ...(awaits ? { awaits: 'line' } : {}),
  }
  // The parts of a fee differ together.
  const parent = ofFee && item ? deriveId(statement.id, 'fee', item.id) : deriveId(statement.id, 'line', line.seq)
  return { about: { ...subjectOf(statement, item), parent }, found: { kind: result, detail } }
}

export function buildMissingBreak(statement: StatementRow, item: OwnItem): Found {
  const detail: BreakDetail = {
    day: statement.day,
    here: describe(item, inOwn(item, item.booked)),
    ...describeDifferences(scale(item.booked, flip(signOf(item))), item.currency),
    of: 'amount',
    awaits: 'line',
  }
  const parent = deriveId(statement.id, 'missing', item.id)
  return { about: { ...subjectOf(statement, item), parent }, found: { kind: 'missing_at_bank', detail } }
}

function hereOf(item: OwnItem): bigint {
  return item.state === 'succeeded' ? inOwn(item, item.booked) : item.amountMinor
}

function inOwn({ currency }: OwnItem, sums: Sums): bigint {
  return sums.get(currency) ?? 0n
}

function describeDifferences(
  differences: Sums,
  currency: string,
): Pick<BreakDetail, 'currency' | 'difference' | 'others'> {
  const others = [...differences]
    .filter(([other, value]) => other !== currency && value !== 0n)
    .map(([other, value]) => ({ value: value.toString(), currency: other }))
  const difference = (differences.get(currency) ?? 0n).toString()
  return { currency, difference, ...(others.length > 0 ? { others } : {}) }
}

function describe({ state, currency }: OwnItem, value: bigint): NonNullable<BreakDetail['here']> {
  return { value: value.toString(), state, currency }
}

function subjectOf(statement: StatementRow, item: OwnItem | undefined): Omit<BreakSubject, 'parent'> {
  return {
    tenant_id: statement.tenant_id,
    bank_id: statement.bank_id,
    order_id: item?.orderId ?? '',
    refund_id: item?.kind === 'refund' ? item.id : null,
  }
}

/** By currency: in another one than ours the bank has something that we have not, and has not what we have. */
function differencesOf({ line, result, item, back, fees = new Map() }: LineMatch): Sums {
  const { currency, amountMinor } = line.amount
  if (line.kind === 'fee') {
    if (!item) return sumOf(currency, isBooked(line) ? directionOf({ back }) * amountMinor : 0n)
    return scale(differ(fees, item.fee), signOf(item))
  }
  const there = signOf(item ?? { kind: line.kind === 'refund' ? 'refund' : 'order' })
  const sign = back ? flip(there) : there
  if (!isBooked(line)) return item && !back ? scale(item.booked, flip(sign)) : new Map()
  // The bank takes back what it says, whatever we have given back of it by ourselves.
  if (!item || back || result === 'duplicate') return sumOf(currency, sign * amountMinor)
  return scale(differ(sumOf(currency, amountMinor), item.booked), sign)
}

function flip(sign: 1n | -1n): 1n | -1n {
  return sign === 1n ? -1n : 1n
}

function signOf({ kind }: Pick<OwnItem, 'kind'>): 1n | -1n {
  return kind === 'refund' ? -1n : 1n
}
