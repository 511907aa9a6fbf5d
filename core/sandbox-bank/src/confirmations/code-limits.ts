import type { Bank } from '../app/bank.ts'
import { Problem } from '../transport/problem.ts'
import { findLastLock, listCodeRequestTimes } from './confirmations.store.ts'

const windowMs = 60_000

/** How many codes a number may still ask for in the running minute, and when the next becomes possible. */
export interface CodeBudget {
  readonly left: number
  readonly resetSec: number
}

export function getCodeBudget(bank: Bank, phoneIndex: string): CodeBudget {
  const now = bank.clock.now()
  const times = listCodeRequestTimes(bank.db, phoneIndex, now - windowMs)
  const oldest = times[Math.max(times.length - bank.terms.codesPerMinute, 0)]
  const resetSec = oldest === undefined ? 0 : Math.ceil((oldest + windowMs - now) / 1000)
  return { left: Math.max(bank.terms.codesPerMinute - times.length, 0), resetSec }
}

/** RateLimit fields (draft-ietf-httpapi-ratelimit-headers) of the bucket that counts codes for one number. */
export function renderRateLimit(bank: Bank, budget: CodeBudget): Record<string, string> {
  return {
    'ratelimit-policy': `"codes";q=${bank.terms.codesPerMinute};w=${windowMs / 1000}`,
    ratelimit: `"codes";r=${budget.left};t=${budget.resetSec}`,
  }
}

export function assertCodeAllowed(bank: Bank, phoneIndex: string): void {
  const budget = getCodeBudget(bank, phoneIndex)
  if (budget.left > 0) return
  throw new Problem('rate_limited', {
    detail: `This number may ask for ${bank.terms.codesPerMinute} codes a minute: wait ${budget.resetSec} s.`,
    retryAfterSec: budget.resetSec,
    headers: renderRateLimit(bank, budget),
  })
}

/** After a confirmation was locked by wrong codes, nothing is confirmed by this number for a while. */
export function assertNumberNotBlocked(bank: Bank, phoneIndex: string): void {
  const now = bank.clock.now()
  const lockedAt = findLastLock(bank.db, phoneIndex, now - bank.terms.blockMs)
  if (lockedAt === undefined) return
  const retryAfterSec = Math.ceil((lockedAt + bank.terms.blockMs - now) / 1000)
  const detail = `Too many wrong codes were given for this number: it is blocked for another ${retryAfterSec} s.`
  throw new Problem('confirmation_blocked', { detail, retryAfterSec })
}
