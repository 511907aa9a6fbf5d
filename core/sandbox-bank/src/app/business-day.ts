import { renderInstant } from './business-clock.ts'

/** The bank's zone, Asia/Shanghai, is eight hours ahead all the year. */
const zoneMs = 8 * 3_600_000
const dayMs = 24 * 3_600_000

/** The first moment of the bank's day that this instant is in. */
export function startOfDay(epochMs: number): number {
  return Math.floor((epochMs + zoneMs) / dayMs) * dayMs - zoneMs
}

/** `2026-03-05`, in the bank's zone. */
export function renderDay(epochMs: number): string {
  return renderInstant(epochMs + zoneMs).slice(0, 10)
}

/** The first moment of the month. */
export function startOfMonth(epochMs: number): number {
  return Date.parse(`${renderDay(epochMs).slice(0, 7)}-01T00:00:00.000Z`) - zoneMs
}
