import { addDays, findDay, findDayStartMs } from '../credit/calendar.ts'
import { cutOffHour } from './wealth-products.ts'

const hourMs = 3_600_000

export interface TradeDays {
  /** The day whose price counts. */
  readonly tradeOn: string
  /** Until then an order of that day can be taken back. */
  readonly cutOffMs: number
  /** The day on which the units are confirmed. */
  readonly confirmOn: string
}

/** An order after the cut-off, or on a weekend, is one of the next working day; it is confirmed a working day later. */
export function findTradeDays(nowMs: number, zone: string): TradeDays {
  const today = findDay(nowMs, zone)
  const cutOff = (day: string): number => findDayStartMs(day) + cutOffHour * hourMs
  const tradeOn = isWorkingDay(today) && nowMs < cutOff(today) ? today : findNextWorkingDay(today)
  return { tradeOn, cutOffMs: cutOff(tradeOn), confirmOn: findNextWorkingDay(tradeOn) }
}

/** Nine in the morning, when the day's work is through. */
export function findConfirmMs(day: string): number {
  return findDayStartMs(day) + 9 * hourMs
}

function findNextWorkingDay(day: string): string {
  const next = addDays(day, 1)
  return isWorkingDay(next) ? next : findNextWorkingDay(next)
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(Date.parse(day)).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
