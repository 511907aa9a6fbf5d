import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitEqually, splitRandomly, type Draw } from './shares.ts'

const draw = (decimal: string): Draw => {
  const [, digits = ''] = decimal.split('.')
  return { of: BigInt(digits), in: 10n ** BigInt(digits.length) }
}

test.each([
  ['1000', 5, ['0.50', '0.00', '0.999', '0.25'], ['200', '1', '531', '67', '201']],
  ['5', 5, ['0.9', '0.9', '0.9', '0.9'], ['1', '1', '1', '1', '1']],
  ['20000', 3, ['0.123456', '0.654321'], ['1646', '12009', '6345']],
])('%s into %s by %j', (total, count, draws, parts) => {
  const shares = splitRandomly(BigInt(total), count, draws.map(draw))
  expect(shares.map(String)).toEqual(parts)
})

test('shares are at least one minor unit and add up to the total, however they are drawn', () => {
  const some = fc.integer({ min: 1, max: 50 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      total: fc.bigInt({ min: BigInt(count), max: 100_000n }),
      draws: fc.array(fc.bigInt({ min: 0n, max: 999n }), { minLength: count, maxLength: count }),
    }),
  )
  fc.assert(
    fc.property(some, ({ count, total, draws }) => {
      const chances = draws.map((of) => ({ of, in: 1_000n }))
      for (const shares of [splitEqually(total, count), splitRandomly(total, count, chances)]) {
        expect(shares).toHaveLength(count)
        expect(shares.reduce((sum, share) => sum + share)).toBe(total)
        expect(shares.every((share) => share >= 1n)).toBe(true)
      }
    }),
  )
})
