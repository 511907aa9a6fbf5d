import { describe, expect, it } from 'vitest'
import { addMs, days, findInstant, hours, instantToIso, minutes, seconds } from './time.ts'

describe('findInstant', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-03-05T09:35:00Z', 1_772_703_300_000_000],
    ['2026-03-05T17:35:00+08:00', 1_772_703_300_000_000],
    ['2026-03-05t09:35:00.5z', 1_772_703_300_500_000],
    ['2099-12-31T23:59:59Z', 4_102_444_799_000_000],
  ])('reads %s', (text, instant) => {
    expect(findInstant(text)).toBe(instant)
  })

  it.each([
    '',
    '2026-03-05',
    '2026-03-05T09:35:00',
    '2026-03-05 09:35:00Z',
    '2026-13-05T09:35:00Z',
    '2026-02-30T09:35:00Z',
    '2026-03-05T25:35:00Z',
    'tomorrow',
    '1772703300',
  ])('does not take "%s" for a point in time', (text) => {
    expect(findInstant(text)).toBeUndefined()
  })
})

describe('an instant', () => {
  it('is written in UTC, to the millisecond', () => {
    expect(instantToIso(1_772_703_300_123_999)).toBe('2026-03-05T09:35:00.123Z')
  })

  it('moves by milliseconds and stays whole', () => {
    expect(addMs(0, seconds(1) + minutes(1) + hours(1) + days(1))).toBe(90_061_000_000)
    expect(Number.isSafeInteger(addMs(1_772_703_300_000_000, 0.333))).toBe(true)
  })
})
