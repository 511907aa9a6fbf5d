import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  buildSchedule,
  compareCredit,
  discloseRates,
  findCredit,
  prepay,
  refundPurchase,
  type CreditTerms,
} from '@inthread/sdk/credit'
import {
  buildCredit,
  buildDisclosure,
  buildRest,
  buildSchedule as buildAtBank,
  shrinkPlan,
  type CreditTerms as BankTerms,
  type ScheduleLine,
} from '@inthread/sandbox-bank/credit'
import { getTestSeed } from '../kit/chance/seed.ts'

const offers: fc.Arbitrary<BankTerms> = fc
  .record({
    principalMinor: fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, 500_000_000n)),
    method: fc.constantFrom('equal-instalment', 'equal-principal', 'interest-only', 'card-instalment'),
    annualRate: fc.nat(3600).map(writeRate),
    periods: fc.integer({ min: 1, max: 48 }),
    dayCount: fc.constantFrom('MONTHLY', '30E/360', 'ACT/365F', 'ACT/360'),
    rounding: fc.constantFrom('half-up', 'half-even'),
    start: fc.nat(2000).map((days) => addDays('2024-01-01', days)),
    later: fc.oneof(fc.constant(0), fc.nat(25)),
    grace: fc.nat(4),
    feeRate: fc.nat(90).map(writeRate),
    feeMode: fc.constantFrom('per-period', 'once'),
  })
  .map(({ later, grace, ...drawn }) => ({
    ...drawn,
    firstDue: addDays(addMonths(drawn.start, 1), later),
    graceMonths: drawn.method === 'card-instalment' ? 0 : Math.min(grace, drawn.periods - 1),
  }))

function writeRate(tenThousandths: number): string {
  return `0.${String(tenThousandths).padStart(4, '0')}`
}

/** The same offer in our words. */
function termsOf({ principalMinor, graceMonths = 0, feeRate = '0', feeMode, ...terms }: BankTerms): CreditTerms {
  const { method, periods, dayCount, rounding, start, firstDue } = terms
  return {
    ...{ principal: principalMinor, method, periods, dayCount, rounding, start, firstDue, gracePeriods: graceMonths },
    annualRate: method === 'card-instalment' ? '0' : terms.annualRate,
    fees: feeMode === 'once' ? { onceRate: feeRate } : { perPeriodRate: feeRate },
  }
}

const readLine = (line: ScheduleLine) => {
  const { n, from, due, openingMinor: opening, principalMinor: principal, interestMinor: interest } = line
  const { feeMinor: fee, paymentMinor: payment, closingMinor: closing } = line
  return { n, from, due, opening, principal, interest, fee, payment, closing }
}

/** The sandbox bank computes in its own way, so that a mistake of one of the two is found here. */
describe('a credit, computed by us and by the bank', () => {
  it('has the same schedule and the same annual rates', () => {
    fc.assert(
      fc.property(offers, (offer) => {
        const theirs = buildAtBank(offer)
        const ours = buildSchedule(termsOf(offer))
        expect(ours.rows.map(({ days: _, ...row }) => row)).toEqual(theirs.map(readLine))
        const payments = theirs.map(({ paymentMinor }) => paymentMinor)
        const { annualSimple, annualCompound } = discloseRates(ours)
        // The bank looks no further than 200 % a period, which only a loan of a few fen can cost.
        if (offer.principalMinor > 1000n)
          expect({ annualSimple, annualCompound }).toEqual(buildDisclosure(offer.principalMinor, payments))
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
  })

  it('may be shown as the bank writes it down', () => {
    fc.assert(
      fc.property(offers, (offer) => {
        const credit = findCredit(buildCredit(offer.method === 'card-instalment' ? 'instalments' : 'loan', offer).wire)
        if (offer.principalMinor > 1000n) expect(credit && compareCredit(credit)).toEqual({ kind: 'equal' })
        else expect(credit).toBeDefined()
      }),
      { seed: getTestSeed(), numRuns: 100 },
    )
  })

  it('goes on the same after a part was paid early', () => {
    const asks = fc.record({
      offer: offers,
      paid: fc.integer({ min: 1, max: 40 }),
      part: fc.integer({ min: 1, max: 99 }),
    })
    let compared = 0
    fc.assert(
      fc.property(asks, fc.constantFrom('shorter-term', 'lower-instalment'), ({ offer, paid, part }, strategy) => {
        const terms = { ...offer, feeRate: '0', method: 'equal-instalment', graceMonths: 0 } as const
        const theirs = buildAtBank(terms)
        const [last, next] = [theirs[paid - 1], theirs[paid]]
        const amount = ((next?.openingMinor ?? 0n) * BigInt(part)) / 100n
        if (last === undefined || next === undefined || next === theirs.at(-1) || amount === 0n) return
        const ask = { paid, on: last.due, amount, strategy } as const
        const { schedule, balanceAfter } = prepay(buildSchedule(termsOf(terms)), ask)
        const rest = buildRest(terms, {
          ...{ next, last: theirs.at(-1)?.n ?? 0, balanceMinor: balanceAfter, from: last.due, strategy },
        })
        expect(schedule.rows.map(({ days: _, ...row }) => row)).toEqual(rest.map(readLine))
        compared += 1
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
    expect(compared).toBeGreaterThan(50)
  })

  it('shrinks the same when part of a purchase in parts is given back', () => {
    const asks = fc.record({ offer: offers, paid: fc.nat(46), part: fc.integer({ min: 1, max: 99 }) })
    const rules = fc.constantFrom(['unchanged', 'unchanged'], ['by-left', 'in-proportion'])
    let compared = 0
    fc.assert(
      fc.property(asks, rules, ({ offer, paid, part }, [ours = '', theirs = '']) => {
        // The bank rounds the fee of a part half up, whatever its product does with interest.
        const plan = { method: 'card-instalment', feeMode: 'per-period', graceMonths: 0, rounding: 'half-up' } as const
        const terms = { ...offer, ...plan }
        const lines = buildAtBank(terms)
        const [last, next] = [lines[paid - 1], lines[paid]]
        const amount = ((next?.openingMinor ?? 0n) * BigInt(part)) / 100n
        if (next === undefined || amount === 0n || (paid > 0 && last === undefined)) return
        const leftMinor = next.openingMinor - amount
        const rest = shrinkPlan(lines, { billed: paid, leftMinor, fees: theirs as 'unchanged' }).slice(paid)
        const { schedule, balanceAfter } = refundPurchase(buildSchedule(termsOf(terms)), {
          ...{ paid, amount, fees: ours as 'unchanged' },
        })
        expect(balanceAfter).toBe(leftMinor)
        expect(schedule.rows.map(({ days: _, ...row }) => row)).toEqual(rest.map(readLine))
        compared += 1
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
    expect(compared).toBeGreaterThan(50)
  })
})
