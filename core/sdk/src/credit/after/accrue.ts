import { daysBetween, parseDay, type Day } from '../exact/calendar.ts'
import { shareOf } from '../exact/fraction.ts'
import type { Schedule } from '../schedule/build-schedule.ts'
import { refuseUnless } from '../schedule/check-terms.ts'
import { chargeFlat, type ScheduleRow } from '../schedule/fold-rows.ts'
import { rateOf, shareBetween, type Period } from '../schedule/list-periods.ts'

/** Where a credit stands: which payments have been made, and what the rest looks like. */
export interface Standing {
  /** The day to which interest is paid. */
  readonly since: Day
  readonly balance: bigint
  /** The next payment, the first of those that are left. */
  readonly next: ScheduleRow
  readonly rowsLeft: readonly ScheduleRow[]
  readonly periodsLeft: readonly Period[]
}

/** `paid` is the number of the last payment that was made, 0 for none. Throws a RangeError where nothing is left. */
export function standAfter({ rows, periods }: Schedule, paid: number): Standing {
  const last = rows.at(-1)?.n ?? 0
  const rowsLeft = rows.filter(({ n }) => n > paid)
  // A credit that ends early is not stretched again to the time that was agreed at first.
  const periodsLeft = periods.filter(({ n }) => n > paid && n <= last)
  const [next] = rowsLeft
  refuseUnless(Number.isInteger(paid) && paid >= 0 && next !== undefined, 'paid', 'the number of an earlier payment')
  return { since: next.from, balance: next.opening, next, rowsLeft, periodsLeft }
}

/**
 * Interest from the last paid due day to another day up to the next, rounded once, with what was deferred until then.
 * No day costs more than the due day: nothing in a period without interest, a twelfth where more days than 30 are one.
 */
export function accrueInterest(schedule: Schedule, standing: Standing, on: Day): bigint {
  parseDay(on, 'on')
  const { since, balance, next } = standing
  refuseUnless(daysBetween(since, on) >= 0, 'on', 'the last paid due day or a later one')
  const latest = `the next due day, ${next.due}, or an earlier one: what is overdue is paid first, see payLate`
  refuseUnless(on <= next.due, 'on', latest)
  const whole = next.interest + (next.capitalised ?? 0n) + (next.deferred ?? 0n)
  if (next.due === on) return whole
  const { terms, rows } = schedule
  const before = rows.find(({ due }) => due === since)?.deferred ?? 0n
  const rate = rateOf(terms, shareBetween(terms, since, on), next.n)
  const accrued = terms.method === 'flat' ? chargeFlat(terms, rate) : shareOf(balance, rate, terms.rounding)
  return before + accrued < whole ? before + accrued : whole
}
