import { commitTally, listTallies } from '../store/tallies.store.ts'
import { Problem } from '../transport/problem.ts'
import type { Bank } from './bank.ts'

export interface Limit {
  /** What is counted, and for whom. */
  readonly subject: string
  readonly most: number
  readonly sinceMs: number
  /** When the oldest that counts stops to count, after its time. */
  readonly freeAfterMs: number
  readonly detail: string
}

/** Throws when there is no room for one more. */
export function assertWithin(bank: Bank, { subject, most, sinceMs, freeAfterMs, detail }: Limit): void {
  const times = listTallies(bank.db, subject, sinceMs)
  const oldest = times[times.length - most]
  if (times.length < most || oldest === undefined) return
  const retryAfterSec = Math.max(Math.ceil((oldest + freeAfterMs - bank.clock.now()) / 1000), 1)
  throw new Problem('rate_limited', { detail, retryAfterSec })
}

/** Counts one more. Throws when there is no room for it. */
export function commitCounted(bank: Bank, limit: Limit): void {
  assertWithin(bank, limit)
  commitTally(bank.db, limit.subject, bank.clock.now())
}
