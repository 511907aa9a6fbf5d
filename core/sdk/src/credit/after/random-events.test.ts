import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { describeWithAll } from '../../../../../test/kit/requirements.ts'
import { getTestSeed } from '../../../../../test/kit/chance/seed.ts'
import { randomTerms } from '../../../test/random-terms.ts'
import {
  addDays,
  buildSchedule,
  daysBetween,
  prepay,
  quotePayoff,
  type CreditTerms,
  type Prepaid,
  type Schedule,
  type ScheduleRow,
} from '../../credit.ts'

/** A loan of any bank, often from the end of a month on, and where in its time something happens: in permille. */
const cases = fc
  .record({
    drawn: randomTerms,
    monthEnd: fc.option(fc.constantFrom('2026-01-31', '2026-01-30', '2028-01-31', '2024-02-29'), { freq: 2 }),
    row: fc.nat(999),
    day: fc.nat(999),
    part: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ drawn, monthEnd, ...rest }) => ({ ...rest, drawn: monthEnd === null ? drawn : startOn(drawn, monthEnd) }))

function startOn(terms: CreditTerms, start: string): CreditTerms {
  const { firstDue: _, ...others } = terms
  return { ...others, start }
}

const permille = (of: number, share: number): number => Math.floor((of * share) / 1000)

/** No day costs less than the one before, and the due day as much as its payment and a payoff after it. */
function checkPayoffs(schedule: Schedule, next: ScheduleRow, share: number): void {
  const { rows } = schedule
  const { n: number, from, due, days } = next
  const paid = number - 1
  const payoff = (on: string): bigint => quotePayoff(schedule, { paid, on }).payoff
  const places = [0, 1, permille(days, share), days - 3, days - 2, days - 1, days].filter((at) => at >= 0 && at <= days)
  let before = next.opening
  for (const at of places.sort((left, right) => left - right)) {
    const now = payoff(addDays(from, at))
    if (now < before) expect(`${addDays(from, at)}: ${now}`).toBe(`no less than ${before}`)
    before = now
  }
  if (next === rows.at(-1)) return expect(payoff(due)).toBe(next.principal + next.interest)
  const later = quotePayoff(schedule, { paid: number, on: due })
  expect(payoff(due)).toBe(next.principal + next.interest + later.payoff)
  expect(payoff(due)).toBe(later.principal + later.interest + next.principal + next.interest)
}

const sumInterest = (rows: readonly ScheduleRow[]): bigint =>
  rows.reduce((sum, { interest, capitalised = 0n }) => sum + interest + capitalised, 0n)

/** What is left adds up to the balance, row by row, on the days that were agreed. */
function checkRest(before: Schedule, { schedule, balanceAfter }: Prepaid, on: string): void {
  const { rows, totals } = schedule
  const agreed = new Map(before.rows.map(({ n, due }) => [n, due]))
  const capitalised = rows.reduce((sum, row) => sum + (row.capitalised ?? 0n), 0n)
  expect([totals.principal, rows.at(-1)?.closing]).toEqual([balanceAfter + capitalised, 0n])
  let [opening, from] = [balanceAfter, on]
  for (const row of rows) {
    const negative = [row.principal, row.interest, row.fee, row.payment, row.closing].some((amount) => amount < 0n)
    const follows = row.opening === opening && row.from === from && agreed.get(row.n) === row.due
    if (negative || !follows) expect(row).toBe('a row that follows from the last one')
    ;[opening, from] = [row.closing, row.due]
  }
}

/** Money paid early saves interest, but for what rounding leaves, and makes nothing longer. */
function checkSaving(before: Schedule, { schedule, interest }: Prepaid, from: number): void {
  const left = before.rows.filter(({ n }) => n >= from)
  // Half a minor unit more or less in each payment adds up, and costs interest itself.
  const rounding = BigInt(before.rows.length + Math.ceil(left.length ** 2 / 10)) * before.terms.instalmentMultiple
  expect(sumInterest(schedule.rows) + interest).toBeLessThanOrEqual(sumInterest(left) + rounding)
}

function tryPrepay(schedule: Schedule, next: ScheduleRow, { day, part }: { day: number; part: number }): void {
  const paid = next.n - 1
  const on = addDays(next.from, permille(next.days, day))
  const { principal, interest } = quotePayoff(schedule, { paid, on })
  const amount = interest + (principal * BigInt(part)) / 1000n
  if (on === next.due || amount === interest || next.principal === principal) return
  for (const strategy of ['shorter-term', 'lower-instalment'] as const) {
    const prepaid = prepay(schedule, { paid, on, amount, strategy })
    checkRest(schedule, prepaid, on)
    checkSaving(schedule, prepaid, next.n)
    const [first] = prepaid.schedule.rows
    if (first === undefined || daysBetween(first.from, first.due) === 0) continue
    checkPayoffs(prepaid.schedule, first, day)
    again(prepaid.schedule, { day, part })
  }
}

/** A second part a payment later, and lower payments after a shorter time as well as the other way round. */
function again(schedule: Schedule, { day, part }: { day: number; part: number }): void {
  const [first, second] = schedule.rows
  if (first === undefined || second === undefined) return
  checkPayoffs(schedule, second, day)
  const amount = (second.opening * BigInt(part)) / 1000n
  const { interest } = quotePayoff(schedule, { paid: first.n, on: first.due })
  if (amount === 0n) return
  for (const strategy of ['shorter-term', 'lower-instalment'] as const) {
    const prepaid = prepay(schedule, { paid: first.n, on: first.due, amount: amount + interest, strategy })
    checkRest(schedule, prepaid, first.due)
    // After a small last payment lower ones are more even, and so cost more.
    if (strategy === 'shorter-term') checkSaving(schedule, prepaid, second.n)
  }
}

function checkEvents(numRuns: number): void {
  fc.assert(
    fc.property(cases, ({ drawn, row, ...where }) => {
      const schedule = buildSchedule(drawn)
      const next = schedule.rows[permille(schedule.rows.length, row)]
      if (next === undefined || next.days === 0) return
      checkPayoffs(schedule, next, where.day)
      tryPrepay(schedule, next, where)
    }),
    { seed: getTestSeed(), numRuns },
  )
}

describe('whatever happens to any loan', () => {
  it('costs no less from day to day, adds up to the end, and saves interest', () => checkEvents(1000))
})

describeWithAll('what happens to a hundred thousand loans', () => {
  it('costs no less from day to day, adds up to the end, and saves interest', () => checkEvents(100_000), 1_200_000)
})
