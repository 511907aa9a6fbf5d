import type { DayPart } from './names.ts'

interface Window {
  readonly fromMinute: number
  readonly toMinute: number
}

/** Minutes after midnight, without the end. Morning, afternoon and evening cover the day; the others lie across. */
const windows: Readonly<Record<DayPart, Window>> = {
  dawn: { fromMinute: 0, toMinute: 360 },
  morning: { fromMinute: 0, toMinute: 720 },
  noon: { fromMinute: 660, toMinute: 840 },
  afternoon: { fromMinute: 720, toMinute: 1080 },
  evening: { fromMinute: 1080, toMinute: 1440 },
  any: { fromMinute: 0, toMinute: 1440 },
}

/** The parts offered to a user who named none. */
export const mainParts = ['morning', 'afternoon', 'evening'] as const satisfies readonly DayPart[]

/** `08:05` → 485. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

export function isInPart(time: string, part: DayPart): boolean {
  const minute = minuteOf(time)
  return minute >= windows[part].fromMinute && minute < windows[part].toMinute
}

/** The narrowest part that a minute of the day belongs to; midnight at the end of the day is evening. */
export function partOf(minute: number): DayPart {
  if (minute < windows.dawn.toMinute) return 'dawn'
  return mainParts.find((part) => minute < windows[part].toMinute) ?? 'evening'
}

/** People say "five in the evening" and "noon" for half past two: two hours of difference are no contradiction. */
const looseMinutes = 120

export function fitsPart(minute: number, part: DayPart): boolean {
  const { fromMinute, toMinute } = windows[part]
  return minute >= fromMinute - looseMinutes && minute <= toMinute + looseMinutes
}
