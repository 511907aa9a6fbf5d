import { describe, expect, it } from 'vitest'
import { compareVersions, isInRange, isRange, isVersion } from './version.ts'

describe('a version', () => {
  it.each(['1.0.0', '0.10.200'])('is %s', (text) => expect(isVersion(text)).toBe(true))
  it.each(['1.0', '1', 'v1.0.0', '1.0.0-beta', '01.0.0', ' 1.0.0', ''])('is not %j', (text) => {
    expect(isVersion(text)).toBe(false)
  })

  it('comes before another by its numbers', () => {
    const sorted = ['0.9.10', '1.0.0', '1.0.9', '1.0.10', '1.2.0', '10.0.0']
    expect(sorted.toReversed().toSorted(compareVersions)).toEqual(sorted)
    expect(compareVersions('1.2.3', '1.2.3')).toBe(0)
  })
})

describe('a range', () => {
  it.each([
    ['^1', ['1.0.0', '1.9.9'], ['0.9.0', '2.0.0']],
    ['^1.4', ['1.4.0', '1.5.0'], ['1.3.9', '2.0.0']],
    ['^1.4.2', ['1.4.2', '1.5.0'], ['1.4.1']],
    ['^0.1', ['0.1.0', '0.1.7'], ['0.2.0', '1.0.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['~1.4', ['1.4.0', '1.4.9'], ['1.5.0']],
    ['~1.4.2', ['1.4.2'], ['1.4.1', '1.5.0']],
    ['1.4.2', ['1.4.2'], ['1.4.3']],
    ['1', ['1.0.0', '1.9.0'], ['2.0.0']],
    ['*', ['0.0.1', '9.0.0'], ['nine']],
  ])('%s takes %j and not %j', (range, inside, outside) => {
    expect(isRange(range)).toBe(true)
    expect(inside.filter((version) => !isInRange(version, range))).toEqual([])
    expect(outside.filter((version) => isInRange(version, range))).toEqual([])
  })

  it.each(['', 'any', '>=1', '^1 || ^2', '1.x'])('is not %j', (range) => {
    expect(isRange(range)).toBe(false)
    expect(isInRange('1.0.0', range)).toBe(false)
  })
})
