import { addEvery, addMonths, daysBetween, measureEvery, parseDay, type Day } from '../exact/calendar.ts'
import { countOddPeriod, yearFraction } from '../exact/day-count.ts'
import { fixedOne, fractionalPower, fromFixedPoint, toFixedPoint } from '../exact/fixed-point.ts'
import { addFractions, fraction, multiplyFractions, one, parseRate, type Fraction } from '../exact/fraction.ts'
import type { CheckedTerms } from './terms.ts'

/** One stretch of a credit, from a due day to the next. */
export interface Period {
  readonly n: number
  readonly from: Day
  readonly due: Day
  readonly days: number
  /** Of a year. */
  readonly share: Fraction
  /** What one unit of principal earns in it. */
  readonly rate: Fraction
}

export function listPeriods(terms: CheckedTerms): readonly Period[] {
  const dues = terms.dueDays ?? listDueDays(terms)
  if (terms.method === 'bullet') return [buildPeriod(terms, { n: 1, from: terms.start, due: dues.at(-1) ?? '' })]
  return dues.map((due, index) => buildPeriod(terms, { n: index + 1, from: dues[index - 1] ?? terms.start, due }))
}

/** The share of a year between two days that need not be due days. */
export function shareBetween(terms: CheckedTerms, from: Day, to: Day): Fraction {
  if (terms.dayCount !== 'MONTHLY') return yearFraction(terms.dayCount, from, to)
  const measure = measureEvery(terms.every)
  if ('days' in measure) return fraction(BigInt(daysBetween(from, to)), 'weeks' in terms.every ? 364n : 365n)
  return countOddPeriod(from, to, terms.oddDays)
}

/** What one unit earns in a share of a year, at the rate that holds for a period. */
export function rateOf(terms: CheckedTerms, share: Fraction, n: number): Fraction {
  const change = terms.rateChanges.findLast(({ from }) => from <= n)
  const annual = parseRate(change?.annualRate ?? terms.annualRate, 'annualRate')
  if (terms.compoundsPerYear === undefined) return multiplyFractions(annual, share)
  const times = BigInt(terms.compoundsPerYear)
  const growth = addFractions(one, multiplyFractions(annual, fraction(1n, times)))
  const exponent = multiplyFractions(share, fraction(times, 1n))
  // Powers of a month of days have hundreds of digits; fifty of them are enough for any rounding.
  const small = exponent.denominator === 1n && exponent.numerator <= 12n
  if (!small) return fromFixedPoint(fractionalPower(toFixedPoint(growth), exponent) - fixedOne)
  const { numerator, denominator } = growth
  const grown = fraction(numerator ** exponent.numerator, denominator ** exponent.numerator)
  return addFractions(grown, { numerator: -1n, denominator: 1n })
}

function listDueDays(terms: CheckedTerms): readonly Day[] {
  const { firstDue, every, periods } = terms
  const measure = measureEvery(every)
  const counts = Array.from({ length: periods }, (_, index) => index)
  if ('days' in measure) return counts.map((count) => addEvery(firstDue, every, count))
  const day = terms.dueDay ?? findDueDay(terms)
  return counts.map((count) => (count === 0 ? firstDue : addMonths(firstDue, measure.months * count, day)))
}

/** Paid out on the 31st and first due on the 30th of April: it was the month that was short. */
function findDueDay({ start, firstDue }: CheckedTerms): number {
  const [begin, first] = [parseDay(start, 'start'), parseDay(firstDue, 'firstDue')]
  const months = (first.year - begin.year) * 12 + first.month - begin.month
  return addMonths(start, months) === firstDue ? begin.day : first.day
}

function buildPeriod(terms: CheckedTerms, stretch: Pick<Period, 'n' | 'from' | 'due'>): Period {
  const share = measureShare(terms, stretch)
  return { ...stretch, days: daysBetween(stretch.from, stretch.due), share, rate: rateOf(terms, share, stretch.n) }
}

/** Between two regular due days lies one interval, whatever its days; the first may be a broken one. */
function measureShare(terms: CheckedTerms, { n, from, due }: Pick<Period, 'n' | 'from' | 'due'>): Fraction {
  const regular = terms.dayCount === 'MONTHLY' && n > 1
  return regular ? shareOfInterval(terms) : measureFirst(terms, from, due)
}

function measureFirst(terms: CheckedTerms, from: Day, due: Day): Fraction {
  const whole = terms.dayCount === 'MONTHLY' && due === addEvery(from, terms.every, 1)
  return whole ? shareOfInterval(terms) : shareBetween(terms, from, due)
}

/** months/12, weeks/52, days/365. */
export function shareOfInterval({ every }: CheckedTerms): Fraction {
  if ('weeks' in every) return fraction(BigInt(every.weeks), 52n)
  const measure = measureEvery(every)
  return 'months' in measure ? fraction(BigInt(measure.months), 12n) : fraction(BigInt(measure.days), 365n)
}
