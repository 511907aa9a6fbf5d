import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { FinanceTables } from '../schema/tables.ts'
import { boundsOf, dayOf, shiftDay } from './bank-day.ts'
import { listImported } from './statement.store.ts'

export interface SilentQuery {
  readonly bankId: string
  /** Of the statement that is being imported. */
  readonly day: string
  readonly zone: string
}

interface Sent {
  readonly id: string
  readonly sentAt: number | null
}

/**
 * Orders that were sent on a day before, that the bank has never acknowledged, and that are on no statement: neither on
 * that of their own day nor on this one.
 */
export async function listSilentOrders(reader: Reader, scope: TenantScope, query: SilentQuery): Promise<Sent[]> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .select(['id', 'submitted_at as sentAt'])
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', query.bankId)
    .where('state', '=', 'processing')
    .where('task', '=', 'query')
    .where('bank_ref', 'is', null)
    .where('queries', '>', 0)
    .where('submitted_at', '<', boundsOf(query.day).until)
    .execute()
  return keepSilent(reader, scope, { ...query, rows })
}

export async function listSilentRefunds(reader: Reader, scope: TenantScope, query: SilentQuery): Promise<Sent[]> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('refund')
    .select(['id', 'sent_at as sentAt'])
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', query.bankId)
    .where('state', '=', 'processing')
    .where('task', '=', 'query')
    .where('bank_ref', 'is', null)
    .where('queries', '>', 0)
    .where('sent_at', '<', boundsOf(query.day).until)
    .execute()
  return keepSilent(reader, scope, { ...query, rows })
}

async function keepSilent(
  reader: Reader,
  scope: TenantScope,
  { rows, day, zone, bankId }: SilentQuery & { readonly rows: readonly Sent[] },
): Promise<Sent[]> {
  const before = rows.filter(({ sentAt }) => sentAt !== null && dayOf(sentAt, zone) < day)
  const silent: Sent[] = []
  for (const row of before) {
    const own = dayOf(row.sentAt ?? 0, zone)
    if ((await isCovered(reader, scope, { bankId, from: own, until: day })) && !(await isOnLine(reader, scope, row.id)))
      silent.push(row)
  }
  return silent
}

/** Whether every day from its own to the one before this was imported: a hole in the statements proves nothing. */
async function isCovered(
  reader: Reader,
  scope: TenantScope,
  { bankId, from, until }: { readonly bankId: string; readonly from: string; readonly until: string },
): Promise<boolean> {
  const imported = await listImported(reader, scope, { bankId, from, until })
  for (let day = from; day < until; day = shiftDay(day, 1)) if (!imported.has(day)) return false
  return true
}

async function isOnLine(reader: Reader, scope: TenantScope, id: string): Promise<boolean> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('statement_line')
    .select('seq')
    .where('tenant_id', '=', scope.tenantId)
    .where('object_id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}
