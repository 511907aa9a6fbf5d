import { describe, expect, it } from 'vitest'
import { fitsPart, isInPart, mainParts, minuteOf, partOf } from './day-part.ts'

describe('day parts', () => {
  it('reads a time', () => {
    expect(['00:00', '08:05', '23:59'].map(minuteOf)).toEqual([0, 485, 1439])
  })

  it('gives every minute of the day to exactly one of the parts that are offered', () => {
    for (let minute = 0; minute < 1440; minute += 1) {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      expect(mainParts.filter((part) => isInPart(time, part))).toHaveLength(1)
      expect(isInPart(time, 'any')).toBe(true)
    }
  })

  it('names the narrowest part of a minute', () => {
    expect([0, 359, 360, 719, 720, 1079, 1080, 1439, 1440].map(partOf)).toEqual([
      'dawn',
      'dawn',
      'morning',
      'morning',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
      'evening',
    ])
  })

  it('takes words and times as people mean them', () => {
    expect(fitsPart(17 * 60 + 30, 'evening')).toBe(true)
    expect(fitsPart(1440, 'evening')).toBe(true)
    expect(fitsPart(15 * 60, 'morning')).toBe(false)
  })
})
