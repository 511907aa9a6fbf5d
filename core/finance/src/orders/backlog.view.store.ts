import type { Reader } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { FinanceTables } from '../schema/tables.ts'

/** What is undecided, over all tenants: each counted up to a limit, because it is read again and again. */
export interface FinanceBacklog {
  /** Orders of which nobody knows yet whether the bank has carried them out, and when the oldest was handed over. */
  readonly processing: number
  readonly processingOldestAt: number | null
  /** Orders about which the bank and we say different things. */
  readonly conflicted: number
  readonly refunds: number
  /** Differences with a statement that nobody has closed. */
  readonly breaks: number
}

const countedAtMost = 10_000

export async function readFinanceBacklog(reader: Reader): Promise<FinanceBacklog> {
  const orders = sql`select submitted_at as at from bank_order where state = 'processing' ${limit}`
  const processing = await count(reader, orders)
  const of = async (rows: ReturnType<typeof sql>): Promise<number> => (await count(reader, rows)).waiting
  return {
    processing: processing.waiting,
    processingOldestAt: processing.oldest,
    conflicted: await of(sql`select created_at as at from bank_order where state = 'conflicted' ${limit}`),
    refunds: await of(sql`select created_at as at from refund where state = 'processing' ${limit}`),
    breaks: await of(sql`select opened_at as at from break_item where state in ('open', 'assigned') ${limit}`),
  }
}

const limit = sql`limit ${sql.lit(countedAtMost)}`

async function count(
  reader: Reader,
  rows: ReturnType<typeof sql>,
): Promise<{ readonly waiting: number; readonly oldest: number | null }> {
  const query = sql<{ waiting: number; oldest: number | null }>`select count(*) as waiting, min(at) as oldest
    from (${rows}) as some`
  const found = await query.execute(sqlOf<FinanceTables>(reader))
  return found.rows[0] ?? { waiting: 0, oldest: null }
}
