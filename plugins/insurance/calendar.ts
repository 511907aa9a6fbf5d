import { localParts, type Instant } from '@inthread/sdk'

/** A calendar day without a zone, written `2026-03-06`. */
export type Day = string

const dayMs = 86_400_000

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

/** The day that the calendar on the wall shows at this moment. */
export function dayOf(at: Instant, timeZone: string): Day {
  const { year, month, day } = localParts(at, timeZone)
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** Ten in the morning of a day: nobody is woken up by a reminder. */
export function morningOf(day: Day, timeZone: string): Instant {
  const wallMs = Date.parse(`${day}T10:00:00Z`)
  const { year, month, day: date, hour, minute } = localParts(wallMs * 1000, timeZone)
  return (wallMs - (Date.UTC(year, month - 1, date, hour, minute) - wallMs)) * 1000
}

/** 3月5日, 3/5, 2026-03-05; the last day of that name, since what is reported has happened. */
export function readDay(words: string, today: Day): Day | undefined {
  const said = words.normalize('NFKC').trim()
  const whole = /^([0-9]{4})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?$/.exec(said)
  if (whole) return findDay(Number(whole[1]), Number(whole[2]), Number(whole[3]))
  const short = /^([0-9]{1,2})月([0-9]{1,2})[日号]?$/.exec(said)
  if (!short) return undefined
  const year = Number(today.slice(0, 4))
  const day = findDay(year, Number(short[1]), Number(short[2]))
  return day !== undefined && day > today ? findDay(year - 1, Number(short[1]), Number(short[2])) : day
}

function findDay(year: number, month: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, date))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.toISOString().slice(0, 10) : undefined
}
