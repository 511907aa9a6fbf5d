import { describe, expect, it } from 'vitest'
import { readAnswer } from './read-wish.ts'

function dayRead(words: string, now: string, timeZone = 'Asia/Shanghai'): string | undefined {
  return readAnswer(words, { now: Date.parse(now) * 1000, timeZone })?.date
}

describe('days in words', () => {
  it.each([
    // On the last evening of a year.
    ['今天', '2026-12-31T23:30:00+08:00', '2026-12-31'],
    ['明天', '2026-12-31T23:30:00+08:00', '2027-01-01'],
    ['the day after tomorrow', '2026-12-31T23:30:00+08:00', '2027-01-02'],
    ['1月2日', '2026-12-31T23:30:00+08:00', '2027-01-02'],
    ['2 January', '2026-12-31T23:30:00+08:00', '2027-01-02'],
    ['周五', '2026-12-30T12:00:00+08:00', '2027-01-01'],
    ['下周一', '2026-12-31T12:00:00+08:00', '2027-01-04'],
    ['next Monday', '2026-12-31T12:00:00+08:00', '2027-01-04'],
    ['3号', '2026-12-31T12:00:00+08:00', '2027-01-03'],
    // Around the ends of months.
    ['后天', '2026-02-27T12:00:00+08:00', '2026-03-01'],
    ['31号', '2026-04-05T12:00:00+08:00', '2026-05-31'],
    ['30号', '2026-01-31T12:00:00+08:00', '2026-03-30'],
    ['今天是', '2026-01-31T12:00:00+08:00', undefined],
    ['the 31st', '2026-01-31T12:00:00+08:00', '2026-01-31'],
    ['十天后', '2026-02-25T12:00:00+08:00', '2026-03-07'],
    // The leap day.
    ['明天', '2028-02-28T12:00:00+08:00', '2028-02-29'],
    ['后天', '2028-02-28T12:00:00+08:00', '2028-03-01'],
    ['2月29日', '2028-02-01T12:00:00+08:00', '2028-02-29'],
    ['29 February', '2028-02-01T12:00:00+08:00', '2028-02-29'],
    ['2月29日', '2026-02-01T12:00:00+08:00', undefined],
    ['29号', '2027-02-10T12:00:00+08:00', '2027-03-29'],
    // Sundays: the week begins on Monday.
    ['下周一', '2026-03-08T12:00:00+08:00', '2026-03-09'],
    ['这周一', '2026-03-08T12:00:00+08:00', '2026-03-02'],
    ['周一', '2026-03-08T12:00:00+08:00', '2026-03-09'],
    // Gone by, or of next year.
    ['3月4日', '2026-03-05T12:00:00+08:00', '2026-03-04'],
    ['12月30日', '2027-01-03T12:00:00+08:00', '2027-12-30'],
    ['9月6日', '2026-03-06T12:00:00+08:00', '2026-09-06'],
    ['1月6日', '2026-09-06T12:00:00+08:00', '2027-01-06'],
  ])('reads %s at %s', (words, now, day) => {
    expect(dayRead(words, now)).toBe(day)
  })

  it('goes by the wall calendar of the tenant', () => {
    const now = '2026-03-05T17:00:00Z'
    expect(dayRead('明天', now, 'Asia/Shanghai')).toBe('2026-03-07')
    expect(dayRead('明天', now, 'America/New_York')).toBe('2026-03-06')
    expect(dayRead('tonight', now, 'Pacific/Auckland')).toBe('2026-03-06')
  })

  it('does not choose between two days', () => {
    const thursday = '2026-03-05T12:00:00+08:00'
    expect(dayRead('周四', thursday)).toBeUndefined()
    expect(dayRead('Thursday', thursday)).toBeUndefined()
    expect(dayRead('6/3', thursday)).toBeUndefined()
    expect(dayRead('6', thursday)).toBeUndefined()
  })
})
