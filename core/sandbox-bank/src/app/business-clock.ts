import type { Database } from '../store/database.store.ts'
import { findMeta, commitMeta } from '../store/meta.store.ts'

const offsetKey = 'clock_offset_ms'

/**
 * The time by which the bank does business: expiry, settlement, signatures, statements. It is the system's time plus an
 * offset that the sandbox may move forward; the offset is a row, so a restart does not bring yesterday back.
 */
export interface BusinessClock {
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly offsetMs: () => number
  readonly advance: (byMs: number) => void
}

export function buildBusinessClock(db: Database, systemNow: () => number): BusinessClock {
  let offsetMs = Number(findMeta(db, offsetKey) ?? '0')
  return {
    now: () => systemNow() + offsetMs,
    offsetMs: () => offsetMs,
    advance: (byMs) => {
      commitMeta(db, offsetKey, String(offsetMs + byMs))
      offsetMs += byMs
    },
  }
}

/** RFC 3339 in UTC, to the millisecond. */
export function renderInstant(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
