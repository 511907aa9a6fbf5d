import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getTestSeed } from '../../../test/kit/chance/seed.ts'
import { wildText } from '../../../test/kit/chance/wild-text.ts'
import { canonicalJson, decodeJson, encodeJson } from './json.ts'

const vector = JSON.parse(
  readFileSync(new URL('../../../test/wire/finance/dynamic-linking.json', import.meta.url), 'utf8'),
) as { payload: Record<string, unknown>; canonical: string; sha256: string; otherAmountSha256: string }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('encodeJson', () => {
  it('keeps amounts exact, however deep they stand', () => {
    const value = { order: { amounts: [9_007_199_254_740_993n, -1n, 0n], note: '§' }, at: 1_772_703_000_000_000 }
    expect(encodeJson(value)).toContain('{"$n":"9007199254740993"}')
    expect(decodeJson(encodeJson(value))).toEqual(value)
  })

  it('comes back as it was, whatever it holds', () => {
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => (number === 0 ? 0 : number)),
        wildText(10),
        fc.bigInt(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value
    fc.assert(
      fc.property(values, (value) => {
        expect(decodeJson(encodeJson(value))).toEqual(value)
      }),
      { seed: getTestSeed(), numRuns: 200 },
    )
  })

  it.each([{ $n: 'twelve' }, { $n: 12 }, { $n: '12', unit: 'fen' }, { $n: null }, '{"$n":"12"}'])(
    'does not take %j for an amount',
    (value) => {
      expect(decodeJson(encodeJson(value))).toEqual(value)
    },
  )
})

describe('canonicalJson', () => {
  it('gives the known text and digest of a payload', () => {
    expect(canonicalJson(vector.payload)).toBe(vector.canonical)
    expect(sha256(canonicalJson(vector.payload))).toBe(vector.sha256)
  })

  it('gives another digest for one fen more', () => {
    expect(sha256(canonicalJson({ ...vector.payload, amount: '12801' }))).toBe(vector.otherAmountSha256)
  })

  it('does not depend on the order in which members were set', () => {
    const reversed = Object.fromEntries(Object.entries(vector.payload).reverse())
    expect(canonicalJson(reversed)).toBe(vector.canonical)
  })

  it('orders members by UTF-16 code units, as RFC 8785 says', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    const order = [...canonicalJson(keys).matchAll(/:(\d)/g)].map((match) => Number(match[1]))
    expect(order).toEqual([2, 4, 6, 7, 1, 5, 3])
  })

  it('leaves out what is undefined and keeps what is null', () => {
    expect(canonicalJson({ b: undefined, a: null, c: [null] })).toBe('{"a":null,"c":[null]}')
  })

  it.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s, which two parties may write differently',
    (n) => {
      expect(() => canonicalJson({ n })).toThrow('safe integers only')
    },
  )

  it.each([1n, undefined, () => 1, Symbol('x')])('refuses what JSON does not have', (value) => {
    expect(() => canonicalJson([value])).toThrow(`canonical JSON cannot carry a ${typeof value}`)
  })
})
