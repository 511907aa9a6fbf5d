import { createHash } from 'node:crypto'
import type { TimelineEntry, TimelineParts } from './timeline.view.store.ts'

type Kind = TimelineEntry['kind']

/**
 * How far somebody has followed a conversation: of each kind of entry the digests of the newest that they have had.
 * Rows do not become visible in the order of their times, so that a time alone would pass over one that came late.
 */
export type TimelinePlace = Readonly<Record<Kind, ReadonlySet<string>>>

/** An entry, and where one is with it. */
export interface FollowedEntry {
  readonly entry: TimelineEntry
  readonly place: TimelinePlace
}

const kinds: readonly Kind[] = ['received', 'journal', 'sent', 'effect']
/** An entry that comes after so many newer ones of its kind is passed over. */
export const rememberedOfEach = 24
const digestLength = 6

/** For a place in an event: short enough for a header, and good in every process. */
export function writeTimelinePlace(place: TimelinePlace): string {
  return kinds.map((kind) => [...place[kind]].join('')).join('.')
}

/** Undefined for what is not a place. */
export function readTimelinePlace(text: string): TimelinePlace | undefined {
  const parts = text.split('.')
  const fits = (part: string): boolean =>
    /^[\w-]*$/.test(part) && part.length % digestLength === 0 && part.length <= rememberedOfEach * digestLength
  if (parts.length !== kinds.length || !parts.every(fits)) return undefined
  const read = (at: number): ReadonlySet<string> => new Set(parts[at]?.match(/.{6}/g) ?? [])
  return { received: read(0), journal: read(1), sent: read(2), effect: read(3) }
}

/** Whether what was read reaches back to all that has been had: else more has to be read. */
export function reachesBack(parts: TimelineParts, limit: number, place: TimelinePlace | undefined): boolean {
  if (!place) return true
  return kinds.every((kind) => {
    if (parts[kind].length < limit) return true
    const had = parts[kind].filter((entry) => place[kind].has(digestOf(entry))).length
    return place[kind].size === rememberedOfEach && had === rememberedOfEach
  })
}

/**
 * What is new since a place, in order, each with the place behind it. Without a place it is the `latest` of all, with
 * what lies before taken for had.
 */
export function followTimeline(
  parts: TimelineParts,
  { place, latest }: { readonly place: TimelinePlace | undefined; readonly latest: number },
): readonly FollowedEntry[] {
  const fresh = place
    ? mergeByTime(kinds.map((kind) => listFresh(parts[kind], place[kind])))
    : mergeByTime(kinds.map((kind) => parts[kind])).slice(-latest)
  const unseen = new Set(fresh)
  const remembered = {
    received: new Remembered(parts.received, unseen),
    journal: new Remembered(parts.journal, unseen),
    sent: new Remembered(parts.sent, unseen),
    effect: new Remembered(parts.effect, unseen),
  }
  const placeOf = (kind: Kind): ReadonlySet<string> => remembered[kind].digests ?? place?.[kind] ?? new Set()
  return fresh.map((entry) => {
    remembered[entry.kind].add(entry)
    return {
      entry,
      place: {
        received: placeOf('received'),
        journal: placeOf('journal'),
        sent: placeOf('sent'),
        effect: placeOf('effect'),
      },
    }
  })
}

/** The newest of a kind that have been had, by the order of their rows and not by that of their telling. */
class Remembered {
  readonly #placeOf: ReadonlyMap<TimelineEntry, number>
  #newest: readonly { readonly at: number; readonly digest: string }[]
  /** Undefined while nothing of what was read has been had. */
  digests: ReadonlySet<string> | undefined

  constructor(newestFirst: readonly TimelineEntry[], unseen: ReadonlySet<TimelineEntry>) {
    this.#placeOf = new Map(newestFirst.map((entry, at) => [entry, at]))
    this.#newest = newestFirst
      .flatMap((entry, at) => (unseen.has(entry) ? [] : [{ at, entry }]))
      .slice(0, rememberedOfEach)
      .map(({ at, entry }) => ({ at, digest: digestOf(entry) }))
    this.#keep()
  }

  add(entry: TimelineEntry): void {
    const added = { at: this.#placeOf.get(entry) ?? 0, digest: digestOf(entry) }
    this.#newest = [...this.#newest, added].toSorted((left, right) => left.at - right.at).slice(0, rememberedOfEach)
    this.#keep()
  }

  #keep(): void {
    if (this.#newest.length > 0) this.digests = new Set(this.#newest.map(({ digest }) => digest))
  }
}

/** Behind the oldest that is remembered, everything was had, unless less than what can be remembered was. */
function listFresh(newestFirst: readonly TimelineEntry[], had: ReadonlySet<string>): readonly TimelineEntry[] {
  const known = newestFirst.map((entry) => had.has(digestOf(entry)))
  const oldest = known.lastIndexOf(true)
  const until = had.size < rememberedOfEach || oldest < 0 ? newestFirst.length : oldest
  return newestFirst.slice(0, until).filter((_, at) => known[at] !== true)
}

/** By time, but never one kind against its own order: a place is only good for what was had in that. */
function mergeByTime(parts: readonly (readonly TimelineEntry[])[]): readonly TimelineEntry[] {
  return parts
    .flatMap((newestFirst) => {
      let at = 0
      return newestFirst.toReversed().map((entry) => {
        at = Math.max(at, entry.at)
        return { at, entry }
      })
    })
    .toSorted((left, right) => left.at - right.at)
    .map(({ entry }) => entry)
}

function digestOf({ kind, id }: TimelineEntry): string {
  return createHash('sha256').update(`${kind} ${id}`).digest('base64url').slice(0, digestLength)
}
