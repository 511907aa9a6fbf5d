import { expect, test } from 'vitest'
import vectors from '../vectors/loans.json' with { type: 'json' }
import { allocate, buildAccruedInterest, buildPenalty, buildPenaltyRate, buildRest } from './after-start.ts'
import { dayCounts } from './calendar.ts'
import { buildDisclosure } from './disclosure.ts'
import { roundings } from './exact.ts'
import { buildSchedule, creditMethods, sumSchedule, type CreditTerms } from './schedule.ts'

function choose<T extends string>(text: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new Error(`unknown word ${text}`)
  return word
}

const cases = vectors.map(({ terms, ...rest }) => {
  const { principal, method, dayCount, rounding, feeMode, ...plain } = { feeMode: '', ...terms }
  const built: CreditTerms = {
    ...plain,
    principalMinor: BigInt(principal),
    method: choose(method, creditMethods),
    dayCount: choose(dayCount, dayCounts),
    rounding: choose(rounding, roundings),
    ...(feeMode === 'per-period' ? { feeMode } : {}),
  }
  return { ...rest, terms: built }
})

test.each(cases)('$id $title', ({ terms, days, payments, interest, totals, ...rates }) => {
  const lines = buildSchedule(terms)
  expect(lines.map((line) => line.due)).toEqual(days)
  expect(lines.map((line) => line.paymentMinor.toString())).toEqual(payments)
  expect(lines.map((line) => line.interestMinor.toString())).toEqual(interest)
  const sums = sumSchedule(lines)
  expect([sums.principalMinor, sums.interestMinor, sums.feeMinor, sums.paymentMinor].map(String)).toEqual([
    totals.principal,
    totals.interest,
    totals.fee,
    totals.payment,
  ])
  expect(lines.at(-1)?.closingMinor).toBe(0n)
  const shown = buildDisclosure(
    terms.principalMinor,
    lines.map((line) => line.paymentMinor),
  )
  const none = '0.0000000000'
  expect(shown).toEqual({ annualSimple: rates.simple ?? none, annualCompound: rates.compound ?? none })
})

const terms: CreditTerms = {
  principalMinor: 5_000_000n,
  annualRate: '0.06',
  method: 'equal-instalment',
  periods: 12,
  dayCount: 'ACT/365F',
  rounding: 'half-up',
  start: '2026-01-15',
  firstDue: '2026-02-15',
}

test('paid off between two due days, interest is owed for the days alone', () => {
  expect(buildAccruedInterest(terms, 3_365_485n, { from: '2026-05-15', to: '2026-06-03' })).toBe(10_511n)
})

test('a part paid early makes later instalments smaller, or fewer', () => {
  const next = buildSchedule(terms)[4]
  if (!next) throw new Error('there is a fifth line')
  const rest = { next, last: 12, balanceMinor: 2_365_485n, from: '2026-05-15' }
  const lower = buildRest(terms, { ...rest, strategy: 'lower-instalment' })
  expect(lower.map(({ n, paymentMinor }) => [n, paymentMinor]).filter((_, index) => index % 7 === 0)).toEqual([
    [5, 302_427n],
    [12, 302_423n],
  ])
  expect(sumSchedule(lower).interestMinor).toBe(53_927n)
  const shorter = buildRest(terms, { ...rest, strategy: 'shorter-term' })
  expect(shorter[0]?.paymentMinor).toBe(430_276n)
  expect(shorter.length).toBeLessThan(lower.length)
  expect(sumSchedule(shorter).principalMinor).toBe(2_365_485n)
})

test('a time that a part paid early has made shorter stays so', () => {
  const next = buildSchedule(terms)[4]
  if (!next) throw new Error('there is a fifth line')
  const rest = { next, last: 12, balanceMinor: 2_365_485n, from: '2026-05-15' }
  const shorter = buildRest(terms, { ...rest, strategy: 'shorter-term' })
  const [, sixth, last] = [...shorter.slice(0, 2), shorter.at(-1)]
  if (!sixth || !last) throw new Error('there are more lines than two')
  const lower = buildRest(terms, {
    ...{ next: sixth, last: last.n, balanceMinor: sixth.openingMinor - 100_000n, from: sixth.from },
    strategy: 'lower-instalment',
  })
  expect(lower.at(-1)?.n).toBe(10)
})

test('a month from the end of February has thirty days, before a part is paid early and after it', () => {
  const monthly: CreditTerms = { ...terms, dayCount: 'MONTHLY', start: '2026-01-31', firstDue: '2026-02-28' }
  const [, next] = buildSchedule(monthly)
  if (!next) throw new Error('there is a second line')
  const accrue = (to: string): bigint => buildAccruedInterest(monthly, 3_600_000n, { from: '2026-02-28', to })
  expect(['2026-03-01', '2026-03-15', '2026-03-30'].map(accrue)).toEqual([600n, 9000n, 18_000n])
  const restFrom = (from: string): bigint | undefined =>
    buildRest(monthly, { next, last: 12, balanceMinor: 3_600_000n, from, strategy: 'lower-instalment' })[0]
      ?.interestMinor
  expect(['2026-03-01', '2026-03-15', '2026-03-30'].map(restFrom)).toEqual([17_400n, 9000n, 0n])
  const [first] = buildSchedule(monthly)
  if (!first) throw new Error('there is a first line')
  const early = { next: first, last: 12, balanceMinor: 3_600_000n, from: '2026-02-15' }
  expect(buildRest(monthly, { ...early, strategy: 'lower-instalment' })[0]?.interestMinor).toBe(9000n)
})

test('a late instalment is cleared in parts: penalty first, and it begins anew on what is left', () => {
  const rate = buildPenaltyRate('0.144', '1.5')
  const late = { principalMinor: 196_412n, interestMinor: 12_071n, from: '2026-03-20' }
  expect(buildPenalty(rate, late, '2026-04-26')).toBe(4_628n)
  const penaltyMinor = buildPenalty(rate, late, '2026-03-30')
  const paid = allocate(50_000n, { ...late, penaltyMinor, feeMinor: 0n })
  expect(paid).toEqual({
    penaltyMinor: 1_250n,
    feeMinor: 0n,
    interestMinor: 12_071n,
    principalMinor: 36_679n,
    restMinor: 0n,
  })
  const left = { principalMinor: late.principalMinor - paid.principalMinor, interestMinor: 0n, from: '2026-03-30' }
  expect(left.principalMinor + buildPenalty(rate, left, '2026-04-26')).toBe(162_321n)
})
