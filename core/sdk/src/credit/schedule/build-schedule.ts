import { checkTerms } from './check-terms.ts'
import { feeOf, foldRows, type ScheduleRow } from './fold-rows.ts'
import { roundFraction, shareOf, type Fraction } from '../exact/fraction.ts'
import { findLevelPayment } from './level-payment.ts'
import { listPeriods, type Period } from './list-periods.ts'
import type { CheckedTerms, CreditTerms } from './terms.ts'

export interface ScheduleTotals {
  readonly principal: bigint
  readonly interest: bigint
  readonly fee: bigint
  readonly payment: bigint
}

export interface Schedule {
  readonly terms: CheckedTerms
  /** The stretches that the rows pay for, with their exact rates. */
  readonly periods: readonly Period[]
  readonly rows: readonly ScheduleRow[]
  readonly totals: ScheduleTotals
  /** The equal payment of `equal-instalment`, as it is paid; the last one differs by what rounding left. */
  readonly instalment: bigint | undefined
  /** The same before it was rounded, in minor units; undefined where the contract fixes it. */
  readonly exactInstalment: Fraction | undefined
  /** Fees kept back when it is paid out. */
  readonly keptBack: bigint
}

/**
 * The schedule of a credit, exact to the minor unit: each interest and each fee is rounded once, when it falls due, and
 * the last payment takes what is left. It ends early where a rounded payment is more than what is owed.
 *
 * ```ts
 * const { rows, totals } = buildSchedule({
 *   principal: money('12000.00', 'CNY'), method: 'equal-instalment', annualRate: '0.072', periods: 12,
 *   start: '2026-01-15',
 * })
 * rows[0] // { n: 1, from: '2026-01-15', due: '2026-02-15', days: 31, opening: 1200000n, principal: 96743n, … }
 * ```
 *
 * @throws RangeError that names the member of the terms and says what it has to be
 */
export function buildSchedule(terms: CreditTerms): Schedule {
  const checked = checkTerms(terms)
  return scheduleFrom(checked, listPeriods(checked))
}

/** The same over periods that are already known: what is left of a credit after an event. */
export function scheduleFrom(terms: CheckedTerms, periods: readonly Period[]): Schedule {
  const level = findInstalment(terms, periods)
  const rows = foldRows(terms, periods, level.instalment)
  const keptBack = feeOf(terms, terms.fees.keptBackRate, terms.fees.keptBack)
  return { terms, periods, rows, totals: sumRows(rows), ...level, keptBack }
}

type Level = Pick<Schedule, 'instalment' | 'exactInstalment'>

function findInstalment(terms: CheckedTerms, periods: readonly Period[]): Level {
  if (terms.instalment !== undefined) return { instalment: terms.instalment, exactInstalment: undefined }
  if (terms.method !== 'equal-instalment') return { instalment: undefined, exactInstalment: undefined }
  const grace = periods.slice(0, terms.gracePeriods)
  const exactInstalment = findLevelPayment(balanceAfterGrace(terms, grace), periods.slice(terms.gracePeriods))
  return { instalment: roundFraction(exactInstalment, terms.rounding), exactInstalment }
}

function balanceAfterGrace(terms: CheckedTerms, grace: readonly Period[]): bigint {
  if (terms.graceInterest !== 'capitalised') return terms.principal
  return grace.reduce((balance, { rate }) => balance + shareOf(balance, rate, terms.rounding), terms.principal)
}

export function sumRows(rows: readonly ScheduleRow[]): ScheduleTotals {
  const sum = (pick: (row: ScheduleRow) => bigint): bigint => rows.reduce((total, row) => total + pick(row), 0n)
  return {
    principal: sum(({ principal }) => principal),
    interest: sum(({ interest }) => interest),
    fee: sum(({ fee }) => fee),
    payment: sum(({ payment }) => payment),
  }
}
