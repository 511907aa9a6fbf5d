/** A day of the calendar, `YYYY-MM-DD`. A credit knows days only: no hours, no zone. */
export type Day = string

interface DayParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** How often is paid: one unit, a whole number of them. */
export type Every =
  { readonly months: number } | { readonly weeks: number } | { readonly days: number } | { readonly years: number }

/** Throws a RangeError that names `what` where the text is no day that exists. */
export function parseDay(text: Day, what: string): DayParts {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  const parts = { year: Number(match?.[1]), month: Number(match?.[2]), day: Number(match?.[3]) }
  const exists = match && parts.month >= 1 && parts.month <= 12 && parts.day >= 1
  if (!exists || parts.year < 1 || parts.day > daysInMonth(parts.year, parts.month))
    throw new RangeError(`${what} is a day of the calendar written YYYY-MM-DD, like 2026-01-15`)
  return parts
}

export function writeDay({ year, month, day }: DayParts): Day {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whole days since 1 March of the year 0, so that differences are days between. */
function countDays({ year, month, day }: DayParts): number {
  const shifted = month <= 2 ? year - 1 : year
  const fromMarch = (month + 9) % 12
  const ofYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1
  return shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + ofYear
}

/** Below zero where `to` lies before `from`. */
export function daysBetween(from: Day, to: Day): number {
  return countDays(parseDay(to, 'the last day')) - countDays(parseDay(from, 'the first day'))
}

/** The same day of another month; where that month is too short, its last day. `day` keeps the 31st in mind. */
export function addMonths(from: Day, months: number, day?: number): Day {
  const parts = parseDay(from, 'the day')
  const count = parts.year * 12 + parts.month - 1 + months
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
  return writeDay({ year, month, day: Math.min(day ?? parts.day, daysInMonth(year, month)) })
}

/** `days` may be below zero. */
export function addDays(from: Day, days: number): Day {
  return writeDay(dayOfCount(countDays(parseDay(from, 'the day')) + days))
}

/** The way back from `countDays`: the calendar repeats itself every 400 years, which have 146,097 days. */
function dayOfCount(count: number): DayParts {
  const era = Math.floor(count / 146_097)
  const ofEra = count - era * 146_097
  const leaps = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096)
  const yearOfEra = Math.floor((ofEra - leaps) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** The unit and the number of an interval, in months or in days. */
export function measureEvery(every: Every): { readonly months: number } | { readonly days: number } {
  if ('months' in every) return { months: every.months }
  if ('years' in every) return { months: every.years * 12 }
  return { days: 'weeks' in every ? every.weeks * 7 : every.days }
}

/** `count` intervals later. */
export function addEvery(from: Day, every: Every, count: number): Day {
  const measure = measureEvery(every)
  return 'months' in measure ? addMonths(from, measure.months * count) : addDays(from, measure.days * count)
}
