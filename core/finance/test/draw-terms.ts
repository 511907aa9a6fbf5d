import fc from 'fast-check'
import { money } from '@inthread/sdk/money'
import { strengths, type GrantTerms } from '../src/grants/grant-terms.ts'

const amount = fc
  .tuple(fc.bigInt(0n, 30_000n), fc.constantFrom('CNY', 'CNY', 'CNY', 'USD'))
  .map(([minor, currency]) => money(minor, currency))
const day = fc.constantFrom('2026-03-04', '2026-03-05', '2026-03-06')
const purposes = fc.uniqueArray(fc.constantFrom('travel.pay', 'retail.pay', 'school.pay'), { minLength: 1 })

/** Any terms, near to what the calls of a test ask for. */
export const drawTerms: fc.Arbitrary<GrantTerms> = fc.record(
  {
    perCall: amount,
    perDay: amount,
    perUserDay: amount,
    perMinute: fc.nat(4),
    from: day,
    until: day,
    purposes,
    currency: fc.constantFrom('CNY', 'CNY', 'USD'),
    strength: fc.constantFrom(...strengths),
  },
  { requiredKeys: [] },
)
