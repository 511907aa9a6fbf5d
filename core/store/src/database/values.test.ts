import { describe, expect, it } from 'vitest'
import { isFault } from '@inthread/sdk/fault'
import { bindValue, readWhole } from './values.ts'

const codeOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return isFault(error) ? [error.code, error.data] : error
  }
  return 'taken'
}

describe('bindValue', () => {
  it.each([
    ['text', 'text'],
    ['', ''],
    [0, 0],
    [-7, -7],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [2n ** 62n, 2n ** 62n],
    [null, null],
    [true, 1],
    [false, 0],
  ])('binds %s as %s', (value, bound) => {
    expect(bindValue(value)).toBe(bound)
  })

  it.each([
    [undefined, 'undefined'],
    [new Date(0), 'Date'],
    [0.5, 'number'],
    [2 ** 53, 'number'],
    [Number.NaN, 'number'],
    [Number.POSITIVE_INFINITY, 'number'],
    [{ a: 1 }, 'object'],
    [[1], 'object'],
    [Buffer.from('x'), 'object'],
    [() => 1, 'function'],
    [Symbol('x'), 'symbol'],
  ])('refuses %s, and says of what type it was but not what it was', (value, type) => {
    expect(codeOf(() => bindValue(value))).toEqual(['store.parameter_refused', { type }])
  })
})

describe('readWhole', () => {
  it('keeps amounts bigint, also small ones, and makes numbers of everything else', () => {
    expect(readWhole('amount_minor', 5n)).toBe(5n)
    expect(readWhole('count', 5n)).toBe(5)
    expect(readWhole('at', 4_102_444_799_000_000n)).toBe(4_102_444_799_000_000)
  })

  it('does not bend a number that is too large for its column', () => {
    expect(codeOf(() => readWhole('count', 2n ** 53n))).toEqual(['store.number_too_large', { column: 'count' }])
    expect(readWhole('fee_minor', 2n ** 62n)).toBe(2n ** 62n)
  })
})
