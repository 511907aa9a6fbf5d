/**
 * A point in time: whole microseconds since 1970-01-01T00:00:00Z. A safe integer until the year 2255, so it is a plain
 * number everywhere outside the database, where it is a 64-bit column.
 */
export type Instant = number

/**
 * The business clock: expiry, quiet hours, statements and signatures. Leases and back-off run on database time
 * instead.
 */
export interface Clock {
  now(): Instant
}

export const seconds = (count: number): number => count * 1000
export const minutes = (count: number): number => count * 60_000
export const hours = (count: number): number => count * 3_600_000
export const days = (count: number): number => count * 86_400_000

export function addMs(at: Instant, durationMs: number): Instant {
  return at + Math.round(durationMs * 1000)
}

export function instantFromMs(epochMs: number): Instant {
  return Math.round(epochMs * 1000)
}

/** RFC 3339 in UTC, to the millisecond: what is written on wires. */
export function instantToIso(at: Instant): string {
  return new Date(Math.floor(at / 1000)).toISOString()
}

/** undefined when the text is not an RFC 3339 date and time with a zone. */
export function findInstant(text: string): Instant | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(text)
  // The engine takes the 30th of February for the 2nd of March.
  if (!match?.[1] || !isDate(match[1])) return undefined
  const epochMs = Date.parse(text)
  return Number.isNaN(epochMs) ? undefined : instantFromMs(epochMs)
}

function isDate(text: string): boolean {
  const epochMs = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(text)
}
