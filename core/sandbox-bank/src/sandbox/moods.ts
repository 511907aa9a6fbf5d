import type { Database } from '../store/database.store.ts'
import { commitMeta, findMeta } from '../store/meta.store.ts'

/** How somebody around the bank behaves, such as `biller:power` → `silent`; kept, so that a restart changes nothing. */
export function commitMood(db: Database, subject: string, mood: string): void {
  commitMeta(db, `mood ${subject}`, mood)
}

export function findMood(db: Database, subject: string): string | undefined {
  return findMeta(db, `mood ${subject}`)
}
