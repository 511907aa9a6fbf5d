import { checkTerms } from './check-terms.ts'
import { feeOf, fixFees, foldRows, type FoldedRows, type ScheduleRow } from './fold-rows.ts'
import { zero, type Fraction } from '../exact/fraction.ts'
import { listPeriods, type Period } from './list-periods.ts'
import type { CheckedTerms, CreditTerms, Instalment } from './terms.ts'

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
  /** That one, and another one from each row on at which the rate changes. */
  readonly instalments: readonly Instalment[]
  /** The first one before it was rounded, in minor units; undefined where it follows from something else. */
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
  const periods = listPeriods(checked)
  const { downPayment, principal } = checked
  if (downPayment === 0n) return scheduleFrom(checked, periods)
  const financed = { ...checked, principal: principal - downPayment, fees: fixFees(checked) }
  return payDown(checked, scheduleFrom(financed, periods))
}

/** The same over periods that are already known: what is left of a credit after an event. */
export function scheduleFrom(terms: CheckedTerms, periods: readonly Period[]): Schedule {
  const { rows, ...level } = fitInstalment(terms, periods)
  const keptBack = feeOf(terms, terms.fees.keptBackRate, terms.fees.keptBack)
  return { terms, periods, rows, totals: sumRows(rows), ...level, keptBack }
}

/**
 * Rounding the equal payment leaves the last one up to half of so many units off as there are payments. One that is
 * fixed stays as it is, and so do those of a rate that changes.
 */
function fitInstalment(terms: CheckedTerms, periods: readonly Period[]): FoldedRows {
  const folded = foldRows(terms, periods)
  const { instalment, exactInstalment } = folded
  const stays = terms.instalments.length > 0 || terms.rateChanges.length > 0
  if (terms.instalmentFit !== 'closest' || instalment === undefined || stays) return folded
  const step = terms.instalmentMultiple
  const others = [instalment - step, instalment + step].filter((amount) => amount > 0n)
  const tried = others.map((amount) => foldRows({ ...terms, instalments: [{ from: 1, amount }] }, periods))
  const best = tried.reduce((one, other) => (missOf(other) < missOf(one) ? other : one), folded)
  return { ...best, exactInstalment }
}

/** How far the last payment is from the others. */
function missOf({ rows, instalment = 0n }: FoldedRows): bigint {
  const last = rows.at(-1)
  const miss = last === undefined ? 0n : last.principal + last.interest - instalment
  return miss < 0n ? -miss : miss
}

/** A down payment is a row of its own on the first day, and the credit goes on with the rest as if it began there. */
function payDown(terms: CheckedTerms, schedule: Schedule): Schedule {
  const { start, principal, downPayment } = terms
  const first = { n: 1, from: start, due: start, days: 0 }
  const none = { interest: 0n, fee: 0n, payment: downPayment, closing: principal - downPayment }
  const later = <T extends { readonly n: number }>(each: T): T => ({ ...each, n: each.n + 1 })
  const rows = [{ ...first, opening: principal, principal: downPayment, ...none }, ...schedule.rows.map(later)]
  const periods = [{ ...first, share: zero, rate: zero }, ...schedule.periods.map(later)]
  const instalments = schedule.instalments.map(({ from, amount }) => ({ from: from + 1, amount }))
  return { ...schedule, terms, rows, periods, instalments, totals: sumRows(rows) }
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
