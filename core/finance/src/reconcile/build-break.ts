import { deriveId } from '@inthread/store'
import type { FoundBreak, BreakSubject } from '../orders/break.store.ts'
import type { StatementRow } from '../schema/book-tables.ts'
import { differ, directionOf, isBack, isBooked, type Sums } from './line.ts'
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
  const { line, result, item, decides } = match
  // Whatever was open is settled by the line, and says itself when it does not fit.
  if (result === 'matched' || decides) return undefined
  // What is in conflict has its break: the line is what people decide it by.
  if (item?.state === 'conflicted') return undefined
  const ofFee = line.kind === 'fee'
  const awaits = item !== undefined && !ofFee && !isBooked(line) && !isBack(line, item.kind)
  const currency = awaits ? item.currency : line.amount.currency
  const differences = new Map(differencesOf(match))
  const difference = differences.get(currency) ?? 0n
  differences.delete(currency)
  const others = [...differences].map(([other, value]) => ({ value: value.toString(), currency: other }))
  const detail: BreakDetail = {
    day: statement.day,
    seq: line.seq,
    bankRef: line.bankRef,
    bank: { kind: line.kind, value: line.amount.amountMinor.toString(), status: line.status },
    ...(item ? { here: describe(item, ofFee ? item.feeMinor : hereOf(item)) } : {}),
    currency,
    difference: difference.toString(),
    ...(others.length > 0 ? { others } : {}),
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
    here: describe(item, item.bookedMinor),
    currency: item.currency,
    difference: (-signOf(item) * item.bookedMinor).toString(),
    of: 'amount',
    awaits: 'line',
  }
  const parent = deriveId(statement.id, 'missing', item.id)
  return { about: { ...subjectOf(statement, item), parent }, found: { kind: 'missing_at_bank', detail } }
}

function hereOf({ state, bookedMinor, amountMinor }: OwnItem): bigint {
  return state === 'succeeded' ? bookedMinor : amountMinor
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
function differencesOf({ line, result, item, fees = new Map() }: LineMatch): Sums {
  const { currency, amountMinor } = line.amount
  const one = (value: bigint, of = currency): Sums => new Map([[of, value]])
  if (line.kind === 'fee') {
    if (!item) return one(isBooked(line) ? directionOf(line) * amountMinor : 0n)
    const sign = signOf(item)
    const bank = new Map([...fees].map(([of, sum]) => [of, sign * sum]))
    return differ(bank, one(sign * item.feeMinor, item.currency))
  }
  const back = isBack(line, item?.kind)
  const sign = signOf(item ?? { kind: line.kind === 'refund' ? 'refund' : 'order' }) * (back ? -1n : 1n)
  if (!isBooked(line)) return item && !back ? one(-sign * item.bookedMinor, item.currency) : new Map()
  // The bank takes back what it says, whatever we have given back of it by ourselves.
  if (!item || back || result === 'duplicate') return one(sign * amountMinor)
  return differ(one(sign * amountMinor), one(sign * item.bookedMinor, item.currency))
}

function signOf({ kind }: Pick<OwnItem, 'kind'>): 1n | -1n {
  return kind === 'refund' ? -1n : 1n
}
