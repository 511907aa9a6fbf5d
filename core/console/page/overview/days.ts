import type { Money } from '../parts/amount.tsx'

export interface Day {
  readonly day: string
  readonly payments: number
  readonly captured: Money
  readonly refunded: Money
}

/** The last `count` days up to today, as dates in this zone. */
export function listDates(count: number, timeZone: string, now: Date): readonly string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const today = Date.parse(`${format.format(now)}T00:00:00Z`)
  return Array.from({ length: count }, (_, index) =>
    new Date(today - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  )
}

/** Every date has its day: those on which nothing happened are there with nothing. */
export function fillDays(dates: readonly string[], days: readonly Day[], currency: string): readonly Day[] {
  const known = new Map(days.filter((each) => each.captured.currency === currency).map((each) => [each.day, each]))
  const zero = { value: '0', currency }
  return dates.map((day) => known.get(day) ?? { day, payments: 0, captured: zero, refunded: zero })
}

export function sum(amounts: readonly Money[], currency: string): Money {
  return { value: String(amounts.reduce((total, { value }) => total + BigInt(value), 0n)), currency }
}

/** By how many percent more or less than before; undefined where there was nothing before. */
export function compare(now: bigint, before: bigint): number | undefined {
  return before === 0n ? undefined : Number(((now - before) * 1000n) / before) / 10
}
