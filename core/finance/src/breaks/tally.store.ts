import { decodeJson } from '@inthread/sdk/json'
import { deriveId, type Reader, type TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { addTo, isBooked, isKeptBack, type Sums } from '../reconcile/line.ts'
import type { BreakDetail } from '../reconcile/build-break.ts'
import type { BreakRow, RefundRow, StatementLineRow } from '../schema/book-tables.ts'
import type { FinanceTables, MovementRow, OrderRow } from '../schema/tables.ts'

/** Of one order or refund, from the customer to the merchant; of fees, from the merchant to the bank. */
export interface Tally {
  /** How many booked lines the bank's statements have about it, those of fees not counted. */
  readonly lines: number
  readonly amounts: { readonly bank: Sums; readonly book: Sums }
  readonly fees: { readonly bank: Sums; readonly book: Sums }
}

export interface Tallied {
  readonly order: OrderRow
  /** Where it is about a refund of that order. */
  readonly refund: RefundRow | undefined
}

/** What all statements say of it, and what the book has of it by now: what is left between them is left to correct. */
export async function readTally(reader: Reader, scope: TenantScope, { order, refund }: Tallied): Promise<Tally> {
  const row = refund ?? order
  const lines = (await listLines(reader, scope, row)).filter(isBooked)
  const corrections = await readCorrections(reader, scope, { orderIds: [order.id] })
  const sign = refund ? -1n : 1n
  const succeeded = row.state === 'succeeded'
  const bookOf = (amountMinor: bigint, of: BreakDetail['of']): Sums =>
    addTo(new Map(corrections.get(nameOf(row.id, of))), row.currency, succeeded ? sign * amountMinor : 0n)
  const bankOf = (ofFees: boolean): Sums => {
    const sums = new Map<string, bigint>()
    for (const line of lines) {
      if ((line.kind === 'fee') !== ofFees) continue
      const { amount_minor: amount, currency } = line
      addTo(sums, currency, isKeptBack(line, refund ? 'refund' : 'order') ? -sign * amount : sign * amount)
    }
    return sums
  }
  return {
    lines: lines.filter(({ kind }) => kind !== 'fee').length,
    amounts: { bank: bankOf(false), book: bookOf(refund?.amount_minor ?? mineOf(order), 'amount') },
    fees: { bank: bankOf(true), book: bookOf(row.fee_minor ?? 0n, 'fee') },
  }
}

/** What the merchant gets of an order: more than the user pays, where points are paid for by their issuer. */
export function mineOf(order: Pick<OrderRow, 'amount_minor' | 'captured_minor'>): bigint {
  return order.captured_minor ?? order.amount_minor
}

function listLines(
  reader: Reader,
  scope: TenantScope,
  { id, bank_id: bank }: Pick<OrderRow, 'id' | 'bank_id'>,
): Promise<StatementLineRow[]> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('statement_line')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('object_id', '=', id)
    .where('bank_id', '=', bank)
    .execute()
}

/**
 * Whether it is about what an order's own line says or should say; not about a line that took it back, or came again.
 * The own line is compared with the first: what the others have moved is theirs.
 */
export function isOfOwnLine({ kind, detail }: BreakRow): boolean {
  if (kind === 'missing_at_bank' || kind === 'amount_differs') return true
  return (decodeJson(detail) as BreakDetail).awaits === 'line'
}

/** What people have corrected so far of these orders and their refunds, see {@link nameOf}. */
export async function readCorrections(
  reader: Reader,
  scope: TenantScope,
  { orderIds, counts }: { readonly orderIds: readonly string[]; readonly counts?: (row: BreakRow) => boolean },
): Promise<ReadonlyMap<string, Sums>> {
  const found = new Map<string, Map<string, bigint>>()
  if (orderIds.length === 0) return found
  const db = sqlOf<FinanceTables>(reader)
  const resolved = await db
    .selectFrom('break_item')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('order_id', 'in', [...orderIds])
    .where('state', '=', 'resolved')
    .where('decision', 'in', ['correct', 'paid'])
    .execute()
  const breaks = counts ? resolved.filter(counts) : resolved
  if (breaks.length === 0) return found
  const movements = await db
    .selectFrom('movement')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('order_id', 'in', [...new Set(breaks.map(({ order_id: id }) => id))])
    .where('kind', '=', 'single')
    .execute()
  for (const row of breaks) {
    const { of } = decodeJson(row.detail) as BreakDetail
    const name = nameOf(row.refund_id ?? row.order_id, of)
    for (const movement of movements) {
      const direction = readDirection(row, movement)
      if (direction === undefined) continue
      const sums = found.get(name) ?? new Map<string, bigint>()
      found.set(name, addTo(sums, movement.currency, direction * movement.amount_minor))
    }
  }
  return found
}

/** Of an order or a refund: what it comes to, or what the bank takes of it. */
export function nameOf(id: string, of: BreakDetail['of']): string {
  return `${of === 'fee' ? 'fee' : 'amount'}/${id}`
}

/** One movement for each currency in which a break is corrected; its name says which way. */
export function correctionIdOf(
  { id }: Pick<BreakRow, 'id'>,
  { currency, more }: { readonly currency: string; readonly more: boolean },
): string {
  return deriveId(id, 'movement', 'correction', currency, more ? 'more' : 'less')
}

/** Undefined for a movement that is none of this break's. */
function readDirection(row: BreakRow, { id, currency }: MovementRow): 1n | -1n | undefined {
  if (id === correctionIdOf(row, { currency, more: true })) return 1n
  if (id === correctionIdOf(row, { currency, more: false })) return -1n
  return id === deriveId(row.id, 'movement', 'correction') ? readOlder(row) : undefined
}

/** Before corrections said so by their name, they followed the difference that stands in the break. */
function readOlder(row: BreakRow): 1n | -1n {
  const { difference = '' } = decodeJson(row.detail) as BreakDetail
  return difference.startsWith('-') ? -1n : 1n
}
