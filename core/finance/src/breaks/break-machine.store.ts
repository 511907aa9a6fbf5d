import { Fault } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import { addMs, hours, type Instant } from '@inthread/sdk/time'
import { openScope, type ListPart, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import { behind, forUpdate, sql, sqlOf } from '@inthread/store/sql'
import { breakMachine, moveBy, type BreakEvent } from '../schema/book-machines.ts'
import type { BreakDetail } from '../reconcile/build-break.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'

export interface BreakName {
  readonly scope: TenantScope
  readonly breakId: string
}

export async function lockBreak(tx: Transaction, { scope, breakId }: BreakName): Promise<BreakRow> {
  const row = await sqlOf<FinanceTables>(tx)
    .selectFrom('break_item')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', breakId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  if (!row) throw new Fault('break.unknown', { data: { break: breakId } })
  return row
}

/** What else is undecided about the same order, or the same refund. */
export async function listOpenAbout(reader: Reader, row: BreakRow): Promise<readonly BreakRow[]> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('break_item')
    .selectAll()
    .where('tenant_id', '=', row.tenant_id)
    .where('order_id', '=', row.order_id)
    .where('state', 'in', ['open', 'assigned'])
    .execute()
  return rows.filter(({ id, refund_id: refund }) => id !== row.id && refund === row.refund_id)
}

/** Waits for whoever decides one of a bank's breaks at this moment. */
export function lockUndecided(tx: Transaction, scope: TenantScope, bankId: string): Promise<BreakRow[]> {
  return sqlOf<FinanceTables>(tx)
    .selectFrom('break_item')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('state', 'in', ['open', 'assigned'])
    .modifyEnd(forUpdate(tx))
    .execute()
}

export async function commitBreakMove(
  tx: Transaction,
  row: BreakRow,
  move: { readonly event: BreakEvent; readonly change?: Partial<BreakRow> },
): Promise<void> {
  const state = moveBy(breakMachine, { from: row.state, event: move.event })
  await sqlOf<FinanceTables>(tx)
    .updateTable('break_item')
    .set({ ...move.change, state })
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .execute()
}

export interface BreakQuery extends ListPart {
  readonly id?: string | undefined
  readonly open: boolean
}

const oldestFirst = { at: 'opened_at', id: 'id', down: false } as const

/** The oldest first: that is the order in which they hurt. */
export function listBreaks(
  reader: Reader,
  scope: TenantScope,
  { id, open, after, limit }: BreakQuery,
): Promise<BreakRow[]> {
  let query = sqlOf<FinanceTables>(reader).selectFrom('break_item').selectAll().where('tenant_id', '=', scope.tenantId)
  if (id !== undefined) query = query.where('id', '=', id)
  if (open) query = query.where('state', 'in', ['open', 'assigned'])
  if (after) query = query.where(behind(oldestFirst, after))
  return query.orderBy('opened_at').orderBy('id').limit(sql.lit(limit)).execute()
}

/** Of these breaks, those whose order or refund still is what the bank and we speak differently about. */
export async function listInConflict(
  reader: Reader,
  scope: TenantScope,
  rows: readonly BreakRow[],
): Promise<ReadonlySet<string>> {
  const open = rows.filter(({ state, order_id: order }) => (state === 'open' || state === 'assigned') && order !== '')
  const db = sqlOf<FinanceTables>(reader)
  const found = new Set<string>()
  const refunds = open.flatMap(({ refund_id: id }) => id ?? [])
  const orders = open.flatMap(({ order_id: id, refund_id: refund }) => (refund === null ? [id] : []))
  if (orders.length > 0) {
    const conflicted = db.selectFrom('bank_order').select('id').where('state', '=', 'conflicted')
    const of = conflicted.where('tenant_id', '=', scope.tenantId).where('id', 'in', orders)
    for (const { id } of await of.execute()) found.add(id)
  }
  if (refunds.length > 0) {
    // A refund has no state for it: it is in processing, and nobody asks the bank any more.
    const waiting = db.selectFrom('refund').select('id').where('state', '=', 'processing').where('task', 'is', null)
    const of = waiting.where('tenant_id', '=', scope.tenantId).where('id', 'in', refunds)
    for (const { id } of await of.execute()) found.add(id)
  }
  return new Set(open.flatMap((row) => (found.has(row.refund_id ?? row.order_id) ? [row.id] : [])))
}

export async function isInConflict(reader: Reader, row: BreakRow): Promise<boolean> {
  return (await listInConflict(reader, openScope(row.tenant_id), [row])).has(row.id)
}

/** What was missing at the bank, or not booked yet, is there after all, a day late: whoever looks after it or not. */
export async function closeAwaiting(
  tx: Transaction,
  scope: TenantScope,
  { ids, now }: { readonly ids: readonly string[]; readonly now: Instant },
): Promise<void> {
  if (ids.length === 0) return
  const rows = await sqlOf<FinanceTables>(tx)
    .selectFrom('break_item')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('kind', 'in', ['missing_at_bank', 'state_differs'])
    .where('state', 'in', ['open', 'assigned'])
    .where((where) => where.or([where('order_id', 'in', [...ids]), where('refund_id', 'in', [...ids])]))
    .modifyEnd(forUpdate(tx))
    .execute()
  for (const row of rows) {
    const awaits = row.kind === 'missing_at_bank' || (decodeJson(row.detail) as BreakDetail).awaits === 'line'
    // A refund's break names its order too, and the order's own line says nothing of the refund.
    if (awaits && ids.includes(row.refund_id ?? row.order_id)) await closeBreak(tx, row, { decision: 'late_line', now })
  }
}

/** The bank has stated a day anew before it was read whole: what was found on it is found again, or is not there. */
export async function closeDropped(
  tx: Transaction,
  scope: TenantScope,
  { bankId, day, now }: { readonly bankId: string; readonly day: string; readonly now: Instant },
): Promise<void> {
  const rows = await lockUndecided(tx, scope, bankId)
  for (const row of rows)
    if ((decodeJson(row.detail) as BreakDetail).day === day) await closeBreak(tx, row, { decision: 'stated_anew', now })
}

/** It is out of the hands of whoever took it: there is nothing left to decide. */
async function closeBreak(
  tx: Transaction,
  row: BreakRow,
  { decision, now }: { readonly decision: string; readonly now: Instant },
): Promise<void> {
  if (row.state === 'assigned') await commitBreakMove(tx, row, { event: 'give_back' })
  const change = { decision, decided_at: now }
  await commitBreakMove(tx, { ...row, state: 'open' }, { event: 'late_line_found', change })
}

const agedAfterMs = hours(24)
const atOnce = 100

/** Those that nobody has decided for a day, told once each; of all tenants. */
export async function alarmBreaks(tx: Transaction, now: Instant): Promise<readonly BreakRow[]> {
  const rows = await aged(tx, now).selectAll().limit(sql.lit(atOnce)).modifyEnd(forUpdate(tx)).execute()
  for (const row of rows) {
    await sqlOf<FinanceTables>(tx)
      .updateTable('break_item')
      .set({ alarmed_at: now })
      .where('tenant_id', '=', row.tenant_id)
      .where('id', '=', row.id)
      .execute()
  }
  return rows
}

export async function hasAged(reader: Reader, now: Instant): Promise<boolean> {
  return (await aged(reader, now).select('id').limit(sql.lit(1)).execute()).length > 0
}

function aged(reader: Reader, now: Instant) {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('break_item')
    .where('state', 'in', ['open', 'assigned'])
    .where('alarmed_at', 'is', null)
    .where('opened_at', '<=', addMs(now, -agedAfterMs))
}
