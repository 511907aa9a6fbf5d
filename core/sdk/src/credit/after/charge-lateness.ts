import { daysBetween, type Day } from '../exact/calendar.ts'
import { yearFraction, type RealDayCount } from '../exact/day-count.ts'
import { multiplyFractions, parseRate, shareOf, writeDecimal, type Rounding } from '../exact/fraction.ts'
import { assertWhole, refuseUnless } from '../schedule/check-terms.ts'
import type { Rate } from '../schedule/terms.ts'
import {
  allocatePayment,
  assertNoneBelowZero,
  type Allocation,
  type Dues,
  type PaymentPart,
} from './allocate-payment.ts'

/** How a contract punishes lateness; product data. */
export interface LateRule {
  /** Of a year: mostly 1.3 to 1.5 times the rate of the loan, see `penaltyRateOf`. */
  readonly penaltyRate: Rate
  /** Default `ACT/360`. */
  readonly dayCount?: RealDayCount
  /** Whether unpaid interest earns the penalty rate too (复利). Default true. */
  readonly compound?: boolean
  /** So late is not late. After it, lateness counts from the due day. Default 0. */
  readonly graceDays?: number
  /** Default `half-up`. */
  readonly rounding?: Rounding
  /** What a payment goes to first. Default penalty, fee, interest, principal. */
  readonly order?: readonly PaymentPart[]
}

/** What is overdue, in minor units. Penalty runs from `since`: the due day, or the day of the last part payment. */
export interface Arrears {
  readonly since: Day
  /** From here the days of grace count, which no part payment brings back. Default `since`. */
  readonly due?: Day
  readonly principal: bigint
  readonly interest: bigint
  readonly fee?: bigint
  /** Penalty of earlier days that nobody has paid. It earns none itself. */
  readonly penalty?: bigint
}

export interface LateCharge {
  /** From `since` on: those that the penalty is for. */
  readonly daysLate: number
  readonly penaltyOnPrincipal: bigint
  readonly compoundOnInterest: bigint
  /** Both, of these days. */
  readonly penaltyTotal: bigint
  /** With it nothing is overdue any more. */
  readonly amountToClear: bigint
}

/** `penaltyRateOf('0.144', '1.5')` is `0.216`: the rate of the loan times what the contract says. */
export function penaltyRateOf(annualRate: Rate, multiplier: Rate): Rate {
  const rate = multiplyFractions(parseRate(annualRate, 'annualRate'), parseRate(multiplier, 'multiplier'))
  return writeDecimal(rate, 30).replace(/\.?0+$/, '')
}

/**
 * What lateness costs on a day: each part rounded once.
 *
 * @throws RangeError for a day before `since`, and for amounts below zero
 */
export function chargeLateness(arrears: Arrears, on: Day, rule: LateRule): LateCharge {
  assertNoneBelowZero(arrears)
  const daysLate = daysBetween(arrears.since, on)
  refuseUnless(daysLate >= 0, 'on', 'the day since which it is overdue or a later one')
  const share = yearFraction(rule.dayCount ?? 'ACT/360', arrears.since, on)
  const rate = multiplyFractions(parseRate(rule.penaltyRate, 'penaltyRate'), share)
  const counts = isLate(arrears, on, rule)
  const charge = (amount: bigint): bigint => (counts ? shareOf(amount, rate, rule.rounding ?? 'half-up') : 0n)
  const penaltyOnPrincipal = charge(arrears.principal)
  const compoundOnInterest = rule.compound === false ? 0n : charge(arrears.interest)
  const penaltyTotal = penaltyOnPrincipal + compoundOnInterest
  const before = arrears.principal + arrears.interest + (arrears.fee ?? 0n) + (arrears.penalty ?? 0n)
  return { daysLate, penaltyOnPrincipal, compoundOnInterest, penaltyTotal, amountToClear: before + penaltyTotal }
}

function isLate({ since, due = since }: Arrears, on: Day, { graceDays = 0 }: LateRule): boolean {
  assertWhole(graceDays, [0, 3660], 'graceDays')
  refuseUnless(due <= since, 'due', 'the day of since or an earlier one')
  return daysBetween(due, on) > graceDays
}

export interface LatePayment extends Allocation {
  readonly charge: LateCharge
  /** What is still overdue; penalty on it starts again with the day of the payment, unless that was no late one yet. */
  readonly arrears: Arrears
}

/** A payment on what is overdue, in part or all of it. */
export function payLate(
  arrears: Arrears,
  { on, amount }: { readonly on: Day; readonly amount: bigint },
  rule: LateRule,
): LatePayment {
  const charge = chargeLateness(arrears, on, rule)
  const { principal, interest, fee = 0n, penalty = 0n, due = arrears.since } = arrears
  const dues: Dues = { penalty: penalty + charge.penaltyTotal, fee, interest, principal }
  const allocation = allocatePayment(amount, dues, rule.order)
  const since = isLate(arrears, on, rule) ? on : arrears.since
  return { charge, ...allocation, arrears: { since, due, ...allocation.left } }
}
