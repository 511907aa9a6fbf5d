import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { drawTerms } from '../../test/draw-terms.ts'
import {
  completeGrant,
  findGrantProblem,
  grantSchema,
  isWider,
  readGrant,
  strengths,
  type GrantText,
} from './grant-terms.ts'
import { judgeGrant, rankOf, type GrantCall } from './judge-grant.ts'

describe('a grant as it is written', () => {
  it('means amounts in the tenant’s currency unless it names another', () => {
    expect(readGrant(completeGrant({ perCall: '5000.00', perMinute: 5 }, 'CNY'))).toEqual({
      perCall: money('5000.00', 'CNY'),
      perMinute: 5,
      currency: 'CNY',
    })
    expect(readGrant(completeGrant({ perDay: '5000', currency: 'JPY' }, 'CNY'))).toEqual({
      perDay: money(5000n, 'JPY'),
      currency: 'JPY',
    })
    expect(completeGrant({}, 'CNY')).toEqual({})
    expect(completeGrant({ until: '2026-12-31' }, 'CNY')).toEqual({ until: '2026-12-31' })
  })

  it.each([
    { perCall: 5000 },
    { perCall: '-1.00' },
    { perCall: '1e3' },
    { perDay: '007' },
    { perMinute: 1.5 },
    { perMinute: -1 },
    { purposes: [] },
    { from: '2026-02-30' },
    { from: 'tomorrow' },
    { currency: 'QQQ' },
    { strength: 'face' },
    { perYear: '1.00' },
  ])('is not %j', (text) => {
    expect(grantSchema.safeParse(text).success).toBe(false)
  })

  it('has a problem where its parts do not fit', () => {
    expect(findGrantProblem({ perCall: '1.005' }, 'CNY')?.message).toContain('like 10.00')
    expect(findGrantProblem({ perCall: '1.50' }, 'JPY')?.message).toContain('like 1000')
    expect(findGrantProblem({ from: '2026-03-06', until: '2026-03-05' }, 'CNY')?.message).toBe('ends before it begins')
    expect(findGrantProblem({ perCall: '1.50', from: '2026-03-05', until: '2026-03-05' }, 'CNY')).toBeUndefined()
  })
})

describe('isWider', () => {
  it.each<[GrantText, GrantText, boolean]>([
    [{}, { perCall: '1.00' }, false],
    [{ perCall: '1.00' }, {}, true],
    [{ perDay: '1.00' }, { perDay: '1.01' }, true],
    [{ perUserDay: '1.00' }, { perUserDay: '0.99' }, false],
    [{ perMinute: 3 }, { perMinute: 4 }, true],
    [{ from: '2026-03-05' }, { from: '2026-03-04' }, true],
    [{ until: '2026-03-05' }, { until: '2026-03-06' }, true],
    [{ purposes: ['a.b'] }, { purposes: ['a.b', 'a.c'] }, true],
    [{ purposes: ['a.b', 'a.c'] }, { purposes: ['a.c'] }, false],
    [{ strength: 'code' }, { strength: 'number' }, true],
    [{ strength: 'code' }, {}, true],
    [{}, { strength: 'code' }, false],
    [{ currency: 'CNY' }, { currency: 'USD' }, true],
  ])('%j, then %j: %s', (before, after, wider) => {
    expect(isWider(...readBoth(before, after))).toBe(wider)
  })

  it('is said of everything that allows one call more, or one with a weaker proof', () => {
    const drawCall: fc.Arbitrary<GrantCall> = fc.record({
      amount: fc
        .tuple(fc.bigInt(1n, 30_000n), fc.constantFrom('CNY', 'USD'))
        .map(([minor, name]) => money(minor, name)),
      purpose: fc.constantFrom('travel.pay', 'retail.pay'),
      day: fc.constantFrom('2026-03-04', '2026-03-05', '2026-03-06'),
      strength: fc.constantFrom(...strengths),
    })
    const drawUse = fc.record({
      dayMinor: fc.bigInt(0n, 9000n),
      userDayMinor: fc.bigInt(0n, 9000n),
      minuteCalls: fc.nat(4),
    })
    fc.assert(
      fc.property(drawTerms, drawTerms, fc.tuple(drawCall, drawUse), (before, after, [call, use]) => {
        if (isWider(before, after)) return
        const [was, is] = [before, after].map((terms) =>
          judgeGrant(call, [{ party: 'tenant', state: 'active', terms, use }]),
        )
        if (is?.kind !== 'allowed') return
        expect(was).toMatchObject({ kind: 'allowed' })
        if (was?.kind === 'allowed') expect(rankOf(was.strength)).toBeLessThanOrEqual(rankOf(is.strength))
      }),
      { seed: getTestSeed(), numRuns: 3000 },
    )
  })
})

const readBoth = (before: GrantText, after: GrantText) =>
  [readGrant(completeGrant(before, 'CNY')), readGrant(completeGrant(after, 'CNY'))] as const
