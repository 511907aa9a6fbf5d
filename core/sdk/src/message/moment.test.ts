import { describe, expect, it } from 'vitest'
import { findInstant } from '../time.ts'
import { formatDate, formatDateTime, formatTime, localParts } from './moment.ts'

const at = (text: string): number => findInstant(text) ?? Number.NaN

describe('localParts', () => {
  it.each([
    ['Asia/Shanghai', { year: 2027, month: 1, day: 1, hour: 0, minute: 30 }],
    ['UTC', { year: 2026, month: 12, day: 31, hour: 16, minute: 30 }],
    ['America/New_York', { year: 2026, month: 12, day: 31, hour: 11, minute: 30 }],
    ['Asia/Kathmandu', { year: 2026, month: 12, day: 31, hour: 22, minute: 15 }],
    ['Pacific/Kiritimati', { year: 2027, month: 1, day: 1, hour: 6, minute: 30 }],
  ])('is the wall clock of %s', (timeZone, parts) => {
    expect(localParts(at('2026-12-31T16:30:00Z'), timeZone)).toEqual(parts)
  })

  it('goes with summer time', () => {
    const hours = ['2026-03-08T06:59:00Z', '2026-03-08T07:00:00Z', '2026-11-01T05:59:00Z', '2026-11-01T06:00:00Z']
    expect(hours.map((text) => localParts(at(text), 'America/New_York').hour)).toEqual([1, 3, 1, 1])
  })

  it('is right before 1970 and in the year 2099', () => {
    expect(localParts(at('1969-12-31T23:59:59.999Z'), 'UTC')).toMatchObject({ year: 1969, hour: 23, minute: 59 })
    expect(localParts(at('2099-06-30T23:30:00Z'), 'Asia/Shanghai')).toMatchObject({ year: 2099, month: 7, day: 1 })
  })
})

describe('a moment', () => {
  const moment = at('2026-03-05T16:05:59.999Z')

  it.each([
    ['zh-CN', 'Asia/Shanghai', '3月6日 00:05'],
    ['en', 'Asia/Shanghai', '6 Mar 00:05'],
    ['en-GB', 'Europe/London', '5 Mar 16:05'],
    ['zh-Hant', 'America/Los_Angeles', '3月5日 08:05'],
  ])('is written for %s in %s', (locale, timeZone, text) => {
    expect(formatDateTime(moment, locale, timeZone)).toBe(text)
    expect(`${formatDate(moment, locale, timeZone)} ${formatTime(moment, timeZone)}`).toBe(text)
  })

  it('has midnight at 00:00', () => {
    expect(formatTime(at('2026-03-05T16:00:00Z'), 'Asia/Shanghai')).toBe('00:00')
  })

  it('is refused in a zone that does not exist', () => {
    expect(() => formatTime(moment, 'Mars/Olympus')).toThrow(RangeError)
  })
})
