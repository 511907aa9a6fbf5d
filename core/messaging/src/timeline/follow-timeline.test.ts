import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  followTimeline,
  reachesBack,
  readTimelinePlace,
  rememberedOfEach,
  writeTimelinePlace,
  type TimelinePlace,
} from './follow-timeline.ts'
import type { TimelineEntry, TimelineParts } from './timeline.view.store.ts'

const kinds = ['received', 'journal', 'sent', 'effect'] as const

const entryOf = (kind: TimelineEntry['kind'], id: number, at = id): TimelineEntry => ({
  at,
  kind,
  id: String(id).padStart(6, '0'),
  text: '',
  facts: {},
})

/** As the rows of each kind are read, the newest first. */
function partsOf(entries: readonly TimelineEntry[], limit = 10_000): TimelineParts {
  const read = (kind: TimelineEntry['kind']) =>
    entries
      .filter((entry) => entry.kind === kind)
      .toSorted((left, right) => (left.id < right.id ? 1 : -1))
      .slice(0, limit)
  return { received: read('received'), journal: read('journal'), sent: read('sent'), effect: read('effect') }
}

const carried = (place: TimelinePlace): TimelinePlace => {
  const read = readTimelinePlace(writeTimelinePlace(place))
  if (!read) throw new Error('a place cannot be read again')
  return read
}

it('tells each entry once, wherever the line is cut, though rows show up out of order', () => {
  const arrival = fc.record({
    kind: fc.constantFrom(...kinds),
    /** So many that come after it are to be seen before it. */
    late: fc.nat({ max: 10 }),
    cut: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 120 }), (arrivals) => {
      const shown = arrivals
        .map(({ kind, late, cut }, id) => ({ entry: entryOf(kind, id), turn: id + late, cut }))
        .toSorted((left, right) => left.turn - right.turn)
      const told: TimelineEntry[] = []
      let place: TimelinePlace | undefined
      for (const [at, { cut }] of shown.entries()) {
        if (at % 3 !== 0 && at !== shown.length - 1) continue
        const parts = partsOf(shown.slice(0, at + 1).map(({ entry }) => entry))
        const news = followTimeline(parts, { place, latest: 10_000 })
        // The line is cut in the middle of what is told: the rest is told when the client is back.
        const heard = cut ? news.slice(0, Math.ceil(news.length / 2)) : news
        told.push(...heard.map(({ entry }) => entry))
        const last = heard.at(-1)?.place ?? place
        place = last && carried(last)
      }
      told.push(
        ...followTimeline(partsOf(shown.map(({ entry }) => entry)), { place, latest: 10_000 }).map(
          ({ entry }) => entry,
        ),
      )
      const nameOf = ({ kind, id }: TimelineEntry) => `${id} ${kind}`
      expect(told.map(nameOf).toSorted()).toEqual(shown.map(({ entry }) => nameOf(entry)).toSorted())
    }),
  )
})

it('begins with the latest and takes what lies before for had', () => {
  const entries = Array.from({ length: 40 }, (_, id) => entryOf(id % 2 === 0 ? 'received' : 'sent', id))
  const begun = followTimeline(partsOf(entries), { place: undefined, latest: 3 })
  expect(begun.map(({ entry }) => Number(entry.id))).toEqual([37, 38, 39])
  const place = begun.at(-1)?.place
  expect(followTimeline(partsOf(entries), { place, latest: 3 })).toEqual([])
  const next = followTimeline(partsOf([...entries, entryOf('journal', 40)]), { place, latest: 3 })
  expect(next.map(({ entry }) => Number(entry.id))).toEqual([40])
})

it('asks for more when what was read does not reach back to what was had', () => {
  const entries = Array.from({ length: 200 }, (_, id) => entryOf('received', id))
  const begun = followTimeline(partsOf(entries.slice(0, 100)), { place: undefined, latest: 1 })
  const place = begun[0]?.place
  expect(reachesBack(partsOf(entries, 64), 64, place)).toBe(false)
  expect(reachesBack(partsOf(entries, 128), 128, place)).toBe(true)
  expect(followTimeline(partsOf(entries, 128), { place, latest: 1 })).toHaveLength(100)
  expect(reachesBack(partsOf(entries, 64), 64, undefined)).toBe(true)
})

it('is a place that fits into a header, and nothing else is one', () => {
  const entries = Array.from({ length: 400 }, (_, id) => entryOf(kinds[id % 4] ?? 'sent', id))
  const place = followTimeline(partsOf(entries), { place: undefined, latest: 1 })[0]?.place
  const text = place ? writeTimelinePlace(place) : ''
  expect(text.length).toBe(4 * rememberedOfEach * 6 + 3)
  for (const odd of ['', '...a', 'abcdef', 'abc def...', `${'a'.repeat(rememberedOfEach * 6 + 6)}...`, '.....'])
    expect([odd, readTimelinePlace(odd)]).toEqual([odd, undefined])
  expect(readTimelinePlace('...')).toEqual({
    received: new Set(),
    journal: new Set(),
    sent: new Set(),
    effect: new Set(),
  })
})
