import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { dbNow, forUpdate, sql, sqlOf } from '@inthread/store/sql'
import { paysMerchant } from '../book/movements.ts'
import { routeOf } from '../orders/route.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { dayOf, shiftDay } from './bank-day.ts'
import { listImported } from './statement.store.ts'

export interface SilentQuery {
  readonly bankId: string
  /** Of the statement that is being imported. */
  readonly day: string
  readonly zone: string
}

export type SentTable = 'bank_order' | 'refund'

/** What was sent, and how it stood when it was found to be on no statement. */
export interface Sent {
  readonly id: string
  readonly queries: number
  /** The last time, however often it was sent. */
  readonly sentAt: Instant
}

/**
 * Orders or refunds that were last sent on a day before, that the bank has never acknowledged, and that are on no
 * statement: neither on that of their own day nor on any up to this one. What pays somebody else than the merchant, or
 * moves nothing, would be on none of them anyway, and is not among them.
 */
export async function listSilent(
  reader: Reader,
  scope: TenantScope,
  { table, day, zone, bankId }: SilentQuery & { readonly table: SentTable },
): Promise<readonly Sent[]> {
  const before = (await listSent(reader, scope, { table, only: sql`and bank_id = ${bankId}` })).filter(
    ({ sentAt }) => dayOf(sentAt, zone) < day,
  )
  const silent: Sent[] = []
  for (const row of before) {
    const from = dayOf(row.sentAt, zone)
    const covered = await isCovered(reader, scope, { bankId, from, until: day })
    if (covered && !(await isOnLine(reader, scope, row.id))) silent.push(row)
  }
  return silent
}

/** Whether nothing has happened to it since, and nobody is asking the bank about it now; kept for the transaction. */
export async function isSilentStill(
  tx: Transaction,
  scope: TenantScope,
  { table, id, queries, sentAt }: Sent & { readonly table: SentTable },
): Promise<boolean> {
  const only = sql`and id = ${id} and lease_until < ${dbNow(tx)}`
  const [row] = await listSent(tx, scope, { table, only, lock: forUpdate(tx) })
  return row !== undefined && row.queries === queries && row.sentAt === sentAt
}

interface SentQuery {
  readonly table: SentTable
  readonly only: ReturnType<typeof sql>
  readonly lock?: ReturnType<typeof sql>
}

type SentRow = Pick<Sent, 'id' | 'queries'> & { readonly sent_at: Instant; readonly route: string | null }

async function listSent(reader: Reader, scope: TenantScope, { table, only, lock }: SentQuery): Promise<Sent[]> {
  const columns = table === 'refund' ? sql`sent_at, null as route` : sql`submitted_at as sent_at, route`
  const sentAt = table === 'refund' ? sql`sent_at` : sql`submitted_at`
  const select = sql<SentRow>`
    select id, queries, ${columns} from ${sql.table(table)}
    where tenant_id = ${scope.tenantId} ${only} and state = 'processing' and task = 'query' and bank_ref is null
    and amount_minor > 0 and queries > 0 and ${sentAt} is not null ${lock ?? sql``}`
  const rows = (await select.execute(sqlOf(reader))).rows
    .filter(({ route }) => route === null || paysMerchant(routeOf({ route }).book))
    .map(({ id, queries, sent_at: at }) => ({ id, queries, sentAt: at }))
  if (table === 'refund' || rows.length === 0) return rows
  const attempts = await sqlOf<FinanceTables>(reader)
    .selectFrom('attempt')
    .select(['order_id', 'sent_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where(
      'order_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  const last = new Map<string, Instant>()
  for (const { order_id: id, sent_at: at } of attempts) last.set(id, Math.max(last.get(id) ?? 0, at))
  return rows.map((row) => ({ ...row, sentAt: Math.max(row.sentAt, last.get(row.id) ?? 0) }))
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
