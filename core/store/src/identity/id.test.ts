import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { buildNumber, createIdSource, deriveId, type IdSource } from './id.ts'

const startMs = Date.parse('2026-03-05T00:00:00Z')

function openSource(times: readonly number[]): IdSource {
  const left = [...times]
  return createIdSource({ nowMs: () => left.shift() ?? startMs, randomBytes })
}

const take = (source: IdSource, count: number): string[] => Array.from({ length: count }, () => source.next())
const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
const parent = createIdSource({ nowMs: () => startMs, randomBytes: (count) => Buffer.alloc(count, 7) }).next()

describe('createIdSource', () => {
  it('makes UUIDs of version 7 that carry the time', () => {
    const [id = ''] = take(openSource([startMs]), 1)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(timeOf(id)).toBe(startMs)
  })

  it('keeps its order within a millisecond, and beyond what a millisecond can count', () => {
    const ids = take(openSource([]), 10_000)
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keeps its order when the clock is turned back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 50 }), (steps) => {
        const ids = take(openSource(steps.map((step) => startMs + step)), steps.length)
        expect(ids.toSorted()).toEqual(ids)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { seed: getTestSeed() },
    )
  })

  it('makes the same ids of the same ingredients', () => {
    const seeded = (): string[] =>
      take(createIdSource({ nowMs: () => startMs, randomBytes: (count) => Buffer.alloc(count, 9) }), 5)
    expect(seeded()).toEqual(seeded())
  })
})

describe('deriveId', () => {
  it('is the same for the same parent and labels, in every process', () => {
    expect(deriveId(parent, 'message', 0)).toBe('019cbb4b-4c00-8e16-960a-75a7307e0b5b')
    expect(deriveId(parent, 'message', 0)).toBe(deriveId(parent, 'message', '0'))
  })

  it('keeps the time of its parent, and so its place in an index', () => {
    expect(timeOf(deriveId(parent, 'effect', 3))).toBe(startMs)
    expect(timeOf(deriveId(deriveId(parent, 'a'), 'b'))).toBe(startMs)
    expect(deriveId(parent, 'x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('is another id for every label, and for labels that only read the same when joined', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => deriveId(parent, 'message', index))
    const close = [
      deriveId(parent, 'a', 'b'),
      deriveId(parent, 'ab'),
      deriveId(parent, 'a b'),
      deriveId(parent, 'a', 'b', ''),
    ]
    expect(new Set([...ids, ...close]).size).toBe(ids.length + close.length)
  })
})

describe('buildNumber', () => {
  it('has ten characters that nobody confuses, the same for the same order', () => {
    const numbers = Array.from({ length: 2000 }, (_, index) => buildNumber(`order ${index}`))
    expect(numbers.filter((number) => !/^[0-9A-HJKMNP-TV-Z]{10}$/.test(number))).toEqual([])
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(buildNumber(parent)).toBe(buildNumber(parent))
  })
})
