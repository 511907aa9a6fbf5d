import type { Instant } from '@inthread/sdk'
import { dayOf, type Day } from '../rail/calendar.ts'
import type { CityId } from '../rail/cities.ts'
import { fitsPart, partOf } from '../rail/day-part.ts'
import type { DayPart, SeatClass } from '../rail/names.ts'
import type { Finding, Rule, Scene } from './finding.ts'
import { findRoute, type Expecting } from './find-route.ts'
import { normalise } from '../vocabulary/normalise.ts'
import { readClock } from './read-clock.ts'
import { readDay } from './read-day.ts'
import { readPlace } from './read-place.ts'
import { readPassengers, readPlain } from './read-plain.ts'
import { tokenise } from '../vocabulary/tokenise.ts'

/** What a user wants, as far as it was said. */
export interface Wish {
  readonly fromCity?: CityId | undefined
  readonly toCity?: CityId | undefined
  readonly date?: Day | undefined
  readonly dayPart?: DayPart | undefined
  readonly seatClass?: SeatClass | undefined
  readonly passengers?: number | undefined
}

export interface Moment {
  readonly now: Instant
  readonly timeZone: string
}

/** Nobody orders a ticket in more signs than this, and nothing longer is looked at. */
const longestSentence = 160

const rules: readonly Rule[] = [readDay, readClock, readPassengers, readPlace, readPlain]

/**
 * Reads a sentence out of the blue. Every single word must be known, nothing may contradict, and it must surely be
 * about going somewhere by train; otherwise undefined.
 */
export function readSentence(words: string, moment: Moment): Wish | undefined {
  const findings = listFindings(words, moment)
  if (!findings) return undefined
  const wish = buildWish(findings, undefined)
  return wish && isJourney(wish, findings) ? wish : undefined
}

/** Reads the answer to a question of ours: a city alone is then `expecting`, and one of the things is enough. */
export function readAnswer(words: string, moment: Moment, expecting?: Expecting): Wish | undefined {
  const findings = words.length > longestSentence ? undefined : listFindings(stripLead(words), moment)
  const wish = findings && buildWish(findings, expecting)
  return wish && Object.keys(wish).length > 0 ? wish : undefined
}

/** 改到下午, 换成后天, "how about Friday": to somebody who has been asked, this says no more than the rest of it. */
function stripLead(words: string): string {
  return normalise(words).replace(lead, '')
}

const lead = /^(?:那?我?(?:要|想)?[改换](?:成|到|为|坐)?|(?:make it|change to|change it to|how about|what about) )/u

function listFindings(words: string, moment: Moment): readonly Finding[] | undefined {
  if (words.length > longestSentence) return undefined
  const text = normalise(words)
  const tokens = tokenise(text)
  if (!tokens) return undefined
  const scene: Scene = { tokens, today: dayOf(moment.now, moment.timeZone), chinese: /\p{Script=Han}/u.test(text) }
  return applyRules(scene)
}

function applyRules(scene: Scene): readonly Finding[] | undefined {
  const findings: Finding[] = []
  for (let at = 0; at < scene.tokens.length;) {
    const match = findMatch(scene, at)
    if (!match) return undefined
    if (match.finding) findings.push(match.finding)
    at += match.length
  }
  return findings
}

function findMatch(scene: Scene, at: number): ReturnType<Rule> {
  for (const rule of rules) {
    const match = rule(scene, at)
    if (match) return match
  }
  return undefined
}

/** undefined when two findings contradict one another. */
function buildWish(findings: readonly Finding[], expecting: Expecting): Wish | undefined {
  const route = findRoute(findings, expecting)
  const days = listOf(findings, 'day').map((finding) => finding.day)
  const classes = listOf(findings, 'class').map((finding) => finding.seatClass)
  const counts = listOf(findings, 'passengers').map((finding) => finding.count)
  const part = findPart(findings)
  if (!route || !part || [days, classes, counts].some(isTorn)) return undefined
  return withoutGaps({ ...route, date: days[0], ...part, seatClass: classes[0], passengers: counts[0] })
}

/** The part of the day, from words and times together; undefined when they contradict. */
function findPart(findings: readonly Finding[]): { readonly dayPart: DayPart | undefined } | undefined {
  const parts = [...new Set(listOf(findings, 'part').map((finding) => finding.part))]
  const clocks = listOf(findings, 'clock').map((finding) => finding.minutes)
  const [minutes] = clocks
  const [dayPart] = parts
  if (parts.length > 1 || clocks.length > 1) return undefined
  if (!minutes) return { dayPart }
  if (dayPart) return minutes.some((minute) => fitsPart(minute, dayPart)) ? { dayPart } : undefined
  return { dayPart: minutes.length === 1 ? partOf(minutes[0] ?? 0) : undefined }
}

function isJourney(wish: Wish, findings: readonly Finding[]): boolean {
  const roles = listOf(findings, 'place')
  if (roles.some((place) => place.role !== undefined)) return true
  const saysTrain = findings.some((finding) => finding.kind === 'train')
  const saysMore = [wish.date, wish.dayPart, wish.seatClass, wish.passengers].some((value) => value !== undefined)
  return roles.length > 0 ? saysTrain || saysMore : saysTrain && saysMore
}

function listOf<K extends Finding['kind']>(findings: readonly Finding[], kind: K): Extract<Finding, { kind: K }>[] {
  return findings.filter((finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind)
}

function isTorn(values: readonly unknown[]): boolean {
  return new Set(values).size > 1
}

function withoutGaps(wish: Wish): Wish {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}
