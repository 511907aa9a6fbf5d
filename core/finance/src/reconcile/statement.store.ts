import type { Statement } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import type { IdSource, Reader, TenantScope, Transaction } from '@inthread/store'
import { insertNew, sql, sqlOf } from '@inthread/store/sql'
import type { StatementLineRow, StatementRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'
import type { LineMatch } from './match.ts'

export interface StatementName {
  readonly bankId: string
  readonly day: string
}

export function findStatement(
  reader: Reader,
  scope: TenantScope,
  { bankId, day }: StatementName,
): Promise<StatementRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('statement')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('day', '=', day)
    .executeTakeFirst()
}

export interface DaySpan {
  readonly bankId: string
  /** Both ends belong to it. */
  readonly from: string
  readonly until: string
}

/** The days that were imported whole. */
export async function listImported(
  reader: Reader,
  scope: TenantScope,
  { bankId, from, until }: DaySpan,
): Promise<ReadonlySet<string>> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('statement')
    .select('day')
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .where('imported_at', '>', 0)
    .execute()
  return new Set(rows.map(({ day }) => day))
}

/** All days of a bank that were imported whole, for the condition of another query. */
export function wholeDays(reader: Reader, scope: TenantScope, bankId: string) {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('statement')
    .select('day')
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('imported_at', '>', 0)
}

/** Whether a day of a bank has begun to be imported, and is not done. */
export async function isBeingRead(reader: Reader, scope: TenantScope, bankId: string): Promise<boolean> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('statement')
    .select('day')
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('imported_at', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}

export async function findFirstOrder(reader: Reader, scope: TenantScope, bankId: string): Promise<Instant | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .select('created_at')
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .orderBy('created_at')
    .executeTakeFirst()
  return row?.created_at
}

/** The newest first. */
export function listStatements(
  reader: Reader,
  scope: TenantScope,
  { bankId, limit }: { readonly bankId?: string | undefined; readonly limit: number },
): Promise<StatementRow[]> {
  let query = sqlOf<FinanceTables>(reader).selectFrom('statement').selectAll().where('tenant_id', '=', scope.tenantId)
  if (bankId !== undefined) query = query.where('bank_id', '=', bankId)
  return query.orderBy('day', 'desc').orderBy('bank_id').limit(sql.lit(limit)).execute()
}

/**
 * Begins an import, or goes on with one that was cut short: its name is the same, and so are its breaks. Where the bank
 * says something else of the day by now, what was kept of it until then is dropped, and it begins anew.
 */
export async function beginStatement(
  tx: Transaction,
  scope: TenantScope,
  { bankId, statement, ids }: { readonly bankId: string; readonly statement: Statement; readonly ids: IdSource },
): Promise<{ readonly row: StatementRow; readonly anew: boolean }> {
  const { day, sha256, head, lines } = statement
  const row: StatementRow = {
    tenant_id: scope.tenantId,
    bank_id: bankId,
    day,
    id: ids.next(),
    sha256,
    head,
    lines: lines.length,
    breaks: 0,
    imported_at: 0,
  }
  await insertNew(tx, 'statement', { rows: [row], key: 'day' })
  const kept = await findStatement(tx, scope, { bankId, day })
  const anew = kept !== undefined && kept.imported_at === 0 && kept.sha256 !== sha256
  if (anew) await replaceStatement(tx, row)
  return { row: anew ? row : (kept ?? row), anew }
}

async function replaceStatement(tx: Transaction, row: StatementRow): Promise<void> {
  const db = sqlOf<FinanceTables>(tx)
  await db
    .deleteFrom('statement_line')
    .where('tenant_id', '=', row.tenant_id)
    .where('bank_id', '=', row.bank_id)
    .where('day', '=', row.day)
    .execute()
  await db
    .updateTable('statement')
    .set({ id: row.id, sha256: row.sha256, head: row.head, lines: row.lines })
    .where('tenant_id', '=', row.tenant_id)
    .where('bank_id', '=', row.bank_id)
    .where('day', '=', row.day)
    .where('imported_at', '=', 0)
    .execute()
}

export async function finishStatement(
  tx: Transaction,
  statement: StatementRow,
  { breaks, now }: { readonly breaks: number; readonly now: Instant },
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('statement')
    .set({ breaks, imported_at: now })
    .where('tenant_id', '=', statement.tenant_id)
    .where('bank_id', '=', statement.bank_id)
    .where('day', '=', statement.day)
    .execute()
}

/** Lines as they are kept, each with what it was found to be. */
export function insertLines(tx: Transaction, statement: StatementRow, matches: readonly LineMatch[]): Promise<void> {
  return insertNew(tx, 'statement_line', { rows: matches.map((match) => buildLine(statement, match)), key: 'seq' })
}

function buildLine(statement: StatementRow, { line, result, item, back }: LineMatch): StatementLineRow {
  const short = (text: string): string => text.slice(0, 190)
  return {
    tenant_id: statement.tenant_id,
    bank_id: statement.bank_id,
    day: statement.day,
    seq: line.seq,
    bank_ref: short(line.bankRef),
    client_ref: line.clientRef === undefined ? null : short(line.clientRef),
    kind: short(line.kind),
    amount_minor: line.amount.amountMinor,
    currency: line.amount.currency,
    value_date: line.valueDate,
    booked_at: line.bookedAt,
    payer_mask: line.payerMask ?? null,
    payee_mask: line.payeeMask ?? null,
    status: short(line.status),
    reversal_of: line.reversalOf === undefined ? null : short(line.reversalOf),
    takes_back: back ? 1 : 0,
    result,
    object_id: item?.id ?? null,
  }
}
