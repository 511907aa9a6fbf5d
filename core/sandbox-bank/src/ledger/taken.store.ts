import type { Database } from '../store/database.store.ts'
import { minorOf } from '../store/row.ts'

/** What an account has given, or holds to give, since then: what was held and given back does not count. */
export function sumTakenMinor(db: Database, accountId: string, sinceMs: number): bigint {
  const select =
    `select coalesce(sum(amount_minor), 0) as total from transfers as line where cr = ? and at >= ? ` +
    `and (kind = 'single' or kind = 'pending' and not exists ` +
    `(select 1 from transfers where pending_id = line.id and kind = 'void'))`
  const row = db.find(select, accountId, sinceMs)
  return row ? minorOf(row, 'total') : 0n
}
