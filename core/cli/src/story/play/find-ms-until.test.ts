import { expect, it } from 'vitest'
import { findMsUntil } from './find-ms-until.ts'

const hourMs = 3_600_000

it.each([
  ['later the same day', '09:30', '2026-03-05T09:00:00+08:00', 'Asia/Shanghai', 0.5],
  ['tomorrow when it is over', '08:00', '2026-03-05T09:00:00+08:00', 'Asia/Shanghai', 23],
  ['right now', '09:00', '2026-03-05T09:00:00+08:00', 'Asia/Shanghai', 0],
  ['across midnight of another zone', '00:30', '2026-03-05T15:00:00Z', 'Asia/Shanghai', 1.5],
  ['over a night that is an hour short', '09:00', '2026-03-28T12:00:00+01:00', 'Europe/Berlin', 20],
  ['over a night that is an hour long', '09:00', '2026-10-24T12:00:00+02:00', 'Europe/Berlin', 22],
  ['to a moment', '2026-03-05T12:00:00+08:00', '2026-03-05T09:00:00+08:00', 'Asia/Shanghai', 3],
  ['back to a moment that is over', '2026-03-05T08:00:00+08:00', '2026-03-05T09:00:00+08:00', 'Asia/Shanghai', -1],
])('finds the way %s', (_way, moment, now, timeZone, hours) => {
  expect(findMsUntil(moment, new Date(now), timeZone) / hourMs).toBe(hours)
})
