import { daysBetween, type Day } from '../exact/calendar.ts'
import { parseRate, shareOf } from '../exact/fraction.ts'
import { sumRows, type Schedule } from '../schedule/build-schedule.ts'
import type { Rate } from '../schedule/terms.ts'
import { accrueInterest, standAfter } from './accrue.ts'

export interface PayoffAsk {
  /** The number of the last payment that was made, 0 for none. */
  readonly paid: number
  /** Default: the due day of that payment. */
  readonly on?: Day
  /** What the contract takes for paying early, of the principal left. */
  readonly feeRate?: Rate
}

/** All amounts in minor units. */
export interface Payoff {
  readonly principal: bigint
  /** Days since the last paid due day, and the interest of them. */
  readonly days: number
  readonly interest: bigint
  /** For paying early. */
  readonly fee: bigint
  /** principal + interest + fee: with it the credit is closed, where later fees are waived. */
  readonly payoff: bigint
  /** The interest that would have come, also as principal, less what is charged now. */
  readonly interestNotCharged: bigint
  readonly feesOfLaterPeriods: bigint
  /** The same with the fees of all later periods, where the contract charges them nevertheless. */
  readonly payoffWithFees: bigint
}

/**
 * What closes a credit early. With `paid: 0` it is also what a cooling-off costs: the principal, and interest for the
 * days.
 *
 * @throws RangeError for a payment that is not in the schedule, for a day before it, and for one on which a later
 *   payment is overdue
 */
export function quotePayoff(schedule: Schedule, { paid, on, feeRate }: PayoffAsk): Payoff {
  const standing = standAfter(schedule, paid)
  const day = on ?? standing.since
  const interest = accrueInterest(schedule, standing, day)
  const principal = standing.balance
  const early = feeRate === undefined ? 0n : shareOf(principal, parseRate(feeRate, 'feeRate'), schedule.terms.rounding)
  const later = sumRows(standing.rowsLeft)
  const capitalised = standing.rowsLeft.reduce((sum, row) => sum + (row.capitalised ?? 0n), 0n)
  const payoff = principal + interest + early
  return {
    ...{ principal, days: daysBetween(standing.since, day), interest, fee: early, payoff },
    ...{ interestNotCharged: later.interest + capitalised - interest, feesOfLaterPeriods: later.fee },
    payoffWithFees: payoff + later.fee,
  }
}
