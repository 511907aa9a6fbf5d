import { daysBetween, type Day } from '../exact/calendar.ts'
import {
  addFractions,
  fraction,
  multiplyFractions,
  shareOf,
  smallerFraction,
  type Fraction,
} from '../exact/fraction.ts'
import { scheduleFrom, type Schedule } from '../schedule/build-schedule.ts'
import { assertOneOf, minorOf, refuseUnless } from '../schedule/check-terms.ts'
import { fixFees } from '../schedule/fold-rows.ts'
import { rateOf, shareBetween, type Period } from '../schedule/list-periods.ts'
import type { Amount, CheckedTerms } from '../schedule/terms.ts'
import { accrueInterest, standAfter, type Standing } from './accrue.ts'

export interface Prepayment {
  /** The number of the last payment that was made, 0 for none. */
  readonly paid: number
  readonly on: Day
  /** Interest since the last paid due day is taken from it first. */
  readonly amount: Amount
  /**
   * The same payments for a shorter time, or smaller ones for the same time. Flat interest stays as it is in each of
   * fewer payments, or falls in proportion to the principal.
   */
  readonly strategy: 'shorter-term' | 'lower-instalment'
}

export interface Prepaid {
  readonly balanceAfter: bigint
  /** What of the amount was interest; on a due day, only what was deferred. */
  readonly interest: bigint
  /** What is left to pay: the rows keep their numbers and due days. */
  readonly schedule: Schedule
}

/**
 * Pays back a part early.
 *
 * @throws RangeError where the amount does not reach the principal, or is all of it: that is `quotePayoff`
 */
export function prepay(schedule: Schedule, { paid, on, amount, strategy }: Prepayment): Prepaid {
  assertOneOf(strategy, ['shorter-term', 'lower-instalment'], 'strategy')
  const standing = standAfter(schedule, paid)
  refuseUnless(on < standing.next.due, 'on', 'a day before the next payment')
  const interest = accrueInterest(schedule, standing, on)
  const balanceAfter = standing.balance - (minorOf(amount, 'amount') - interest)
  const part = balanceAfter > 0n && balanceAfter < standing.balance
  refuseUnless(part, 'amount', 'more than the interest until then and less than all that is owed')
  const terms = { ...restOf(schedule, standing, balanceAfter), ...keep(schedule, strategy) }
  const rest = scheduleFrom(terms, shorten(schedule.terms, standing, on))
  return { balanceAfter, interest, schedule: strategy === 'shorter-term' ? cutShort(rest) : rest }
}

/** Flat interest is for the time that there is: none of periods that nobody needs any more. */
function cutShort(schedule: Schedule): Schedule {
  const { terms, rows, periods } = schedule
  if (terms.method !== 'flat' || rows.length === periods.length) return schedule
  return scheduleFrom({ ...terms, periods: rows.length }, periods.slice(0, rows.length))
}

/** The terms of what is left. A fee of the first payment is left as long as that one is. */
function restOf({ terms, periods }: Schedule, standing: Standing, principal: bigint): CheckedTerms {
  const { next, balance, periodsLeft } = standing
  const gone = periods.filter(({ n }) => n < next.n).length - (terms.downPayment > 0n ? 1 : 0)
  refuseUnless(gone >= 0, 'paid', 'at least 1: the down payment comes first')
  const [gracePeriods = 0, graceInterestPeriods = 0] = [terms.gracePeriods, terms.graceInterestPeriods].map((count) =>
    Math.max(count - gone, 0),
  )
  const rest = { principal, periods: periodsLeft.length, gracePeriods, graceInterestPeriods, downPayment: 0n }
  const flatBase = multiplyFractions(terms.flatBase, fraction(principal, balance))
  const fees = fixFees(terms)
  return { ...terms, ...rest, flatBase, fees: { ...fees, keptBack: 0n, once: gone === 0 ? (fees.once ?? 0n) : 0n } }
}

function keep({ terms, rows, instalments }: Schedule, strategy: Prepayment['strategy']): Partial<CheckedTerms> {
  if (strategy === 'lower-instalment') return { instalments: [], principalPart: undefined }
  const { flatBase, gracePeriods } = terms
  if (instalments.length > 0) return { flatBase, instalments }
  return { flatBase, principalPart: rows.slice(gracePeriods, -1).at(-1)?.principal }
}

/** The first period left begins with the day of the event, and has what is left of its share of the year. */
function shorten(terms: CheckedTerms, { since, periodsLeft }: Standing, on: Day): readonly Period[] {
  const [first, ...others] = periodsLeft
  if (first === undefined || on === since) return periodsLeft
  const used = smallerFraction(shareBetween(terms, since, on), first.share)
  const share: Fraction = addFractions(first.share, { ...used, numerator: -used.numerator })
  const days = daysBetween(on, first.due)
  return [{ ...first, from: on, days, share, rate: rateOf(terms, share, first.n) }, ...others]
}

export interface PurchaseRefund {
  readonly paid: number
  readonly amount: Amount
  /**
   * The fees of later periods stay, or shrink: in proportion to the principal left (`by-left`), or to what the purchase
   * costs now (`by-purchase`).
   */
  readonly fees: 'unchanged' | 'by-left' | 'by-purchase'
}

/**
 * The shop takes goods back that are being paid in instalments: the principal left is lower, and so is every later
 * payment. Interest that was deferred is taken from it first.
 *
 * @throws RangeError where more comes back than is left to pay
 */
export function refundPurchase(schedule: Schedule, { paid, amount, fees }: PurchaseRefund): Prepaid {
  assertOneOf(fees, ['unchanged', 'by-left', 'by-purchase'], 'fees')
  const standing = standAfter(schedule, paid)
  const interest = accrueInterest(schedule, standing, standing.since)
  const refund = minorOf(amount, 'amount') - interest
  const balanceAfter = standing.balance - refund
  refuseUnless(refund > 0n && balanceAfter > 0n, 'amount', 'above what was deferred and less than the principal left')
  const terms = restOf(schedule, standing, balanceAfter)
  const whole = fees === 'by-left' ? standing.balance : schedule.terms.principal
  const before = minorOf(terms.fees.perPeriod ?? 0n, 'a fee')
  const shrunk = shareOf(before, { numerator: whole - refund, denominator: whole }, terms.rounding)
  const perPeriod = fees === 'unchanged' ? before : shrunk
  const rest = { ...terms, instalments: [], principalPart: undefined, fees: { ...terms.fees, perPeriod } }
  return { balanceAfter, interest, schedule: scheduleFrom(rest, standing.periodsLeft) }
}
