import { expect, test } from 'vitest'
import { findDurationMs, renderChinaDay, renderChinaTime } from './clock.ts'

test('reads durations of weeks to seconds and nothing else', () => {
  expect(findDurationMs('PT15M')).toBe(900_000)
  expect(findDurationMs('P1DT2H0.5S')).toBe(86_400_000 + 7_200_000 + 500)
  for (const wrong of ['P', 'PT', '15M', 'P1Y', 'PT-1S', '', 'P1DT']) expect(findDurationMs(wrong)).toBeUndefined()
})

test('writes instants in the operator’s zone', () => {
  expect(renderChinaTime(1_774_488_600_120)).toBe('2026-03-26T09:30:00.120+08:00')
  expect(renderChinaDay(Date.UTC(2026, 2, 25, 16, 0, 0))).toBe('2026-03-26')
  expect(renderChinaDay(Date.UTC(2026, 2, 25, 15, 59, 59))).toBe('2026-03-25')
})
