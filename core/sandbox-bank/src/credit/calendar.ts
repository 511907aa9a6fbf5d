import type { Fraction } from './exact.ts'

export const dayCounts = ['MONTHLY', '30E/360', 'ACT/365F', 'ACT/360'] as const
export type DayCount = (typeof dayCounts)[number]

const dayMs = 86_400_000

/** The day it is in the bank's zone, `YYYY-MM-DD`. */
export function findDay(epochMs: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(epochMs)
}

/** The instant a day of the bank's zone begins. The zone has no summer time, so any day's offset is that of all. */
export function findDayStartMs(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

/** The same day of a later month, or the month's last one; `anchor` is the day of the month that is meant. */
export function addMonths(day: string, count: number, anchor = Number(day.slice(8))): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(anchor, last))).toISOString().slice(0, 10)
}

/** The day after `from` on which the n-th payment is due. A first one at a month's end means the day of the start. */
export function findDueDay(start: string, firstDue: string, n: number): string {
  return n === 1 ? firstDue : addMonths(firstDue, n - 1, findAnchor({ start, firstDue }))
}

/** The day of the month that is meant, however short a month is. */
export function findAnchor({ start, firstDue }: { readonly start: string; readonly firstDue: string }): number {
  return Number((firstDue === addMonths(start, 1) ? start : firstDue).slice(8))
}

/** The part of a year from one day to another. MONTHLY counts a whole period as a twelfth, and days as 360ths. */
function countYears(dayCount: DayCount, from: string, to: string): Fraction {
  switch (dayCount) {
    case 'ACT/365F':
      return { top: BigInt(countDays(from, to)), bottom: 365n }
    case 'ACT/360':
      return { top: BigInt(countDays(from, to)), bottom: 360n }
    default:
      return { top: BigInt(countThirties(from, to)), bottom: 360n }
  }
}

/**
 * The same from a due day on, or up to one: under MONTHLY the end of a month that is too short counts as the day that
 * is meant, so that every period has thirty days.
 */
export function countYearsMeant(dayCount: DayCount, span: { from: string; to: string }, anchor: number): Fraction {
  const mean = (day: string): string => (dayCount === 'MONTHLY' && isShort(day, anchor) ? `${day.slice(0, 8)}30` : day)
  return countYears(dayCount, mean(span.from), mean(span.to))
}

function isShort(day: string, anchor: number): boolean {
  return Number(day.slice(8)) < anchor && day === addMonths(day, 0, anchor)
}

function countThirties(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number)
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number)
  return 360 * (y2 - y1) + 30 * (m2 - m1) + Math.min(d2, 30) - Math.min(d1, 30)
}
