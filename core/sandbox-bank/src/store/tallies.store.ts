import type { Database } from './database.store.ts'
import { numberOf } from './row.ts'

/** Counts what is limited: `subject` says what and for whom, and holds nothing personal. */
export function commitTally(db: Database, subject: string, at: number): void {
  db.run('insert into tallies (subject, at) values (?, ?)', subject, at)
}

/** When it was done since then, oldest first. */
export function listTallies(db: Database, subject: string, sinceMs: number): number[] {
  const select = 'select at from tallies where subject = ? and at >= ? order by at limit 1000'
  return db.list(select, subject, sinceMs).map((row) => numberOf(row, 'at'))
}

export function commitTallyOblivion(db: Database, beforeMs: number): void {
  db.run('delete from tallies where at < ?', beforeMs)
}
