import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, findDay, instantOf, weekdayOf } from './calendar.ts'

const iso = (at: number): string => new Date(at / 1000).toISOString()

describe('calendar', () => {
  it('knows which days there are', () => {
    expect(findDay(2028, 2, 29)).toBe('2028-02-29')
    expect(findDay(2026, 2, 29)).toBeUndefined()
    expect(findDay(2026, 4, 31)).toBeUndefined()
    expect(findDay(2026, 13, 1)).toBeUndefined()
    expect(findDay(2026, 0, 1)).toBeUndefined()
    expect(findDay(2026, 1, 0)).toBeUndefined()
    expect(findDay(26, 1, 1)).toBeUndefined()
  })

  it('counts over the ends of months and years, and over a leap day', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(daysBetween('2026-03-05', '2026-05-04')).toBe(60)
    expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1)
  })

  it('numbers weekdays from Monday', () => {
    expect(['2026-03-02', '2026-03-05', '2026-03-08'].map(weekdayOf)).toEqual([1, 4, 7])
  })

  it('says which day it is in a zone', () => {
    const at = Date.parse('2026-03-05T17:00:00Z') * 1000
    expect(dayOf(at, 'Asia/Shanghai')).toBe('2026-03-06')
    expect(dayOf(at, 'America/New_York')).toBe('2026-03-05')
    expect(dayOf(Date.parse('2026-12-31T16:00:00Z') * 1000, 'Asia/Shanghai')).toBe('2027-01-01')
  })

  it.each([
    ['Asia/Shanghai', '2026-03-06', '08:00', '2026-03-06T00:00:00.000Z'],
    ['Asia/Shanghai', '2026-01-01', '00:00', '2025-12-31T16:00:00.000Z'],
    ['Asia/Kolkata', '2026-03-06', '08:00', '2026-03-06T02:30:00.000Z'],
    ['America/New_York', '2026-03-07', '23:59', '2026-03-08T04:59:00.000Z'],
    ['America/New_York', '2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', '2026-11-01', '12:00', '2026-11-01T17:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', '03:00', '2026-10-03T16:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-03-06', '12:00', '2026-03-05T22:00:00.000Z'],
  ])('finds the moment of %s %s %s, which is %s', (timeZone, ...rest) => {
    const [day, time, moment] = rest
    expect(iso(instantOf(day, time, timeZone))).toBe(moment)
  })

  it('stays within an hour of a time that a zone leaps over', () => {
    const leapt = instantOf('2026-03-08', '02:30', 'America/New_York')
    const leapAt = Date.parse('2026-03-08T07:00:00Z') * 1000
    expect(Math.abs(leapt - leapAt)).toBeLessThanOrEqual(3_600_000_000)
  })
})
