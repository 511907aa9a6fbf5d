import { localParts } from '@inthread/sdk'
import { addMs, hours, type Instant } from '@inthread/sdk/time'

/** Where a bank does not say in which zone its days are. */
export const defaultZone = 'Asia/Shanghai'

/** From this hour on, yesterday's statement is there. */
const readyAtHour = 6

/** The day of an instant in a zone, as `YYYY-MM-DD`. */
export function dayOf(at: Instant, zone: string): string {
  const { year, month, day } = localParts(at, zone)
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** The last day whose statement can be there by now. */
export function lastReadyDay(now: Instant, zone: string): string {
  return dayOf(addMs(now, -hours(24 + readyAtHour)), zone)
}

/** The day after or before, by the calendar alone. */
export function shiftDay(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}

/** The instants between which a day surely lies, in whatever zone: a little too much on either side. */
export function boundsOf(day: string): { readonly from: Instant; readonly until: Instant } {
  const start = new Date(`${day}T00:00:00Z`).getTime() * 1000
  return { from: addMs(start, -hours(15)), until: addMs(start, hours(24 + 15)) }
}
