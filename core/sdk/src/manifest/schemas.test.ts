import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeJson, encodeJson } from '../json.ts'
import { money, moneySchema } from '../money.ts'
import { readSchema } from './read-schema.ts'
import { isSafePattern } from './safe-pattern.ts'
import { writeSchema } from './write-schema.ts'

const fare = money('12.80', 'CNY')

/** Each schema with values that it takes and values that it does not. */
const cases: readonly (readonly [string, z.ZodType, readonly unknown[], readonly unknown[]])[] = [
  ['an amount', moneySchema, [fare], [12.8, { amountMinor: 1280, currency: 'CNY' }, money('1', 'CNY').amountMinor]],
  [
    'a currency',
    moneySchema,
    [fare],
    [
      { amountMinor: 1n, currency: 'ZZZ' },
      { ...fare, more: 1 },
    ],
  ],
  ['amounts', z.array(moneySchema).max(2), [[], [fare, fare]], [[fare, fare, fare], [1]]],
  ['a whole number', z.int().min(1).max(60), [1, 60], [0, 61, 1.5, '1', 1n]],
  ['a number', z.number().gt(0).lt(1).multipleOf(0.25), [0.25, 0.5], [0, 1, 0.3]],
  ['a bigint', z.bigint(), [1n, -7n], [1, '1', { $n: '1' }]],
  ['a flag', z.boolean(), [true], [0, 'true']],
  ['a text', z.string().min(2).max(3), ['ab'], ['a', 'abcd', 7]],
  ['a pattern', z.string().regex(/^G[0-9]+$/), ['G308'], ['308', 'G']],
  ['letters of any language', z.string().regex(/^\p{L}{1,9}$/u), ['成都'], ['成都1']],
  ['an address', z.email(), ['a@example.com'], ['a@', 'example.com']],
  ['a link', z.url(), ['https://example.com/'], ['example']],
  ['a day', z.iso.date(), ['2026-02-28'], ['2026-02-30', '28.2.2026']],
  ['a moment', z.iso.datetime(), ['2026-02-28T10:00:00Z'], ['2026-02-28']],
  ['a choice', z.enum(['hard', 'soft']), ['hard'], ['medium', 1]],
  ['a constant', z.literal([1, 'a', null]), [1, 'a', null], [2, 'b', false]],
  ['perhaps nothing', z.string().nullable(), ['a', null], [undefined, 1]],
  ['one of two', z.union([z.string(), z.strictObject({ train: z.string() })]), ['a', { train: 'G1' }], [{}, 1]],
  [
    'one of its kinds',
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a'), n: z.int() }),
      z.strictObject({ kind: z.literal('b') }),
    ]),
    [{ kind: 'a', n: 1 }, { kind: 'b' }],
    [{ kind: 'a' }, { kind: 'c' }, { kind: 'b', n: 1 }],
  ],
  ['both', z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })), [{ a: 1, b: 2 }], [{ a: 1 }]],
  ['a pair', z.tuple([z.string(), z.int()]), [['a', 1]], [['a'], ['a', 1, 2], [1, 'a']]],
  ['a table', z.record(z.string(), z.int()), [{ a: 1 }, {}], [{ a: 'x' }, []]],
  ['a table of some', z.partialRecord(z.enum(['a', 'b']), z.int()), [{ a: 1 }], [{ c: 1 }]],
  [
    'an object',
    z.strictObject({ a: z.int(), b: z.int().optional() }),
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ b: 2 }, { a: 1, c: 1 }],
  ],
  ['anything', z.unknown(), [1, 'a', null, { a: [1n] }], []],
  ['nothing', z.never(), [], [1, null]],
]

describe('a schema that went through JSON', () => {
  it.each(cases)('judges as before: %s', (_name, schema, good, bad) => {
    const read = readSchema(JSON.parse(JSON.stringify(writeSchema(schema))))
    expect(bad.filter((value) => read.safeParse(value).success || schema.safeParse(value).success)).toEqual([])
    expect(good.map((value) => read.parse(decodeJson(encodeJson(value))))).toEqual(good)
  })

  it('is the same when it is written again', () => {
    for (const [name, schema] of cases) {
      const written = writeSchema(schema)
      expect(writeSchema(readSchema(written)), name).toEqual(written)
    }
  })

  it('fills in defaults, amounts too, and keeps what is said about a setting', () => {
    const schema = z.strictObject({
      seats: z.int().default(2).meta({ title: 'Seats' }),
      deposit: moneySchema.default(fare),
    })
    const read = readSchema(writeSchema(schema))
    expect(read.parse({})).toEqual({ seats: 2, deposit: fare })
    expect(writeSchema(read)).toMatchObject({ properties: { seats: { title: 'Seats', default: 2 } } })
  })

  it('does not speak of itself: checking such a value may take for ever', () => {
    interface Tree {
      readonly children: readonly Tree[]
    }
    const tree: z.ZodType<Tree> = z.strictObject({ children: z.array(z.lazy(() => tree)) })
    expect(() => readSchema(writeSchema(tree))).toThrow('speak of itself')
  })

  it.each([
    ['refine', z.string().refine((text) => text !== '')],
    ['transform', z.string().trim()],
    ['pipe', z.string().transform((text) => text.length)],
    ['coerce', z.coerce.number()],
    ['a pattern with the flags i', z.string().regex(/^a$/i)],
    ['date', z.date()],
    ['limits of a bigint', z.bigint().min(1n)],
  ])('says where code would decide: %s', (code, schema) => {
    expect(writeSchema(z.strictObject({ a: schema }))).toMatchObject({ properties: { a: { 'x-code': code } } })
  })
})

describe('a pattern', () => {
  it('that is taken is read in no time, whatever the text', () => {
    const hard = ['^a*a*b$', '^a{0,900}a{0,900}b$', 'a*b', '^[ab]*(?:a|b){0}[ab]*c$', '^(?:a|a)(?:a|a)a*b$']
    for (const source of hard.filter(isSafePattern)) {
      const started = performance.now()
      expect(readSchema({ type: 'string', pattern: source }).safeParse('a'.repeat(2000)).success).toBe(false)
      expect(performance.now() - started, source).toBeLessThan(1000)
    }
    expect(hard.filter(isSafePattern)).toHaveLength(4)
  })

  it.each([
    ...['^G[0-9]+$', '^[A-Z]{3}$', '^a\\+b+$', '^(?:a|b)$', 'abc', '^[a-z]+@[a-z]+$', '^-?[0-9]{1,9}(?:[.][0-9]{2})?$'],
    z.email().def.pattern?.source ?? '',
  ])('like %s is run on the platform', (source) => {
    expect(isSafePattern(source)).toBe(true)
  })

  it.each([
    `^${'a?'.repeat(30)}${'a'.repeat(30)}$`,
    `^${'(?:a|a)'.repeat(30)}$`,
    '^a{0,900}a{0,900}a{0,900}b$',
    ...['^(a+)+$', '(a|a)*b', '^(?=a)b', '^(a)\\1$', 'a+a+b', '^a*b*c*$', '^a{2000}$', '('],
  ])('like %s is not', (source) => {
    expect(isSafePattern(source)).toBe(false)
    expect(() => readSchema({ type: 'string', pattern: source })).toThrow('for ever')
  })
})

it('keeps what a setting is called in other languages', () => {
  const words = { 'zh-CN': { title: '预售天数', description: '最多提前多少天' } }
  const setting = z.int().min(1).default(60).meta({ title: 'Days on sale', 'x-words': words })
  const written = writeSchema(z.strictObject({ days: setting }))
  expect(written).toMatchObject({ properties: { days: { title: 'Days on sale', 'x-words': words } } })
  expect(writeSchema(readSchema(written))).toEqual(written)
})
