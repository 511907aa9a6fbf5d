import { shareOf } from '../exact/fraction.ts'
import type { Schedule } from '../schedule/build-schedule.ts'
import { solvePeriodicRate } from '../schedule/disclose-rates.ts'

export interface InterestFormRow {
  readonly n: number
  readonly opening: bigint
  readonly interest: bigint
  readonly principal: bigint
  readonly payment: bigint
  readonly closing: bigint
}

/**
 * The same payments, split as if the fees were interest at the rate that they really cost: each interest is the balance
 * times the periodic internal rate, rounded once, and the last row takes the rest, so that all interest is all fees.
 */
export function buildInterestForm(schedule: Schedule): readonly InterestFormRow[] {
  const rate = solvePeriodicRate(schedule)
  const last = schedule.rows.length - 1
  let opening = schedule.terms.principal
  return schedule.rows.map(({ n, payment }, index) => {
    const charged = shareOf(opening, rate, schedule.terms.rounding)
    const principal = index === last ? opening : payment - charged
    const row = { n, opening, interest: payment - principal, principal, payment, closing: opening - principal }
    opening = row.closing
    return row
  })
}
