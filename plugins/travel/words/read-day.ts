import { addDays, daysBetween, findDay, weekdayOf, type Day } from '../rail/calendar.ts'
import type { Finding, Match, Rule, Scene } from './finding.ts'
import type { Token } from '../vocabulary/token.ts'

/** A day that was named without a year and lies not longer ago than this is a day gone by, not one of next year. */
const recentDays = 90

/** 明天 · 下周五 · 3月6日 · 6号 · 三天后 · 2026-03-06 · March 6th · the 6th · in three days */
export const readDay: Rule = (scene, at) => {
  for (const rule of rules) {
    const match = rule(scene, at)
    if (match) return match
  }
  return undefined
}

const readToday: Rule = ({ tokens, today }, at) => {
  const token = tokens[at]
  return token?.kind === 'today' ? found(1, addDays(today, token.plusDays)) : undefined
}

const readWeekday: Rule = ({ tokens, today }, at) => {
  const token = tokens[at]
  if (token?.kind !== 'weekday') return undefined
  const ahead = token.weekday - weekdayOf(today)
  if (token.weeks !== undefined) return found(1, addDays(today, ahead + 7 * token.weeks))
  // "Friday", said on a Friday, may be today or in a week.
  if (ahead === 0) return { length: 1, finding: { kind: 'unclear' } }
  return found(1, addDays(today, ahead > 0 ? ahead : ahead + 7))
}

/** 三天后 · in three days */
const readDistance: Rule = ({ tokens, today }, at) => {
  const inEnglish = tokens[at]?.kind === 'in'
  const count = numberAt(tokens, inEnglish ? at + 1 : at)
  const unit = tokens[inEnglish ? at + 2 : at + 1]
  if (count === undefined || unit?.kind !== 'unit') return undefined
  if (unit.unit !== (inEnglish ? 'days' : 'daysLater')) return undefined
  return found(inEnglish ? 3 : 2, addDays(today, count))
}

/** 2026年3月6日 · 2026-03-06 · 2026/3/6 · 2026.3.6 */
const readFullDate: Rule = ({ tokens }, at) => {
  const year = numberAt(tokens, at)
  const month = numberAt(tokens, at + 2)
  const date = numberAt(tokens, at + 4)
  if (year === undefined || year < 1000 || month === undefined || date === undefined) return undefined
  const inUnits = isUnit(tokens[at + 1], 'year') && isUnit(tokens[at + 3], 'month')
  const mark = markAt(tokens, at + 1)
  const inMarks = mark !== undefined && mark !== ':' && mark === markAt(tokens, at + 3)
  if (!inUnits && !inMarks) return undefined
  return dated(isUnit(tokens[at + 5], 'date') ? 6 : 5, findDay(year, month, date))
}

/** 3月6日, 三月六号, 3月6 */
const readMonthDate: Rule = ({ tokens, today }, at) => {
  const month = numberAt(tokens, at)
  const date = numberAt(tokens, at + 2)
  if (month === undefined || date === undefined || !isUnit(tokens[at + 1], 'month')) return undefined
  return dated(isUnit(tokens[at + 3], 'date') ? 4 : 3, findComing(today, month, date))
}

/** 3/6 and 3.6: month and day for a Chinese reader; in English it may be either way round. */
const readShortDate: Rule = ({ tokens, today, chinese }, at) => {
  const [first, second, mark] = [numberAt(tokens, at), numberAt(tokens, at + 2), markAt(tokens, at + 1)]
  if (first === undefined || second === undefined || (mark !== '/' && mark !== '.')) return undefined
  if (chinese || second > 12) return dated(3, findComing(today, first, second))
  if (first > 12) return dated(3, findComing(today, second, first))
  if (first === second) return dated(3, findComing(today, first, second))
  return { length: 3, finding: { kind: 'unclear' } }
}

/** 6号 */
const readDate: Rule = ({ tokens, today }, at) => {
  const date = numberAt(tokens, at)
  return date !== undefined && isUnit(tokens[at + 1], 'date') ? dated(2, findNextDate(today, date)) : undefined
}

/** March 6, March 6th, March 6 2026 */
const readEnglishMonth: Rule = ({ tokens, today }, at) => {
  const token = tokens[at]
  const date = dateAt(tokens, at + 1)
  if (token?.kind !== 'month' || date === undefined) return undefined
  return withYear({ tokens, today }, at + 2, { month: token.month, date, length: 2 })
}

/** 6 March, the 6th of March, 6 March 2026 */
const readEnglishDate: Rule = ({ tokens, today }, at) => {
  const date = dateAt(tokens, at)
  const skip = tokens[at + 1]?.kind === 'of' ? 2 : 1
  const token = tokens[at + skip]
  if (date === undefined || token?.kind !== 'month') return undefined
  return withYear({ tokens, today }, at + skip + 1, { month: token.month, date, length: skip + 1 })
}

/** "the 6th", unless it counts trains or tickets. */
const readOrdinal: Rule = ({ tokens, today }, at) => {
  const token = tokens[at]
  if (token?.kind !== 'ordinal' || !token.inDigits) return undefined
  const next = tokens[at + 1]?.kind
  if (next === 'train' || next === 'ticket' || next === 'class' || next === 'city') return undefined
  return dated(1, findNextDate(today, token.value))
}

// The longer forms first: 2026年3月6日 also holds 3月6日, and 3月6日 holds 6日.
const rules: readonly Rule[] = [
  readToday,
  readWeekday,
  readDistance,
  readFullDate,
  readMonthDate,
  readShortDate,
  readEnglishMonth,
  readEnglishDate,
  readDate,
  readOrdinal,
]

interface MonthDate {
  readonly month: number
  readonly date: number
  readonly length: number
}

function withYear(scene: Pick<Scene, 'tokens' | 'today'>, at: number, named: MonthDate): Match | undefined {
  const gap = markAt(scene.tokens, at) === 'gap' ? 1 : 0
  const year = numberAt(scene.tokens, at + gap)
  if (year === undefined || year < 1000) return dated(named.length, findComing(scene.today, named.month, named.date))
  return dated(named.length + gap + 1, findDay(year, named.month, named.date))
}

/** The day with this date in this year, or in the next when it is long gone. */
function findComing(today: Day, month: number, date: number): Day | undefined {
  const year = Number(today.slice(0, 4))
  const candidates = [year, year + 1].map((candidate) => findDay(candidate, month, date))
  return candidates.find((day) => day !== undefined && daysBetween(day, today) <= recentDays)
}

/** The next day with this date, today counted: 31号 in April is the 31st of May. */
function findNextDate(today: Day, date: number): Day | undefined {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  for (let ahead = 0; ahead < 3; ahead += 1) {
    const months = month - 1 + ahead
    const day = findDay(year + Math.floor(months / 12), (months % 12) + 1, date)
    if (day !== undefined && day >= today) return day
  }
  return undefined
}

function numberAt(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  return token?.kind === 'number' ? token.value : undefined
}

function dateAt(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  return token?.kind === 'number' || token?.kind === 'ordinal' ? token.value : undefined
}

function markAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at]
  return token?.kind === 'mark' ? token.mark : undefined
}

function isUnit(token: Token | undefined, unit: string): boolean {
  return token?.kind === 'unit' && token.unit === unit
}

function found(length: number, day: Day): Match {
  return { length, finding: { kind: 'day', day } satisfies Finding }
}

/** A date that no calendar has is no date: its tokens stay unread, and with them the sentence. */
function dated(length: number, day: Day | undefined): Match | undefined {
  return day === undefined ? undefined : found(length, day)
}
