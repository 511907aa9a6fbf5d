import { deriveId } from '@inthread/store'
import type { FoundBreak, BreakSubject } from '../orders/break.store.ts'
import type { StatementRow } from '../schema/book-tables.ts'
import type { LineMatch, OwnItem } from './match.ts'

/** What people get to see of a break: amounts, states and references; nobody's name or account. */
export interface BreakDetail {
  readonly day?: string
  readonly seq?: number
  readonly bankRef?: string
  readonly bank?: { readonly kind: string; readonly value: string; readonly status: string }
  readonly here?: { readonly value: string; readonly state: string }
  readonly currency?: string
  /** What the bank booked more than we did, in minor units, from the customer to the merchant. */
  readonly difference?: string
  readonly of?: 'amount' | 'fee'
}

type Found = { readonly about: BreakSubject; readonly found: Omit<FoundBreak, 'now'> }

/** The break of a line that is not what the book has; undefined for one that is. */
export function buildLineBreak(statement: StatementRow, match: LineMatch): Found | undefined {
  const { line, result, item, decides } = match
  // Whatever was open is settled by the line, and says itself when it does not fit.
  if (result === 'matched' || decides) return undefined
  const ofFee = line.kind === 'fee'
  const detail: BreakDetail = {
    day: statement.day,
    seq: line.seq,
    bankRef: line.bankRef,
    bank: { kind: line.kind, value: line.amount.amountMinor.toString(), status: line.status },
    ...(item ? { here: { value: item.amountMinor.toString(), state: item.state } } : {}),
    currency: line.amount.currency,
    difference: differenceOf(match).toString(),
    of: ofFee ? 'fee' : 'amount',
  }
  const own = item !== undefined && result !== 'duplicate'
  const line_ = deriveId(statement.id, 'line', line.seq)
  const parent = own ? (ofFee ? deriveId(item.id, 'fee') : item.id) : line_
  return { about: { ...subjectOf(statement, item), parent }, found: { kind: result, detail } }
}

export function buildMissingBreak(statement: StatementRow, item: OwnItem): Found {
  const detail: BreakDetail = {
    day: statement.day,
    here: { value: item.amountMinor.toString(), state: item.state },
    currency: item.currency,
    difference: (-signOf(item) * item.amountMinor).toString(),
    of: 'amount',
  }
  return { about: { ...subjectOf(statement, item), parent: item.id }, found: { kind: 'missing_at_bank', detail } }
}

function subjectOf(statement: StatementRow, item: OwnItem | undefined): Omit<BreakSubject, 'parent'> {
  return {
    tenant_id: statement.tenant_id,
    bank_id: statement.bank_id,
    order_id: item?.orderId ?? '',
    refund_id: item?.kind === 'refund' ? item.id : null,
  }
}

function differenceOf({ line, result, item }: LineMatch): bigint {
  const { amountMinor } = line.amount
  if (line.kind === 'fee') return amountMinor - (item?.feeMinor ?? 0n)
  const sign = item ? signOf(item) : line.kind === 'refund' || line.kind === 'return' ? -1n : 1n
  if (!item || result === 'duplicate') return sign * amountMinor
  const here = item.state === 'succeeded' ? item.amountMinor : 0n
  const takenBack = line.reversalOf !== undefined || line.kind === 'return' || result === 'state_differs'
  // Whatever the bank takes back is gone whole; what it booked although we know of no success, it booked whole.
  const atBank = takenBack && here > 0n ? 0n : amountMinor
  return sign * (atBank - here)
}

function signOf({ kind }: Pick<OwnItem, 'kind'>): 1n | -1n {
  return kind === 'refund' ? -1n : 1n
}
