import type { TestDatabase } from '../databases.ts'
import { getTestSeed } from './seed.ts'

/** A small generator (mulberry32) of numbers from 0 up to 1: good enough to draw places with. */
export function openDraw(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * A part of what could be tested, none twice, drawn by the run's seed; with `--all` everything. Each database has a
 * draw of its own, so that the two do not walk the same ways.
 */
export function drawPart<T>(from: readonly T[], count: number, kind: TestDatabase['kind']): readonly T[] {
  if (process.env['INTHREAD_TEST_ALL'] === '1') return from
  const chance = openDraw(getTestSeed() + Number(kind === 'mysql'))
  return from
    .map((each) => ({ each, at: chance() }))
    .toSorted((left, right) => left.at - right.at)
    .slice(0, count)
    .map(({ each }) => each)
}
