import { describe, expect, it } from 'vitest'
import {
  buildSchedule,
  quotePayoff,
  readMinor,
  writeMinor,
  type CreditTerms,
  type GraceInterest,
} from '../../credit.ts'

const yuan = (amount: bigint): string => writeMinor(amount, 2)

const base: CreditTerms = {
  ...{ method: 'equal-instalment', principal: readMinor('12000.00', 2), annualRate: '0.12', periods: 12 },
  start: '2026-01-15',
}
const grace = (graceInterest: GraceInterest, more: Partial<CreditTerms> = {}) =>
  buildSchedule({ ...base, gracePeriods: 4, graceInterest, ...more })

describe('a payoff while principal waits', () => {
  it.each([
    ['paid', '12116.00', '12120.00', '12000.00'],
    ['deferred', '12236.00', '12240.00', '12240.00'],
    ['capitalised', '12237.16', '12241.20', '12241.20'],
  ] as const)('costs no less on the due day than on the day before: %s', (graceInterest, before, due, after) => {
    const schedule = grace(graceInterest)
    const payoffs = [
      ...[quotePayoff(schedule, { paid: 1, on: '2026-03-14' }), quotePayoff(schedule, { paid: 1, on: '2026-03-15' })],
      quotePayoff(schedule, { paid: 2, on: '2026-03-15' }),
    ]
    expect(payoffs.map(({ payoff }) => yuan(payoff))).toEqual([before, due, after])
  })

  it('counts what is capitalised later as interest that is not charged', () => {
    const { totals, rows } = grace('capitalised')
    const capitalised = rows.reduce((sum, row) => sum + (row.capitalised ?? 0n), 0n)
    const on = '2026-01-30'
    const { interest, interestNotCharged } = quotePayoff(grace('capitalised'), { paid: 0, on })
    expect(interest + interestNotCharged).toBe(totals.interest + capitalised)
  })
})
