import { describe, expect, it } from 'vitest'
import { addDays, addEvery, addMonths, daysBetween, parseDay } from './calendar.ts'
import { countOddPeriod, yearFraction, type RealDayCount } from './day-count.ts'

const epoch = Date.UTC(2000, 0, 1)
const byEngine = (days: number): string => new Date(epoch + days * 86_400_000).toISOString().slice(0, 10)

describe('days', () => {
  it('are those of the calendar, back and forth, over eight hundred years', () => {
    for (let days = -146_000; days <= 146_000; days += 37) {
      expect(addDays('2000-01-01', days)).toBe(byEngine(days))
      expect(daysBetween('2000-01-01', byEngine(days))).toBe(days)
    }
  })

  it('keep to the end of a month that is too short, and come back to their own', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
    expect(addMonths('2026-02-28', 1, 31)).toBe('2026-03-31')
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28')
    expect([addEvery('2024-02-29', { years: 1 }, 1), addEvery('2024-02-29', { weeks: 2 }, 1)]).toEqual([
      ...['2025-02-28', '2024-03-14'],
    ])
  })

  it('that do not exist are none', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '20260101', ''])
      expect(() => parseDay(text, 'start')).toThrow('start is a day of the calendar written YYYY-MM-DD')
  })
})

describe('yearFraction', () => {
  const write = (dayCount: RealDayCount, from: string, to: string): string => {
    const { numerator, denominator } = yearFraction(dayCount, from, to)
    return `${numerator}/${denominator}`
  }

  // The examples of ISDA's own paper, and ends of February.
  it.each([
    ['30E/360', '2003-11-01', '2004-05-01', '1/2'],
    ['30E/360', '2026-01-31', '2026-02-28', '7/90'],
    ['30E/360', '2026-02-28', '2026-03-31', '4/45'],
    ['30U/360', '2026-02-28', '2026-03-31', '1/12'],
    ['30U/360', '2024-02-29', '2025-02-28', '1/1'],
    ['30U/360', '2026-01-15', '2026-03-31', '19/90'],
    ['ACT/365F', '2003-11-01', '2004-05-01', '182/365'],
    ['ACT/360', '2003-11-01', '2004-05-01', '91/180'],
    ['ACT/ACT', '2003-11-01', '2004-05-01', '66491/133590'],
    ['ACT/ACT', '2024-01-01', '2026-01-01', '2/1'],
  ] as const)('%s from %s to %s is %s', (dayCount, from, to, expected) => {
    expect(write(dayCount, from, to)).toBe(expected)
  })

  it('counts odd days of a monthly credit after its whole months', () => {
    const odd = (from: string, to: string, by: RealDayCount): number => {
      const { numerator, denominator } = countOddPeriod(from, to, by)
      return Number(numerator * 3600n) / Number(denominator)
    }
    expect(odd('2026-01-31', '2026-02-28', 'ACT/360')).toBe(300)
    expect(odd('2026-01-20', '2026-03-05', '30E/360')).toBe(450)
    expect(odd('2026-01-20', '2026-03-05', 'ACT/360')).toBe(430)
  })
})
