import { describe, expect, it } from 'vitest'
import { money, moneyToDecimal } from '../../money.ts'
import { buildSchedule, discloseRates, readMinor, writeMinor, type CreditTerms } from '../../credit.ts'

const terms: CreditTerms = {
  ...{ principal: money('12000.00', 'CNY'), method: 'equal-instalment', annualRate: '0.072', periods: 12 },
  start: '2026-01-15',
}

const rateChanges = [{ from: 2, annualRate: '0.08' }]

describe('terms', () => {
  it.each<[string, Partial<CreditTerms>]>([
    ['principal has to be above zero', { principal: 0n }],
    ['annualRate is a decimal text like 0.098 for 9.8 %', { annualRate: '7.2%' }],
    ['annualRate is a decimal text', { annualRate: '-0.01' }],
    ['periods has to be a whole number from 1 to 1200', { periods: 0 }],
    ['periods has to be a whole number from 1 to 1200', { periods: 1.5 }],
    ['start is a day of the calendar written YYYY-MM-DD', { start: '2026-02-30' }],
    ['firstDue has to be the day of start or a later one', { firstDue: '2026-01-14' }],
    ['dueDay has to be a whole number from 1 to 31', { dueDay: 32 }],
    ['gracePeriods has to be a whole number from 0 to 11', { gracePeriods: 12 }],
    ['graceInterestPeriods has to be', { graceInterest: 'capitalised', gracePeriods: 2, graceInterestPeriods: 3 }],
    ['dueDays has to be as many days as there are periods', { dueDays: ['2026-02-15'] }],
    ['dueDays has to be in order', { periods: 2, dueDays: ['2026-02-15', '2026-02-15'] }],
    ['every has to be one unit with a whole number', { every: { months: 0 } }],
    ['instalment has to be above zero', { instalment: 0n }],
    ['downPayment has to be less than the principal', { downPayment: money('12000.00', 'CNY') }],
    ['fees.perPeriodRate is a decimal text', { fees: { perPeriodRate: '0,6' } }],
    ['fees.perPeriod has to be zero or more, in whole minor units', { fees: { perPeriod: -1n } }],
    ['fees.once has to be zero or more', { fees: { once: -1n } }],
    ['fees.keptBack has to be zero or more', { fees: { keptBack: -1n } }],
    [
      'firstDue has to be the first of dueDays, or left out',
      { periods: 1, firstDue: '2026-02-16', dueDays: ['2026-02-15'] },
    ],
    ['dueDay has to be left out where dueDays say all of them', { periods: 1, dueDay: 15, dueDays: ['2026-02-15'] }],
    ['annualRate has to be 0, or left out, for card-instalment: it costs fees', { method: 'card-instalment' }],
    ['rateChanges has to be left out for card-instalment', { method: 'card-instalment', annualRate: '0', rateChanges }],
    ['rateChanges has to be left out for bullet', { method: 'bullet', rateChanges }],
    ['gracePeriods has to be left out for bullet, which is paid at the end', { method: 'bullet', gracePeriods: 1 }],
    ['graceInterestPeriods has to be left out for bullet', { method: 'bullet', graceInterestPeriods: 1 }],
    ['from of each of rateChanges has to be', { rateChanges: [{ from: 1, annualRate: '0.08' }] }],
  ])('that are wrong are refused with what they have to be: %s', (message, wrong) => {
    expect(() => buildSchedule({ ...terms, ...wrong })).toThrow(RangeError)
    expect(() => buildSchedule({ ...terms, ...wrong })).toThrow(message)
  })

  it('say in words what is not known, for those who write no types', () => {
    const wrongs = [
      ['{"method":"annuity"}', 'method has to be one of equal-instalment, equal-princ'],
      ['{"principal":null}', 'principal has to be an amount: money, or whole minor units as a bigint'],
      ['{"principal":1200000}', 'principal has to be an amount'],
      ['{"fees":{"once":"1.00"}}', 'fees.once has to be an amount'],
      ['{"every":{"months":1,"days":3}}', 'every has to be one unit with a whole number from 1 on'],
      ['{"every":{"quarters":1}}', 'like { months: 1 }; units are months, weeks, days and years'],
    ] as const
    for (const [text, message] of wrongs) {
      const wrong = JSON.parse(text) as Partial<CreditTerms>
      expect(() => buildSchedule({ ...terms, ...wrong })).toThrow(message)
      expect(() => buildSchedule({ ...terms, ...wrong })).toThrow(RangeError)
    }
  })

  it('may be given as money or as minor units, with defaults left out', () => {
    const { rows, terms: filled } = buildSchedule(terms)
    expect(buildSchedule({ ...terms, principal: 1_200_000n, firstDue: '2026-02-15' }).rows).toEqual(rows)
    expect(filled).toMatchObject({ dayCount: 'MONTHLY', rounding: 'half-up', firstDue: '2026-02-15' })
  })

  it.each([
    ['JPY', '1200000', '103943'],
    ['CNY', '12000.00', '1039.43'],
    ['KWD', '12000.000', '1039.428'],
  ])('are exact in a currency of any scale: %s', (currency, principal, instalment) => {
    const schedule = buildSchedule({ ...terms, principal: money(principal, currency) })
    expect(moneyToDecimal({ amountMinor: schedule.instalment ?? 0n, currency })).toBe(instalment)
    const scale = principal.split('.')[1]?.length ?? 0
    expect(writeMinor(readMinor(principal, scale), scale)).toBe(principal)
  })

  it('may have no fee that leaves nothing to receive', () => {
    const all = buildSchedule({ ...terms, fees: { keptBack: money('12000.00', 'CNY') } })
    expect(() => discloseRates(all)).toThrow('a rate needs money received first')
  })

  it('tell fees kept back by the rate: 9 % is 16.06 % where 2 % are kept of a loan of half a year', () => {
    const kept = { ...terms, annualRate: '0.09', periods: 6, fees: { keptBackRate: '0.02' } }
    const rates = discloseRates(buildSchedule(kept))
    expect([rates.percentSimple, rates.percentCompound]).toEqual(['16.06', '17.30'])
  })

  it('with a broken first period count its days, and disclose by dates what that costs', () => {
    const broken = { ...terms, dayCount: 'ACT/365F', firstDue: '2026-03-05' } as const
    const { rows } = buildSchedule(broken)
    expect(rows.slice(0, 2)).toMatchObject([
      { from: '2026-01-15', due: '2026-03-05', days: 49 },
      { due: '2026-04-05', days: 31 },
    ])
    // 12,000 × 7.2 % × 49 / 365
    expect(rows[0]?.interest).toBe(11_599n)
    // Daily interest, paid each month: (1 + 7.2 %/12)^12 − 1, but for the uneven months.
    expect(Number(discloseRates(buildSchedule(broken)).annualByDates)).toBeCloseTo(0.0744, 3)
  })
})
