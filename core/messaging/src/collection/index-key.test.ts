import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collection, z } from '@inthread/sdk'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { wildText } from '../../../../test/kit/chance/wild-text.ts'
import { buildIndexRange, buildIndexValue } from './index-key.ts'

const trains = collection(z.strictObject({ id: z.string(), from: z.string(), to: z.string(), minutes: z.number() }), {
  key: 'id',
  indexes: { route: ['from', 'to', 'minutes'], time: ['minutes'] },
})
const route = ['from', 'to', 'minutes']

/** As both databases compare: byte by byte. */
const compare = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))
const isWithin = (value: string, { from, before }: { from: string; before: string | undefined }): boolean =>
  compare(value, from) >= 0 && (before === undefined || compare(value, before) < 0)

describe('an index value', () => {
  it('sorts like its fields, one after the other', () => {
    const documents = [
      { from: 'a', to: 'z', minutes: 5 },
      { from: 'a b', to: 'a', minutes: 5 },
      { from: 'ab', to: 'a', minutes: -10 },
      { from: 'ab', to: 'a', minutes: -2 },
      { from: 'ab', to: 'a', minutes: 0 },
      { from: 'ab', to: 'a', minutes: 9 },
      { from: 'ab', to: 'a', minutes: 10 },
      { from: 'ab', to: 'b', minutes: 1 },
      { from: '价', to: '', minutes: 1 },
      { from: '𠮷', to: '', minutes: 1 },
    ]
    const values = documents.map((document) => buildIndexValue(route, document))
    expect(values.toSorted(compare)).toEqual(values)
  })

  it('sorts whole numbers by their size', () => {
    const whole = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER),
    )
    fc.assert(
      fc.property(whole, whole, (left, right) => {
        const values = [left, right].map((minutes) => buildIndexValue(['minutes'], { minutes }))
        expect(Math.sign(compare(values[0] ?? '', values[1] ?? ''))).toBe(Math.sign(left - right))
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
  })

  it('tells apart what only reads the same together', () => {
    const value = (from: string, to: string): string => buildIndexValue(['from', 'to'], { from, to })
    const marks = [value('a', 'b\u0001c'), value('a\u0001b', 'c'), value('a\u0001\u0002b', 'c'), value('a\u0002', '')]
    expect(new Set([value('ab', 'c'), value('a', 'bc'), value('abc', ''), value('', 'abc'), ...marks]).size).toBe(8)
  })

  it.each([1.5, Number.NaN, 2 ** 53, undefined, null, 5n, {}, ['a']])('cannot hold %s', (from) => {
    expect(() => buildIndexValue(['from'], { from })).toThrow(expect.objectContaining({ code: 'collection.key_unfit' }))
  })

  it('has at most 190 characters', () => {
    expect(buildIndexValue(['from'], { from: 'x'.repeat(189) })).toHaveLength(190)
    expect(() => buildIndexValue(['from'], { from: 'x'.repeat(190) })).toThrow(
      expect.objectContaining({ code: 'collection.key_too_long', data: { fields: ['from'] } }),
    )
  })
})

describe('an index range', () => {
  it('holds what equals the first fields, and nothing else', () => {
    const texts = fc.oneof(fc.constantFrom('', 'a', 'ab', 'b', 'a\u0001', 'a\u0001b', 'a\u0002'), wildText(4))
    const documents = fc.record({ from: texts, to: texts, minutes: fc.integer({ min: -3, max: 3 }) })
    fc.assert(
      fc.property(documents, documents, fc.integer({ min: 0, max: 3 }), (document, wanted, fields) => {
        const where = Object.fromEntries(Object.entries(wanted).slice(0, fields))
        const equal = Object.entries(where).every(
          ([field, value]) => document[field as keyof typeof document] === value,
        )
        expect(isWithin(buildIndexValue(route, document), buildIndexRange(trains, 'route', where))).toBe(equal)
      }),
      { seed: getTestSeed(), numRuns: 500 },
    )
  })

  it.each([
    ['a gap', { to: 'b' }],
    ['a gap in the middle', { from: 'a', minutes: 1 }],
    ['a field that the index does not have', { from: 'a', price: 1 }],
  ])('is refused with %s', (_name, where) => {
    const fault = { code: 'collection.index_unfit', data: { index: 'route', fields: Object.keys(where) } }
    expect(() => buildIndexRange(trains, 'route', where)).toThrow(expect.objectContaining(fault))
  })

  it('takes a field that is undefined for one that was not given', () => {
    expect(buildIndexRange(trains, 'route', { from: 'a', to: undefined })).toEqual(
      buildIndexRange(trains, 'route', { from: 'a' }),
    )
  })
})
