import type { Instant } from '../time.ts'

const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface LocalParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** The wall-clock parts of an instant in a zone. */
export function localParts(at: Instant, timeZone: string): LocalParts {
  const parts = new Map<string, number>()
  for (const part of formatFor(timeZone).formatToParts(Math.floor(at / 1000))) parts.set(part.type, Number(part.value))
  const get = (name: string): number => parts.get(name) ?? 0
  return { year: get('year'), month: get('month'), day: get('day'), hour: get('hour'), minute: get('minute') }
}

/** `3月6日` or `6 Mar`. Put together by hand, so that every machine writes the same whatever its locale data say. */
export function formatDate(at: Instant, locale: string, timeZone: string): string {
  const { month, day } = localParts(at, timeZone)
  return locale.startsWith('zh') ? `${month}月${day}日` : `${day} ${monthsEn[month - 1] ?? ''}`
}

/** A day of the calendar, `2026-10-01`, with its year: `2026年10月1日` or `1 Oct 2026`. */
export function formatDay(day: string, locale: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return locale.startsWith('zh') ? `${year}年${month}月${date}日` : `${date} ${monthsEn[month - 1] ?? ''} ${year}`
}

/** `08:05`, on a 24-hour clock. */
export function formatTime(at: Instant, timeZone: string): string {
  const { hour, minute } = localParts(at, timeZone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

export function formatDateTime(at: Instant, locale: string, timeZone: string): string {
  return `${formatDate(at, locale, timeZone)} ${formatTime(at, timeZone)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs a hundred times what using it does. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
