import { describe, expect, it } from 'vitest'
import { buildSchedule, readMinor, writeMinor, type CreditTerms, type Schedule } from '../../credit.ts'

/** Schedules that other loan systems publish with their tests and manuals: what is due, as principal + interest. */
interface Published {
  readonly title: string
  readonly terms: Omit<CreditTerms, 'principal'> & { readonly principal: string }
  /** `first` to `last`, `principal+interest` each; of long ones, those that are printed. */
  readonly rows: Readonly<Record<number, string>> | readonly string[]
}

const level = { method: 'equal-instalment', rounding: 'half-even' } as const
const hundred = { ...level, principal: '100.00', start: '2024-01-01' }
const yuan18 = {
  principal: '5000.00',
  annualRate: '0.12',
  periods: 18,
  start: '2022-11-01',
  rounding: 'half-even',
} as const
const whole = { ...yuan18, method: 'equal-instalment', instalmentMultiple: 100n } as const
const grace: readonly string[] = [
  ...['394.00+50.00', '397.94+46.06', '401.92+42.08', '405.94+38.06', '410.00+34.00', '414.10+29.90'],
  ...['418.24+25.76', '422.42+21.58', '426.65+17.35', '430.91+13.09', '435.22+8.78', '442.66+4.43'],
]

const published: readonly Published[] = [
  {
    title: '7 %, months of 30 days, half-even',
    terms: { ...hundred, annualRate: '0.07', periods: 6, dayCount: '30E/360' },
    rows: ['16.43+0.58', '16.52+0.49', '16.62+0.39', '16.72+0.29', '16.81+0.20', '16.90+0.10'],
  },
  {
    title: '9.4822 %, months of 30 days',
    terms: { ...hundred, annualRate: '0.094822', periods: 6 },
    rows: ['16.34+0.79', '16.47+0.66', '16.60+0.53', '16.73+0.40', '16.86+0.27', '17.00+0.13'],
  },
  {
    title: '9.4822 %, real days of real years, over the end of a leap year',
    terms: { ...hundred, annualRate: '0.094822', periods: 6, dayCount: 'ACT/ACT', start: '2023-12-12' },
    rows: ['16.33+0.80', '16.46+0.67', '16.63+0.50', '16.72+0.41', '16.87+0.26', '16.99+0.14'],
  },
  {
    title: '15.678 %, real days, years of 365',
    terms: { ...hundred, annualRate: '0.15678', periods: 6, dayCount: 'ACT/365F', instalmentFit: 'closest' },
    rows: ['16.10+1.33', '16.38+1.05', '16.53+0.90', '16.77+0.66', '16.97+0.46', '17.25+0.22'],
  },
  {
    title: 'every week, years of 52 weeks',
    terms: { ...hundred, annualRate: '0.094822', periods: 6, every: { weeks: 1 }, dayCount: 'ACT/364' },
    rows: ['16.59+0.18', '16.62+0.15', '16.65+0.12', '16.68+0.09', '16.71+0.06', '16.75+0.03'],
  },
  {
    title: 'every other week, the payment chosen so that the last is the most alike',
    terms: { ...hundred, annualRate: '0.094822', periods: 3, every: { weeks: 2 }, instalmentFit: 'closest' },
    rows: ['33.21+0.36', '33.33+0.24', '33.46+0.12'],
  },
  {
    title: 'every other week, the first period a day longer',
    terms: {
      ...{ principal: '1000.00', method: 'equal-principal', annualRate: '0.78', periods: 5, start: '2006-01-01' },
      ...{ firstDue: '2006-01-16', every: { weeks: 2 } },
    },
    rows: ['200.00+32.14', '200.00+24.00', '200.00+18.00', '200.00+12.00', '200.00+6.00'],
  },
  {
    title: 'every 15 days, years of 360',
    terms: { ...hundred, annualRate: '0.094822', periods: 6, every: { days: 15 }, dayCount: 'ACT/360' },
    rows: ['16.50+0.40', '16.57+0.33', '16.64+0.26', '16.70+0.20', '16.77+0.13', '16.82+0.07'],
  },
  {
    title: 'payments in whole units',
    terms: whole,
    rows: { 1: '255.00+50.00', 2: '257.55+47.45', 9: '276.13+28.87', 17: '299.01+5.99', 18: '300.22+3.00' },
  },
  {
    title: 'payments in whole units, interest by real days',
    terms: { ...whole, dayCount: 'ACT/365F' },
    rows: { 1: '255.68+49.32', 2: '256.65+48.35', 4: '266.08+38.92', 16: '296.47+8.53', 18: '299.38+2.95' },
  },
  {
    title: 'equal principals',
    terms: { ...yuan18, method: 'equal-principal' },
    rows: { 1: '277.78+50.00', 4: '277.78+41.67', 8: '277.78+30.56', 17: '277.78+5.56', 18: '277.74+2.78' },
  },
  {
    title: 'three payments of interest alone',
    terms: { ...whole, gracePeriods: 3 },
    rows: { 1: '0.00+50.00', 3: '0.00+50.00', 4: '311.00+50.00', 5: '314.11+46.89', 18: '351.36+3.51' },
  },
  {
    title: 'six payments of interest alone',
    terms: { ...whole, gracePeriods: 6 },
    rows: [...Array<string>(6).fill('0.00+50.00'), ...grace],
  },
  {
    title: 'six payments without principal, the first three without interest, which is asked for with the fourth',
    terms: { ...whole, gracePeriods: 6, graceInterest: 'deferred', graceInterestPeriods: 3 },
    rows: [...Array<string>(3).fill('0.00+0.00'), '0.00+200.00', '0.00+50.00', '0.00+50.00', ...grace],
  },
  {
    title: 'flat interest, payments in whole units',
    terms: { ...whole, method: 'flat' },
    rows: { 1: '278.00+50.00', 2: '278.00+50.00', 17: '278.00+50.00', 18: '274.00+50.00' },
  },
  {
    title: 'flat interest that does not come out even',
    terms: { ...whole, method: 'flat', principal: '1250.00', annualRate: '0.15', periods: 4, start: '2023-09-01' },
    rows: ['312.38+15.62', '312.38+15.62', '312.38+15.62', '312.86+15.64'],
  },
  {
    title: 'a quarter paid down, flat interest on the rest',
    terms: {
      ...{ principal: '1000.00', method: 'flat', annualRate: '0.16', periods: 3, start: '2022-01-01' },
      downPayment: 25_000n,
    },
    rows: ['250.00+0.00', '250.00+10.00', '250.00+10.00', '250.00+10.00'],
  },
  {
    title: 'a fixed principal of 5 %, the rest at the end, 24 % by real days',
    terms: {
      ...{ principal: '100000.00', method: 'equal-principal', annualRate: '0.24', periods: 13, start: '2011-09-20' },
      ...{ dayCount: 'ACT/365F', principalPart: 500_000n },
    },
    rows: {
      1: '5000.00+1972.60',
      2: '5000.00+1936.44',
      3: '5000.00+1775.34',
      12: '5000.00+917.26',
      13: '40000.00+789.04',
    },
  },
  {
    title: 'the same after six payments of interest alone',
    terms: {
      ...{ principal: '100000.00', method: 'equal-principal', annualRate: '0.24', periods: 19, start: '2011-09-20' },
      ...{ dayCount: 'ACT/365F', principalPart: 500_000n, gracePeriods: 6 },
    },
    rows: { 1: '0.00+1972.60', 6: '0.00+1906.85', 7: '5000.00+2038.36', 18: '5000.00+828.49', 19: '40000.00+815.34' },
  },
  {
    // Amounts in hundreds, the smallest that this currency is counted in.
    title: 'equal principals in whole hundreds, after five payments of interest alone, 2 % a month',
    terms: {
      ...{ principal: '1000.00', method: 'equal-principal', annualRate: '0.24', periods: 24, start: '2014-06-02' },
      ...{ gracePeriods: 5, rounding: 'half-even' },
    },
    rows: {
      1: '0.00+20.00',
      6: '52.63+20.00',
      7: '52.63+18.95',
      10: '52.63+15.79',
      20: '52.63+5.26',
      24: '52.66+1.05',
    },
  },
  {
    title: '2 % a month, four payments',
    terms: { ...level, principal: '12000.00', annualRate: '0.24', periods: 4, start: '2011-09-20' },
    rows: ['2911.49+240.00', '2969.72+181.77', '3029.11+122.38', '3089.68+61.79'],
  },
]

function writeRows({ rows }: Schedule): readonly string[] {
  return rows.map(({ principal, interest }) => `${writeMinor(principal, 2)}+${writeMinor(interest, 2)}`)
}

describe('schedules that others publish', () => {
  it.each(published)('$title', ({ terms, rows }) => {
    const ours = writeRows(buildSchedule({ ...terms, principal: readMinor(terms.principal, 2) }))
    if (Array.isArray(rows)) expect(ours).toEqual(rows)
    else expect(Object.fromEntries(Object.keys(rows).map((n) => [n, ours[Number(n) - 1]]))).toEqual(rows)
  })
})

/** What tables and calculators say of these for decades. */
describe('figures that everybody knows', () => {
  const million = { principal: 100_000_000n, annualRate: '0.049', periods: 360, start: '2026-01-01' } as const
  const mortgage = {
    principal: 10_000_000n,
    method: 'equal-instalment',
    annualRate: '0.06',
    start: '2026-01-01',
  } as const

  it('a million over thirty years at 4.9 %, both ways', () => {
    const level = buildSchedule({ ...million, method: 'equal-instalment' })
    expect([level.instalment, level.totals.interest / 10_000n]).toEqual([530_727n, 9106n])
    const falling = buildSchedule({ ...million, method: 'equal-principal' })
    expect([falling.rows[0]?.payment, falling.rows[1]?.payment]).toEqual([686_111n, 684_977n])
    expect(falling.totals.interest / 100n).toBe(737_041n)
  })

  it('a mortgage at 6 %, interest on interest monthly as in America or half-yearly as in Canada', () => {
    const payment = (more: Partial<CreditTerms>): bigint | undefined =>
      buildSchedule({ ...mortgage, periods: 300, ...more }).instalment
    expect([payment({ periods: 360 }), payment({})]).toEqual([59_955n, 64_430n])
    expect(payment({ compoundsPerYear: 2 })).toBe(63_981n)
  })

  it.each([
    [5000n, '0.1065', 36, 16_287n],
    [2400n, '0.1596', 36, 8433n],
    [10_000n, '0.1349', 36, 33_931n],
    [3000n, '0.1269', 60, 6779n],
    [5000n, '0.0790', 36, 15_646n],
  ])(
    'a loan among people, as their market listed it: %s at %s for %s months',
    (amount, annualRate, periods, payment) => {
      const { instalment } = buildSchedule({
        ...{ ...mortgage, principal: amount * 100n, annualRate, periods, instalmentRounding: 'up' },
      })
      expect(instalment).toBe(payment)
    },
  )

  it('payments in advance are those in arrears, discounted by one period', () => {
    const advance = buildSchedule({ ...mortgage, periods: 12, firstDue: '2026-01-01' })
    // 100,000 × 0.005 / (1 − 1.005^−12) / 1.005
    expect(advance.instalment).toBe(856_382n)
    expect(advance.rows[0]).toMatchObject({ days: 0, interest: 0n, principal: 856_382n })
  })

  it('a thousand at 10 % grows daily to 1,105.16 in a year, and simply to 1,100', () => {
    const bullet = {
      principal: 100_000n,
      method: 'bullet',
      annualRate: '0.1',
      periods: 1,
      start: '2026-01-01',
    } as const
    const year = { ...bullet, every: { years: 1 }, dayCount: 'ACT/365F' } as const
    expect(buildSchedule({ ...year, compoundsPerYear: 365 }).totals.payment).toBe(110_516n)
    expect(buildSchedule(year).totals.payment).toBe(110_000n)
  })

  it('a rate that changes makes a new payment of what is left', () => {
    const changed = buildSchedule({ ...mortgage, periods: 12, rateChanges: [{ from: 7, annualRate: '0.12' }] })
    const rest = buildSchedule({
      ...{
        ...mortgage,
        principal: changed.rows[6]?.opening ?? 0n,
        annualRate: '0.12',
        periods: 6,
        start: '2026-07-01',
      },
    })
    expect(changed.rows.slice(6).map(({ payment }) => payment)).toEqual(rest.rows.map(({ payment }) => payment))
    expect(changed.rows[5]?.payment).toBe(changed.instalment)
  })
})
