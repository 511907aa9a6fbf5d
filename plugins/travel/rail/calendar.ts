import { localParts, type Instant } from '@inthread/sdk'

/** A calendar day without a zone, written `2026-03-06`: two of them compare as text. */
export type Day = string

const dayMs = 86_400_000

/** undefined when the calendar has no such day. */
export function findDay(year: number, month: number, date: number): Day | undefined {
  if (year < 2000 || year > 2099) return undefined
  const at = new Date(Date.UTC(year, month - 1, date))
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === date
  return exists ? at.toISOString().slice(0, 10) : undefined
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(day).getUTCDay() || 7
}

/** The day that the calendar on the wall shows at this moment. */
export function dayOf(at: Instant, timeZone: string): Day {
  const { year, month, day } = localParts(at, timeZone)
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/**
 * The moment at which the clocks of a zone show this day and time (`08:05`). Where clocks are put forward and the time
 * does not exist, the moment lies within an hour of it.
 */
export function instantOf(day: Day, time: string, timeZone: string): Instant {
  const wallMs = Date.parse(`${day}T${time}:00Z`)
  // The zone's offset is known only for a moment, and the moment only with the offset: the second round settles it.
  const nearMs = wallMs - offsetMs(wallMs, timeZone)
  return (wallMs - offsetMs(nearMs, timeZone)) * 1000
}

function offsetMs(atMs: number, timeZone: string): number {
  const { year, month, day, hour, minute } = localParts(atMs * 1000, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute) - atMs
}
