import type { Language } from '../desk/strings.ts'

/** Phones with Chinese numbers live in this zone, wherever the browser is. */
const zone = 'Asia/Shanghai'
const locales = { zh: 'zh-CN', en: 'en-GB' } as const
const dayMs = 86_400_000

function format(language: Language, at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options }).format(at)
}

export function renderClock(language: Language, at: Date): string {
  return format(language, at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** `3月6日 08:00` */
export function renderMoment(language: Language, at: Date): string {
  return `${format(language, at, { month: 'long', day: 'numeric' })} ${renderClock(language, at)}`
}

export function renderClockSeconds(at: string): string {
  const time = format('en', new Date(at), { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  return `${time}.${at.slice(20, 23)}`
}

/** `2026-03-26`: equal for two instants of one day. */
export function buildDayKey(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at)
}

/** Today, yesterday, the day of the week within the last week, else the date. */
export function renderDay(language: Language, at: Date, now: Date): string {
  const today = language === 'zh' ? '今天' : 'Today'
  const yesterday = language === 'zh' ? '昨天' : 'Yesterday'
  if (buildDayKey(at) === buildDayKey(now)) return today
  if (buildDayKey(at) === buildDayKey(new Date(now.getTime() - dayMs))) return yesterday
  if (now.getTime() - at.getTime() < 6 * dayMs) return format(language, at, { weekday: 'long' })
  const sameYear = buildDayKey(at).slice(0, 4) === buildDayKey(now).slice(0, 4)
  return format(language, at, { month: 'long', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** In the list of threads: the time today, else the day. */
export function renderShort(language: Language, at: Date, now: Date): string {
  return buildDayKey(at) === buildDayKey(now) ? renderClock(language, at) : renderDay(language, at, now)
}
