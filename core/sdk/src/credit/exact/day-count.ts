import { addMonths, daysBetween, daysInMonth, isLeapYear, parseDay, type Day } from './calendar.ts'
import { addFractions, fraction, zero, type Fraction } from './fraction.ts'

/**
 * What share of a year lies between two days.
 *
 * - `MONTHLY`: a period counts as what it is called: months/12, weeks/52, days/365, whatever its length in days. Odd
 *   days (a broken first period, a payoff between two due days) count as whole months/12 and the rest by `oddDays`; of
 *   weeks, each day as the seventh of one
 * - `30E/360`: (360·Δy + 30·Δm + min(d2, 30) − min(d1, 30)) / 360, also called Eurobond basis
 * - `30U/360`: the American one: the last day of February counts as a 30th, d2 = 31 as a 30th where d1 is one
 * - `ACT/365F`, `ACT/364`, `ACT/360`: real days over 365, 364 (52 weeks) or 360
 * - `ACT/ACT`: real days over the length of the year that each lies in (ISDA)
 */
export type DayCount = 'MONTHLY' | RealDayCount
export type RealDayCount = '30E/360' | '30U/360' | 'ACT/365F' | 'ACT/364' | 'ACT/360' | 'ACT/ACT'

export const realDayCounts: readonly RealDayCount[] = [
  '30E/360',
  '30U/360',
  'ACT/365F',
  'ACT/364',
  'ACT/360',
  'ACT/ACT',
]

/** The exact share of a year from `from` to `to`. */
export function yearFraction(dayCount: RealDayCount, from: Day, to: Day): Fraction {
  switch (dayCount) {
    case 'ACT/365F':
      return fraction(BigInt(daysBetween(from, to)), 365n)
    case 'ACT/364':
      return fraction(BigInt(daysBetween(from, to)), 364n)
    case 'ACT/360':
      return fraction(BigInt(daysBetween(from, to)), 360n)
    case 'ACT/ACT':
      return countActual(from, to)
    case '30E/360':
      return countThirties(from, to, (first, last) => [Math.min(first, 30), Math.min(last, 30)])
    case '30U/360':
      return countThirties(from, to, (first, last) => clipAmerican([from, first], [to, last]))
  }
}

function countThirties(from: Day, to: Day, clip: (first: number, last: number) => [number, number]): Fraction {
  const [first, last] = [parseDay(from, 'the first day'), parseDay(to, 'the last day')]
  const [d1, d2] = clip(first.day, last.day)
  const days = 360 * (last.year - first.year) + 30 * (last.month - first.month) + d2 - d1
  return fraction(BigInt(days), 360n)
}

function clipAmerican([from, first]: [Day, number], [to, last]: [Day, number]): [number, number] {
  const firstClipped = isLastOfFebruary(from) ? 30 : Math.min(first, 30)
  const lastInFebruary = isLastOfFebruary(from) && isLastOfFebruary(to)
  if (lastInFebruary) return [firstClipped, 30]
  return [firstClipped, firstClipped === 30 ? Math.min(last, 30) : last]
}

function isLastOfFebruary(at: Day): boolean {
  const { year, month, day } = parseDay(at, 'the day')
  return month === 2 && day === daysInMonth(year, month)
}

function countActual(from: Day, to: Day): Fraction {
  const [first, last] = [parseDay(from, 'the first day').year, parseDay(to, 'the last day').year]
  let sum = zero
  for (let year = first; year <= last; year += 1) {
    const begin = year === first ? from : `${String(year).padStart(4, '0')}-01-01`
    const end = year === last ? to : `${String(year + 1).padStart(4, '0')}-01-01`
    sum = addFractions(sum, fraction(BigInt(daysBetween(begin, end)), isLeapYear(year) ? 366n : 365n))
  }
  return sum
}

/**
 * How a `MONTHLY` credit counts a period that is no whole one: whole months are twelfths, what is over counts by
 * `oddDays`. By `30E/360` that is one count, since there a month is a twelfth too.
 */
export function countOddPeriod(from: Day, to: Day, oddDays: RealDayCount): Fraction {
  const months = countWholeMonths(from, to)
  const reached = addMonths(from, months)
  if (reached === to) return fraction(BigInt(months), 12n)
  if (oddDays === '30E/360') return yearFraction(oddDays, from, to)
  return addFractions(fraction(BigInt(months), 12n), yearFraction(oddDays, reached, to))
}

function countWholeMonths(from: Day, to: Day): number {
  const [first, last] = [parseDay(from, 'the first day'), parseDay(to, 'the last day')]
  const months = (last.year - first.year) * 12 + last.month - first.month
  return addMonths(from, months) <= to ? months : months - 1
}
