import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { describeWithAll } from '../../../../../test/kit/requirements.ts'
import { randomTerms } from '../../../test/random-terms.ts'
import { getTestSeed } from '../../../../../test/kit/chance/seed.ts'
import { buildSchedule, daysBetween, discloseRates, type Schedule } from '../../credit.ts'

function checkSums({ rows, totals, terms: { principal, start } }: Schedule): void {
  const capitalised = rows.reduce((sum, row) => sum + (row.capitalised ?? 0n), 0n)
  expect(totals.principal).toBe(principal + capitalised)
  expect(rows.at(-1)?.closing).toBe(0n)
  let [opening, from, deferred] = [principal, start, 0n]
  for (const row of rows) {
    const negative = [row.opening, row.principal, row.interest, row.fee, row.payment, row.closing].some((x) => x < 0n)
    const payment = row.principal + row.interest + row.fee
    const closing = row.opening - row.principal + (row.capitalised ?? 0n)
    const wrong = negative || payment !== row.payment || closing !== row.closing
    if (wrong || row.opening !== opening || row.from !== from) expect(row).toBe('a row that follows from the last one')
    ;[opening, from, deferred] = [row.closing, row.due, row.deferred ?? 0n]
  }
  expect(deferred).toBe(0n)
}

/** What the payments are worth today at a rate a step, less what was received, in plain floating point. */
function imbalance(schedule: Schedule, growth: number, step: (index: number) => number): number {
  const worth = schedule.rows.reduce((sum, { payment }, index) => sum + Number(payment) / growth ** step(index), 0)
  return worth - Number(schedule.terms.principal - schedule.keptBack)
}

function checkRates(schedule: Schedule): void {
  const { rows, terms: stated } = schedule
  const rates = discloseRates(schedule)
  const advance = rows[0]?.days === 0 ? 0 : 1
  const byPeriod = imbalance(schedule, 1 + Number(rates.periodic), (index) => index + advance)
  const byDates = imbalance(
    schedule,
    1 + Number(rates.annualByDates),
    (index) => daysBetween(stated.start, rows[index]?.due ?? '') / 365,
  )
  const worth = Number(stated.principal)
  if (Math.abs(byPeriod) >= Math.max(1, worth * 1e-9)) expect(byPeriod).toBe('less than a minor unit, or 1e-9')
  if (Math.abs(byDates) >= Math.max(1, worth * 1e-9)) expect(byDates).toBe('less than a minor unit, or 1e-9')
}

function checkLoans(numRuns: number): void {
  let disclosed = 0
  fc.assert(
    fc.property(randomTerms, (drawn) => {
      const schedule = buildSchedule(drawn)
      checkSums(schedule)
      // Where all of it comes back on the first day there is no rate; where nearly nothing is owed it says nothing.
      const last = schedule.rows.at(-1)?.due ?? ''
      if (last === drawn.start || schedule.terms.principal < 100n) return
      checkRates(schedule)
      disclosed += 1
    }),
    { seed: getTestSeed(), numRuns },
  )
  expect(disclosed).toBeGreaterThan(numRuns / 2)
}

describe('any loan', () => {
  it('comes to nothing, never below it, and costs what is disclosed', () => checkLoans(2000))

  it('of 360 months is there before anybody notices', () => {
    const long = { principal: 100_000_000n, method: 'equal-instalment', annualRate: '0.0435', periods: 360 } as const
    const tookMs = [1, 2, 3].map(() => {
      const began = performance.now()
      const { rows } = buildSchedule({ ...long, start: '2026-01-31', dayCount: 'ACT/365F' })
      expect(rows.at(-1)?.closing).toBe(0n)
      return performance.now() - began
    })
    console.log(`360 months: ${Math.round(Math.min(...tookMs) * 100) / 100} ms`)
  })
})

describeWithAll('a hundred thousand loans', () => {
  it('come to nothing, never below it, and cost what is disclosed', () => checkLoans(100_000), 1_200_000)
})
