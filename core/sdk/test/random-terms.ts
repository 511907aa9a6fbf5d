import fc from 'fast-check'
import { addDays, addMonths, type CreditTerms } from '../src/credit.ts'

const oneOf = fc.constantFrom

/** Any product of any bank: tiny and large, with and without grace, fees, odd first periods and fixed payments. */
export const randomTerms: fc.Arbitrary<CreditTerms> = fc
  .record({
    principal: fc.oneof(fc.bigInt(1n, 500n), fc.bigInt(1000n, 50_000_000n), fc.bigInt(1n, 10_000_000_000n)),
    method: oneOf('equal-instalment', 'equal-principal', 'interest-only', 'bullet', 'flat', 'card-instalment'),
    annualRate: fc.oneof(fc.constant('0'), fc.nat(3600).map(writeRate)),
    periods: fc.oneof(fc.integer({ min: 1, max: 36 }), fc.integer({ min: 1, max: 60 })),
    dayCount: oneOf('MONTHLY', '30E/360', '30U/360', 'ACT/365F', 'ACT/360', 'ACT/ACT'),
    rounding: oneOf('half-up', 'half-even'),
    start: fc.nat(4000).map((days) => addDays('2024-01-01', days)),
    graceInterest: oneOf('paid', 'deferred', 'capitalised', 'free'),
    remainder: oneOf('first', 'last'),
    every: oneOf({ months: 1 }, { months: 1 }, { months: 3 }, { weeks: 2 }, { days: 30 }),
    shift: fc.oneof(fc.constant(0), fc.integer({ min: -25, max: 40 })),
    grace: fc.oneof(fc.constant(0), fc.nat(6)),
    spared: fc.nat(6),
    multiple: fc.constantFrom(1n, 1n, 100n),
    instalmentFit: oneOf('rounded', 'closest'),
    compoundsPerYear: oneOf(...Array<undefined>(14).fill(undefined), 2, 365),
    down: fc.constantFrom(0n, 0n, 4n),
    change: fc.option(fc.tuple(fc.integer({ min: 2, max: 12 }), fc.nat(3600).map(writeRate))),
    feeRate: fc.oneof(fc.constant('0'), fc.nat(120).map(writeRate)),
    feeMode: oneOf('perPeriodRate', 'onceRate', 'keptBackRate'),
  })
  .map(({ shift, grace, spared, multiple, down, change, compoundsPerYear, feeRate, feeMode, ...drawn }) => ({
    ...drawn,
    gracePeriods: Math.min(grace, drawn.periods - 1),
    graceInterestPeriods: Math.min(spared, drawn.graceInterest === 'capitalised' ? grace : 6, drawn.periods - 1),
    instalmentMultiple: multiple,
    ...(compoundsPerYear === undefined ? {} : { compoundsPerYear }),
    downPayment: down === 0n || change !== null ? 0n : drawn.principal / down,
    rateChanges: change === null || change[0] > drawn.periods ? [] : [{ from: change[0], annualRate: change[1] }],
    firstDue: addDays(addMonths(drawn.start, 1), shift),
    fees: { [feeMode]: feeRate },
  }))
  .map((drawn) => ({ ...drawn, ...without(drawn.method) }))

/** What a method has no use for, and so refuses. */
function without(method: CreditTerms['method']): Partial<CreditTerms> {
  if (method === 'bullet') return { gracePeriods: 0, graceInterestPeriods: 0, rateChanges: [] }
  return method === 'card-instalment' ? { annualRate: '0', rateChanges: [] } : {}
}

function writeRate(tenThousandths: number): string {
  return `0.${String(tenThousandths).padStart(4, '0')}`
}
