import { describe, expect, it } from 'vitest'
import {
  buildSchedule,
  prepay,
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
    ['free', '12000.00', '12000.00', '12000.00'],
  ] as const)('costs no less on the due day than on the day before: %s', (graceInterest, before, due, after) => {
    const schedule = grace(graceInterest)
    const payoffs = [
      ...[quotePayoff(schedule, { paid: 1, on: '2026-03-14' }), quotePayoff(schedule, { paid: 1, on: '2026-03-15' })],
      quotePayoff(schedule, { paid: 2, on: '2026-03-15' }),
    ]
    expect(payoffs.map(({ payoff }) => yuan(payoff))).toEqual([before, due, after])
  })

  it('costs no interest for days of which none is charged, and the usual one after them', () => {
    expect(quotePayoff(grace('free'), { paid: 0, on: '2026-01-30' }).interest).toBe(0n)
    const first = grace('free', { graceInterestPeriods: 1 })
    expect(yuan(quotePayoff(first, { paid: 1, on: '2026-02-25' }).interest)).toBe('40.00')
    const paidDown = grace('free', { gracePeriods: 1, downPayment: readMinor('2000.00', 2) })
    const interests = [quotePayoff(paidDown, { paid: 1, on: '2026-01-30' }), quotePayoff(paidDown, { paid: 2 })]
    expect(interests.map(({ interest }) => interest)).toEqual([0n, 0n])
    expect(yuan(quotePayoff(paidDown, { paid: 2, on: '2026-02-25' }).interest)).toBe('33.33')
  })

  it('costs no interest either where a part was paid early in between', () => {
    const ask = { paid: 1, on: '2026-02-25', amount: readMinor('1000.00', 2), strategy: 'lower-instalment' as const }
    const { interest, schedule } = prepay(grace('free'), ask)
    expect([interest, quotePayoff(schedule, { paid: 1, on: '2026-03-10' }).interest]).toEqual([0n, 0n])
    expect(yuan(quotePayoff(schedule, { paid: 4, on: '2026-05-25' }).interest)).toBe('36.67')
  })

  it('counts what is capitalised later as interest that is not charged', () => {
    const { totals, rows } = grace('capitalised')
    const capitalised = rows.reduce((sum, row) => sum + (row.capitalised ?? 0n), 0n)
    const on = '2026-01-30'
    const { interest, interestNotCharged } = quotePayoff(grace('capitalised'), { paid: 0, on })
    expect(interest + interestNotCharged).toBe(totals.interest + capitalised)
  })
})

describe('a payoff', () => {
  it('at the end of a month that counts as a twelfth costs a month, and no day less than the day before', () => {
    const schedule = buildSchedule({ ...base, start: '2026-01-31' })
    const days = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31']
    const interests = days.map((on) => yuan(quotePayoff(schedule, { paid: 1, on }).interest))
    expect(interests).toEqual(['106.85', '110.54', '110.54', '110.54', '110.54'])
  })

  it('has to come before anything is overdue: that is paid first', () => {
    const schedule = buildSchedule(base)
    expect(yuan(quotePayoff(schedule, { paid: 0, on: '2026-02-15' }).payoff)).toBe('12120.00')
    for (const on of ['2026-02-16', '2027-06-15'])
      expect(() => quotePayoff(schedule, { paid: 0, on })).toThrow(
        'on has to be the next due day, 2026-02-15, or an earlier one: what is overdue is paid first, see payLate',
      )
    const paidDown = buildSchedule({ ...base, downPayment: readMinor('2000.00', 2) })
    expect(() => quotePayoff(paidDown, { paid: 0, on: '2026-01-16' })).toThrow('on has to be the next due day')
  })

  it('after one day of a week costs the seventh of a week, which is the 52nd of a year', () => {
    const weekly = buildSchedule({ ...base, annualRate: '0.24', periods: 4, every: { weeks: 1 }, start: '2024-01-01' })
    const interests = [1, 6, 7].map((day) => yuan(quotePayoff(weekly, { paid: 0, on: `2024-01-0${day + 1}` }).interest))
    expect(interests).toEqual(['7.91', '47.47', '55.38'])
  })
})
