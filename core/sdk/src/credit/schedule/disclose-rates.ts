import type { Schedule } from './build-schedule.ts'
import { daysBetween } from '../exact/calendar.ts'
import { divideFixed, fixedOne, fractionalPower, fromFixedPoint, powerFixed, type Fixed } from '../exact/fixed-point.ts'
import { addFractions, fraction, multiplyFractions, one, writeDecimal, type Fraction } from '../exact/fraction.ts'
import { shareBetween, shareOfInterval } from './list-periods.ts'
import { solveDiscount } from '../exact/solve-discount.ts'

/** What a credit costs a year, by the payments themselves, fees of any name included. Decimal texts, 0.098 is 9.8 %. */
export interface DisclosedRates {
  /** The rate of one period, 12 digits. */
  readonly periodic: string
  /** Periods of a year times the rate of one, 10 digits: 单利, "simple". */
  readonly annualSimple: string
  /** With interest on interest, 10 digits: 复利, "compound". */
  readonly annualCompound: string
  /** The internal rate over real days / 365, 10 digits: the one that is true where the first period is broken. */
  readonly annualByDates: string
  /** As they are shown, with two digits: `9.80`. */
  readonly percentSimple: string
  readonly percentCompound: string
  /** All payments less what the borrower received, in minor units. */
  readonly totalCost: bigint
}

/**
 * The annual rates of a schedule, from what is really received and paid.
 *
 * @throws RangeError where fees kept back leave nothing to receive
 */
export function discloseRates(schedule: Schedule): DisclosedRates {
  const periodic = solvePeriodicRate(schedule)
  const perYear = periodsPerYear(schedule)
  const simple = multiplyFractions(periodic, perYear)
  const compound = compoundRate(periodic, perYear)
  return {
    periodic: writeDecimal(periodic, 12),
    annualSimple: writeDecimal(simple, 10),
    annualCompound: writeDecimal(compound, 10),
    annualByDates: writeDecimal(solveRateByDates(schedule), 10),
    percentSimple: writePercent(simple),
    percentCompound: writePercent(compound),
    totalCost: schedule.totals.payment - netOf(schedule),
  }
}

/** The rate of one period, exact to some fifty digits. */
export function solvePeriodicRate(schedule: Schedule): Fraction {
  // Paid in advance, the first payment falls on the day of the loan itself.
  const before = schedule.rows[0]?.days === 0 ? 2 : 1
  const first = schedule.rows[0]?.n ?? 1
  const flows = schedule.rows.map(({ n, payment }) => ({ step: n - first + 2 - before, amount: payment }))
  return rateOfDiscount(solveDiscount(netOf(schedule), flows))
}

/** The annual rate over real days, 365 to a year. */
export function solveRateByDates(schedule: Schedule): Fraction {
  const start = schedule.rows[0]?.from ?? schedule.terms.start
  const flows = schedule.rows.map(({ due, payment }) => ({ step: daysBetween(start, due), amount: payment }))
  const daily = divideFixed(fixedOne, solveDiscount(netOf(schedule), flows))
  return fromFixedPoint(powerFixed(daily, 365) - fixedOne)
}

/** `0.0979986722` as `9.80`: half-up, two digits. */
export function writePercent(rate: Fraction): string {
  return writeDecimal(multiplyFractions(rate, { numerator: 100n, denominator: 1n }), 2)
}

/** 12 for months, 52 for weeks; for one payment at the end, what fits of its time into a year. */
function periodsPerYear({ terms, rows }: Schedule): Fraction {
  const row = rows.at(-1)
  if (terms.method !== 'bullet' || !row) return invert(shareOfInterval(terms))
  return terms.dayCount === 'MONTHLY'
    ? invert(shareBetween(terms, row.from, row.due))
    : fraction(365n, BigInt(row.days))
}

function invert({ numerator, denominator }: Fraction): Fraction {
  return fraction(denominator, numerator)
}

function compoundRate(periodic: Fraction, perYear: Fraction): Fraction {
  const growth = addFractions(one, periodic)
  const fixed: Fixed = (growth.numerator * fixedOne) / growth.denominator
  return fromFixedPoint(fractionalPower(fixed, perYear) - fixedOne)
}

function rateOfDiscount(discount: Fixed): Fraction {
  return fraction(fixedOne - discount, discount)
}

function netOf({ terms, keptBack }: Schedule): bigint {
  return terms.principal - keptBack
}
