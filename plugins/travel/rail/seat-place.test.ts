import { describe, expect, it } from 'vitest'
import { buildSeatPlace, coachIn } from './seat-place.ts'

const second = { coach: 5, firstRow: 12, rowsPerCoach: 6, letters: 'ABCDF' }

describe('seat places', () => {
  it('fills row by row and coach by coach', () => {
    const places = [1, 2, 5, 6, 30, 31].map((unit) => buildSeatPlace(unit, second))
    expect(places).toEqual([
      { coach: 5, place: '12A' },
      { coach: 5, place: '12B' },
      { coach: 5, place: '12F' },
      { coach: 5, place: '13A' },
      { coach: 5, place: '17F' },
      { coach: 6, place: '12A' },
    ])
  })

  it('knows no seat before the first', () => {
    expect(() => buildSeatPlace(0, second)).toThrow('counted from 1')
    expect(() => buildSeatPlace(1.5, second)).toThrow('counted from 1')
  })

  it('writes coaches as tickets do', () => {
    expect([coachIn('zh-CN', 5), coachIn('zh-CN', 12), coachIn('en', 5)]).toEqual(['05', '12', '5'])
  })
})
