import {
  followTimeline,
  listTimelineParts,
  readTimelineMark,
  readTimelinePlace,
  reachesBack,
  writeTimelinePlace,
  type TimelineEntry,
  type TimelinePlace,
} from '@inthread/messaging'
import { openScope } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { notFound } from '../router/procedure.ts'
import { Refusal } from '../router/refusal.ts'
import type { ReadNews } from './follow.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

export interface ConversationFollowed {
  readonly tenant: string
  readonly conversation: string
  readonly limit: number
  readonly lastEventId?: string | undefined
}

/** Read of each kind at first; more when that does not reach back to where the client was. */
const depth = 64
/** Whoever was away for longer begins with so many of each kind. */
const deepest = 4096

/** Entries of a conversation behind a place, or from the latest few on. */
export function readConversationNews(
  { store, sealer }: Pick<AdminPorts, 'store' | 'sealer'>,
  { tenant, conversation, limit, lastEventId }: ConversationFollowed,
): ReadNews<TimelineEntry> {
  const scope = openScope(tenant)
  let place = lastEventId === undefined ? undefined : openPlace(lastEventId)
  let seen = ''

  const readParts = async (since: TimelinePlace | undefined) => {
    for (let deep = Math.max(depth, since ? 0 : limit); ; deep *= 4) {
      const query = { conversationId: conversation, limit: deep, sealer }
      const parts = await store.read('conversation.follow', (reader) => listTimelineParts(reader, scope, query))
      if (reachesBack(parts, deep, since) || deep >= deepest) return parts
    }
  }
  return async () => {
    // Read before the entries: what comes between the two shows at the next look.
    const mark = await store.read('conversation.mark', (reader) => readTimelineMark(reader, scope, conversation))
    if (mark === undefined) throw notFound('conversation')
    if (mark === seen) return []
    const news = followTimeline(await readParts(place), { place, latest: limit })
    seen = mark
    place = news.at(-1)?.place ?? place
    return news.map((each) => ({ id: writeTimelinePlace(each.place), data: each.entry }))
  }
}

function openPlace(text: string): TimelinePlace {
  const place = readTimelinePlace(text)
  if (place) return place
  throw new Refusal({
    code: 'BAD_REQUEST',
    said: say('call.event_place'),
  })
}
