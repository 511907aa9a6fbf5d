import type { Database } from '../store/database.store.ts'
import { findText, minorOf, numberOf, textOf, type Row } from '../store/row.ts'

/** What happened to the balance of one account. */
export interface Entry {
  readonly seq: number
  readonly id: string
  /** Positive when the balance grew. */
  readonly changeMinor: bigint
  /** The payment or deed it belongs to. */
  readonly about?: string
  readonly at: number
}

/** Newest first; what is only reserved is not among them. */
export function listEntries(
  db: Database,
  accountId: string,
  page: { readonly beforeSeq: number; readonly limit: number },
): Entry[] {
  const select =
    'select *, iif(dr = ?, amount_minor, -amount_minor) as change from transfers where (dr = ? or cr = ?) ' +
    `and kind in ('post', 'single') and seq < ? order by seq desc limit ?`
  return db.list(select, accountId, accountId, accountId, page.beforeSeq, page.limit).map(buildEntry)
}

/** What came in and went out since then. */
export function sumFlows(db: Database, accountId: string, sinceMs: number): { inMinor: bigint; outMinor: bigint } {
  const select =
    'select coalesce(sum(iif(dr = ?, amount_minor, 0)), 0) as taken, ' +
    'coalesce(sum(iif(cr = ?, amount_minor, 0)), 0) as given from transfers where (dr = ? or cr = ?) ' +
    `and kind in ('post', 'single') and at >= ? and (cr = ? or cr <> 'acc_treasury')`
  const row = db.find(select, accountId, accountId, accountId, accountId, sinceMs, accountId)
  return row ? { inMinor: minorOf(row, 'taken'), outMinor: minorOf(row, 'given') } : { inMinor: 0n, outMinor: 0n }
}

function buildEntry(row: Row): Entry {
  const about = findText(row, 'payment_id')
  return {
    seq: numberOf(row, 'seq'),
    id: textOf(row, 'id'),
    changeMinor: minorOf(row, 'change'),
    ...(about === undefined ? {} : { about }),
    at: numberOf(row, 'at'),
  }
}
