import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { drawTerms } from '../../test/draw-terms.ts'
import { judgeGrant, type GrantCall, type GrantSide } from './judge-grant.ts'

const call: GrantCall = {
  amount: money('128.00', 'CNY'),
  purpose: 'travel.pay',
  day: '2026-03-05',
  strength: 'code',
}
const side = (change: Partial<GrantSide> = {}): GrantSide => ({
  party: 'tenant',
  state: 'active',
  terms: {},
  use: { dayMinor: 0n, userDayMinor: 0n, minuteCalls: 0 },
  ...change,
})
const use = (change: Partial<GrantSide['use']>): GrantSide['use'] => ({ ...side().use, ...change })
const cny = (amount: string) => money(amount, 'CNY')

describe('judgeGrant', () => {
  it('allows what nobody limits', () => {
    expect(judgeGrant(call, [side({ party: 'bank' }), side(), side({ party: 'plugin' })])).toEqual({
      kind: 'allowed',
      strength: undefined,
    })
  })

  it.each<[string, Partial<GrantSide>]>([
    ['an amount just as large as a call may be', { terms: { perCall: cny('128.00') } }],
    ['the last of a day', { terms: { perDay: cny('1128.00') }, use: use({ dayMinor: 100_000n }) }],
    ['the last of a user’s day', { terms: { perUserDay: cny('128.01') }, use: use({ userDayMinor: 1n }) }],
    ['the last call of a minute', { terms: { perMinute: 3 }, use: use({ minuteCalls: 2 }) }],
    ['the first and the last day', { terms: { from: '2026-03-05', until: '2026-03-05' } }],
    ['a purpose that is named', { terms: { purposes: ['retail.pay', 'travel.pay'] } }],
    ['the currency that is named', { terms: { currency: 'CNY' } }],
    ['a proof that is sure enough', { terms: { strength: 'code' } }],
  ])('allows %s', (_what, change) => {
    expect(judgeGrant(call, [side(change)]).kind).toBe('allowed')
  })

  it.each<[string, Partial<GrantSide>, string, string]>([
    ['a side that never granted it', { state: 'missing' }, 'not_granted', 'grant'],
    ['a side that has shut it', { state: 'blocked' }, 'blocked', 'grant'],
    ['a fen more than a call may be', { terms: { perCall: cny('127.99') } }, 'too_much', 'perCall'],
    ['more than a whole day', { terms: { perDay: cny('127.99') } }, 'too_much', 'perDay'],
    ['more than a user’s whole day', { terms: { perUserDay: cny('0.00') } }, 'too_much', 'perUserDay'],
    ['a rate of nothing', { terms: { perMinute: 0 } }, 'too_much', 'perMinute'],
    [
      'a fen more than is left of the day',
      { terms: { perDay: cny('1128.00') }, use: use({ dayMinor: 100_001n }) },
      'used_up',
      'perDay',
    ],
    [
      'a fen more than is left to the user',
      { terms: { perUserDay: cny('128.01') }, use: use({ userDayMinor: 2n }) },
      'used_up',
      'perUserDay',
    ],
    ['a call too many', { terms: { perMinute: 3 }, use: use({ minuteCalls: 3 }) }, 'used_up', 'perMinute'],
    ['a day too early', { terms: { from: '2026-03-06' } }, 'not_allowed', 'from'],
    ['a day too late', { terms: { until: '2026-03-04' } }, 'not_allowed', 'until'],
    ['another purpose', { terms: { purposes: ['retail.pay'] } }, 'not_allowed', 'purposes'],
    ['another currency', { terms: { currency: 'USD' } }, 'not_allowed', 'currency'],
    ['a limit in another currency', { terms: { perDay: money('9.00', 'USD') } }, 'not_allowed', 'currency'],
    ['a proof that the bank cannot ask for', { terms: { strength: 'pin' } }, 'not_allowed', 'strength'],
  ])('refuses %s', (_what, change, reason, ceiling) => {
    for (const party of ['bank', 'tenant', 'plugin'] as const) {
      const sides = (['bank', 'tenant', 'plugin'] as const).map((each) =>
        each === party ? side({ ...change, party }) : side({ party: each }),
      )
      expect(judgeGrant(call, sides)).toEqual({ kind: 'refused', party, reason, ceiling })
    }
  })

  it('asks for the surest proof that any side asks for', () => {
    const sides = [side({ terms: { strength: 'number' } }), side(), side({ terms: { strength: 'code' } })]
    expect(judgeGrant(call, sides)).toEqual({ kind: 'allowed', strength: 'code' })
  })

  it('looks at no amount where no money moves', () => {
    const terms = { perCall: cny('0.00'), perDay: cny('0.00'), currency: 'USD', perMinute: 1 }
    expect(judgeGrant({ ...call, amount: undefined }, [side({ terms })]).kind).toBe('allowed')
    const again = side({ terms, use: use({ minuteCalls: 1 }) })
    expect(judgeGrant({ ...call, amount: undefined }, [again])).toMatchObject({ ceiling: 'perMinute' })
  })

  it('allows what every side allows by itself, and nothing else: the smallest ceiling wins', () => {
    const drawSide = fc.record({
      party: fc.constantFrom('bank', 'tenant', 'plugin'),
      state: fc.constantFrom('active', 'active', 'active', 'blocked', 'missing'),
      terms: drawTerms,
      use: fc.record({
        dayMinor: fc.bigInt(0n, 30_000n),
        userDayMinor: fc.bigInt(0n, 30_000n),
        minuteCalls: fc.nat(4),
      }),
    })
    fc.assert(
      fc.property(fc.array(drawSide, { minLength: 1, maxLength: 3 }), (sides) => {
        const alone = sides.every((each) => judgeGrant(call, [each]).kind === 'allowed')
        expect(judgeGrant(call, sides).kind === 'allowed').toBe(alone)
      }),
      { seed: getTestSeed(), numRuns: 2000 },
    )
  })
})
