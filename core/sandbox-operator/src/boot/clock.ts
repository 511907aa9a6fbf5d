import type { SettingStore } from '../database/setting.store.ts'

/** Shows business time (system time plus an offset kept as a row) for what people see, and system time for waiting. */
export interface Clock {
  readonly now: () => number
  readonly system: () => number
  readonly offsetMs: () => number
  /** Moves business time forward by `byMs` ≥ 0. */
  readonly advance: (byMs: number) => void
}

const offsetSetting = 'clock_offset_ms'

export function createClock(system: () => number, settings: SettingStore): Clock {
  let offsetMs = Number(settings.find(offsetSetting) ?? 0)
  return {
    now: () => system() + offsetMs,
    system,
    offsetMs: () => offsetMs,
    advance: (byMs) => {
      offsetMs += byMs
      settings.put(offsetSetting, String(offsetMs))
    },
  }
}

const durationPattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/
const unitMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000]

/** Milliseconds of an ISO 8601 duration of weeks to seconds (`PT15M`, `P1DT2H`); undefined if it is not one. */
export function findDurationMs(text: string): number | undefined {
  const match = durationPattern.exec(text)
  if (!match || /[PT]$/.test(text)) return undefined
  return unitMs.reduce((sum, unit, place) => sum + Number(match[place + 1] ?? 0) * unit, 0)
}

const chinaOffsetMs = 8 * 3_600_000

/** `2026-03-26T09:30:00.120+08:00`: how this protocol writes an instant. */
export function renderChinaTime(atMs: number): string {
  return new Date(atMs + chinaOffsetMs).toISOString().replace('Z', '+08:00')
}

/** `2026-03-26`: the operator's accounting day. */
export function renderChinaDay(atMs: number): string {
  return renderChinaTime(atMs).slice(0, 10)
}
