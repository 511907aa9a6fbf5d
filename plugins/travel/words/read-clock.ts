import type { Match, Rule } from './finding.ts'
import type { Token } from '../vocabulary/token.ts'

/** A time as it was said, before it is known which half of the day is meant. */
interface Said {
  readonly hour: number
  readonly minute: number
  readonly length: number
  /** Written `08:00`, which nobody does for the evening. */
  readonly padded: boolean
}

/** 8点半 · 20:15 · 3 pm · at 8. The time itself is not kept; it tells the part of the day. */
export const readClock: Rule = ({ tokens }, at) => {
  const lead = tokens[at]?.kind === 'at' ? 1 : 0
  const said = readColon(tokens, at + lead) ?? readChinese(tokens, at + lead) ?? readHour(tokens, at + lead, lead === 1)
  if (!said || said.hour > 24 || said.minute > 59) return lead === 1 && !said ? { length: 1 } : undefined
  const meridiem = tokens[at + lead + said.length]
  const plusHours = meridiem?.kind === 'meridiem' ? meridiem.plusHours : undefined
  if (plusHours !== undefined && (said.hour < 1 || said.hour > 12)) return undefined
  return match(lead + said.length + (plusHours === undefined ? 0 : 1), listMinutes(said, plusHours))
}

function readColon(tokens: readonly Token[], at: number): Said | undefined {
  const [hour, colon, minute] = [tokens[at], tokens[at + 1], tokens[at + 2]]
  if (hour?.kind !== 'number' || minute?.kind !== 'number') return undefined
  if (colon?.kind !== 'mark' || colon.mark !== ':' || minute.text.length !== 2) return undefined
  return { hour: hour.value, minute: minute.value, length: 3, padded: hour.text.startsWith('0') }
}

/** 8点, 8点半, 8点20, 8点20分 */
function readChinese(tokens: readonly Token[], at: number): Said | undefined {
  const [hour, word, rest, end] = [tokens[at], tokens[at + 1], tokens[at + 2], tokens[at + 3]]
  if (hour?.kind !== 'number' || word?.kind !== 'unit' || word.unit !== 'oClock') return undefined
  const said = { hour: hour.value, padded: false }
  if (rest?.kind === 'unit' && rest.unit === 'half') return { ...said, minute: 30, length: 3 }
  if (rest?.kind !== 'number' || isPassenger(end)) return { ...said, minute: 0, length: 2 }
  return { ...said, minute: rest.value, length: end?.kind === 'unit' && end.unit === 'minute' ? 4 : 3 }
}

/** 8点一张票: the number counts tickets. */
function isPassenger(token: Token | undefined): boolean {
  return token?.kind === 'passenger' || token?.kind === 'ticket'
}

/** `3 pm`, and after "at" also a bare `3`. */
function readHour(tokens: readonly Token[], at: number, afterAt: boolean): Said | undefined {
  const hour = tokens[at]
  if (hour?.kind !== 'number' || !(afterAt || tokens[at + 1]?.kind === 'meridiem')) return undefined
  return { hour: hour.value, minute: 0, length: 1, padded: false }
}

function listMinutes({ hour, minute, padded }: Said, plusHours: number | undefined): readonly number[] {
  const at = (hours: number): number => hours * 60 + minute
  if (plusHours !== undefined) return [at((hour % 12) + plusHours)]
  if (padded || hour > 12 || hour === 0) return [at(hour)]
  return hour === 12 ? [at(0), at(12), at(24)] : [at(hour), at(hour + 12)]
}

function match(length: number, minutes: readonly number[]): Match {
  return { length, finding: { kind: 'clock', minutes } }
}
