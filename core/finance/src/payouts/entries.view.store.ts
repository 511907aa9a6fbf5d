import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { directionOf, isBooked, isKeptBack } from '../reconcile/line.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { buildEntry, type BookEntry, type Earned } from './entry.ts'
import { listTerms } from './terms.store.ts'

export interface EntryQuery {
  readonly from: Instant
  readonly until: Instant
  /** Of the last entry before; undefined for the first page. */
  readonly after: EntryCursor | undefined
  readonly limit: number
}

export interface EntryCursor {
  readonly at: Instant
  readonly id: string
}

/** In the order in which they were settled. A page that is shorter than asked for is the last. */
export async function listEntries(
  reader: Reader,
  scope: TenantScope,
  query: EntryQuery,
): Promise<readonly BookEntry[]> {
  const terms = await listTerms(reader, scope)
  const orders = (await listCaptured(reader, scope, query)).map(earnedOfOrder)
  const refunds = (await listGivenBack(reader, scope, query)).map(earnedOfRefund)
  return [...orders, ...refunds]
    .toSorted((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1))
    .slice(0, query.limit)
    .map((earned) => buildEntry(earned, terms))
}

/** What goes to the merchant: payments when they are settled, and what else it is paid by when it has it. */
async function listCaptured(reader: Reader, scope: TenantScope, query: EntryQuery): Promise<OrderRow[]> {
  const of = { ...query, table: 'bank_order' } as const
  const payments = await page<OrderRow>(reader, scope, { ...of, more: sql`and route is null` })
  const others = await page<OrderRow>(reader, scope, { ...of, at: sql.ref('captured_at'), more: sql`` })
  return [...payments, ...others]
}

/** A refund with what its order says: the number, and when it was paid. */
type NumberedRefund = RefundRow & { readonly number: string; readonly paidAt: Instant }

async function listGivenBack(reader: Reader, scope: TenantScope, query: EntryQuery): Promise<NumberedRefund[]> {
  const rows = await page<RefundRow>(reader, scope, { ...query, table: 'refund', more: sql`` })
  if (rows.length === 0) return []
  const orders = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .select(['id', 'number', 'settled_at', 'captured_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('id', 'in', [...new Set(rows.map(({ order_id: id }) => id))])
    .execute()
  const paid = new Map(orders.map((order) => [order.id, order]))
  return rows.map((row) => {
    const order = paid.get(row.order_id)
    return {
      ...row,
      number: order?.number ?? '',
      paidAt: order?.captured_at ?? order?.settled_at ?? row.settled_at ?? 0,
    }
  })
}

async function page<T>(
  reader: Reader,
  scope: TenantScope,
  query: EntryQuery & {
    readonly table: 'bank_order' | 'refund'
    readonly more: ReturnType<typeof sql>
    /** The column that says when. */
    readonly at?: ReturnType<typeof sql.ref>
  },
): Promise<T[]> {
  const { table, from, until, after, limit, more, at: when = sql.ref('settled_at') } = query
  const at = after?.at ?? from
  const id = after?.id ?? ''
  const { rows } = await sql<T>`select * from ${sql.table(table)}
    where tenant_id = ${scope.tenantId} and state = 'succeeded' ${more}
    and ${when} >= ${at} and ${when} < ${until} and (${when} > ${at} or id > ${id})
    order by ${when}, id limit ${sql.lit(limit)}`.execute(sqlOf(reader))
  return [...rows]
}

function earnedOfOrder(row: OrderRow): Earned {
  return {
    kind: 'payment',
    id: row.id,
    orderNumber: row.number,
    bank: row.bank_id,
    bankRef: row.bank_ref ?? '',
    at: row.captured_at ?? row.settled_at ?? 0,
    paidAt: row.captured_at ?? row.settled_at ?? 0,
    currency: row.currency,
    amountMinor: row.captured_minor ?? row.amount_minor,
    feeMinor: row.fee_minor ?? 0n,
  }
}

function earnedOfRefund(row: NumberedRefund): Earned {
  return {
    kind: 'refund',
    id: row.id,
    orderNumber: row.number,
    bank: row.bank_id,
    bankRef: row.bank_ref ?? '',
    at: row.settled_at ?? 0,
    paidAt: row.paidAt,
    currency: row.currency,
    amountMinor: row.amount_minor,
    feeMinor: row.fee_minor ?? 0n,
  }
}

export interface PaidOut {
  readonly day: string
  readonly currency: string
  readonly amountMinor: bigint
}

/** What banks have paid out, by the day of their statements; less than nothing for what they took back of it. */
export async function listPaidOut(
  reader: Reader,
  scope: TenantScope,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<readonly PaidOut[]> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('statement_line')
    .select(['day', 'currency', 'kind', 'amount_minor', 'status', 'reversal_of', 'takes_back'])
    .where('tenant_id', '=', scope.tenantId)
    .where('kind', '=', 'payout')
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute()
  return rows.filter(isBooked).map((row) => ({
    day: row.day,
    currency: row.currency,
    amountMinor: directionOf({ back: isKeptBack(row, undefined) }) * row.amount_minor,
  }))
}
