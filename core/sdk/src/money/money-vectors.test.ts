import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { readVectors } from '../../test/credit-vectors.ts'
import { readMinor, roundDecimal, writeMinor, type Rounding } from '../credit.ts'
import { maskCard, maskName, maskNationalId, maskPayeeName, maskPhone } from '../index.ts'
import { barCodeTiers, judgeLimit, splitByWeights, splitEnvelope, splitEvenly, usualTiers } from '../money.ts'

interface Rounded {
  readonly value: string
  readonly halfUp: string
  readonly halfEven: string
  readonly down: string
}

interface RoundingVectors {
  readonly halfUpVsHalfEven: readonly Rounded[]
  readonly largestRemainder: readonly { readonly total: string; readonly weights: string[]; readonly parts: string[] }[]
  readonly redEnvelopeRandom: readonly {
    readonly total: string
    readonly count: number
    readonly draws: string[]
    readonly parts: string[]
  }[]
}

interface Masks {
  readonly [kind: string]: readonly { readonly in: string; readonly out: string }[]
}

interface Limits {
  readonly paymentAccountBalanceDaily: readonly { readonly dailyMax: string | null }[]
  readonly barCode: readonly { readonly level: string; readonly dailyMax: string | null }[]
  readonly cases: readonly {
    readonly auth: string
    readonly spentToday: string
    readonly amount: string
    readonly allow: boolean
    readonly stepUp?: string
  }[]
}

const rounding = readVectors('rounding.json') as RoundingVectors
const masks = readVectors('masks.json') as Masks
const limits = readVectors('limits.json') as Limits
const fen = (text: string): bigint => readMinor(text, 2)
const yuan = (amount: bigint): string => writeMinor(amount, 2)
const seeded = { seed: getTestSeed(), numRuns: 300 }

describe('amounts', () => {
  it.each(rounding.halfUpVsHalfEven)('are rounded on the exact number: $value', ({ value, ...agreed }) => {
    const round = (how: Rounding): string => yuan(roundDecimal(value, 2, how))
    expect({ halfUp: round('half-up'), halfEven: round('half-even'), down: round('down') }).toEqual(agreed)
  })

  it.each(rounding.largestRemainder)('are split by weights: $total by $weights', ({ total, weights, parts }) => {
    expect(splitByWeights(fen(total), weights).map(yuan)).toEqual(parts)
  })

  it.each(rounding.redEnvelopeRandom)('are split by chance: $total among $count', ({ total, count, draws, parts }) => {
    expect(splitEnvelope(fen(total), { count, draws }).map(yuan)).toEqual(parts)
  })

  it('keep their sum, whatever they are split by', () => {
    const sum = (parts: readonly bigint[]): bigint => parts.reduce((all, part) => all + part, 0n)
    const weights = fc.array(fc.bigInt(0n, 1000n), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), weights, (total, drawn) => {
        fc.pre(drawn.some((weight) => weight > 0n))
        expect(sum(splitByWeights(total, drawn))).toBe(total)
      }),
      seeded,
    )
    const draws = fc.array(fc.nat(999_999), { maxLength: 12 })
    fc.assert(
      fc.property(draws, fc.bigInt(0n, 10n ** 7n), (drawn, more) => {
        const count = drawn.length + 1
        const texts = drawn.map((draw) => `0.${String(draw).padStart(6, '0')}`)
        const parts = splitEnvelope(more + BigInt(count), { count, draws: texts })
        expect([sum(parts), parts.every((part) => part >= 1n)]).toEqual([more + BigInt(count), true])
      }),
      seeded,
    )
    expect(splitEvenly(10n, 3)).toEqual([4n, 3n, 3n])
  })

  it('are not split where that says nothing', () => {
    expect(() => splitByWeights(1n, ['0'])).toThrow(RangeError)
    expect(() => splitByWeights(-1n, ['1'])).toThrow(RangeError)
    expect(() => splitEnvelope(4n, { count: 5, draws: ['0', '0', '0', '0'] })).toThrow(RangeError)
    expect(() => splitEnvelope(5n, { count: 2, draws: ['1'] })).toThrow(RangeError)
  })
})

describe('masks', () => {
  it.each([
    ['payeeShownForConfirmation', maskPayeeName],
    ['nameInLogs', maskName],
    ['phone', maskPhone],
    ['card', maskCard],
    ['nationalId', maskNationalId],
  ] as const)('cover as was agreed: %s', (kind, mask) => {
    for (const { in: given, out } of masks[kind] ?? []) expect(mask(given)).toBe(out)
    expect(masks[kind]?.length).toBeGreaterThan(0)
  })

  it('show nothing of what is too short to be covered in part', () => {
    const short = [maskPayeeName('李'), maskName('李'), maskPhone('110'), maskCard('0123'), maskNationalId('12')]
    expect(short).toEqual(['*', '*', '***', '****', '**'])
    expect(maskPhone('+8613812345678')).toBe('+86138****5678')
  })
})

describe('judgeLimit', () => {
  it.each(limits.cases)('$auth, $spentToday spent, $amount asked', ({ auth, spentToday, amount, allow, stepUp }) => {
    const verdict = judgeLimit({ auth, spentToday: fen(spentToday), amount: fen(amount) })
    expect(verdict).toEqual(allow ? { allow } : { allow, stepUp })
  })

  it('has the published figures', () => {
    const written = (tiers: typeof usualTiers) =>
      tiers.map(({ dailyMax }) => (dailyMax === undefined ? null : yuan(dailyMax)))
    expect(written(usualTiers).toReversed()).toEqual(limits.paymentAccountBalanceDaily.map(({ dailyMax }) => dailyMax))
    expect(written(barCodeTiers)).toEqual(limits.barCode.map(({ dailyMax }) => dailyMax))
    expect(barCodeTiers.map(({ auth }) => auth)).toEqual(limits.barCode.map(({ level }) => level))
  })

  it('asks for what does at once, and says so when nothing does', () => {
    const ask = { auth: 'none', spentToday: 0n, amount: fen('6000.00') }
    expect(judgeLimit(ask)).toEqual({ allow: false, stepUp: 'sim-shield' })
    expect(judgeLimit(ask, usualTiers.slice(0, 2))).toEqual({ allow: false, stepUp: undefined })
    expect(() => judgeLimit({ ...ask, auth: 'smile' })).toThrow(RangeError)
  })
})
