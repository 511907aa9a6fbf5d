import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { eventsKeptMs, listEvents } from '../events/events.store.ts'
import { renderEvent } from '../events/webhook-message.ts'
import { findCursorPlace, renderCursor } from '../vault/cursor.ts'
import { defineReading, type Answer, type Route } from './define-route.ts'
import { after, buildCursorProblem, clientRef, defaultLimit, instant, limit, money, version } from './fields.ts'

const eventSchema = Type.Object({
  id: Type.String(),
  type: Type.String({ pattern: '^[a-z_]+\\.[a-z_]+$', description: 'The thing, and its state now.' }),
  timestamp: instant,
  data: Type.Object({
    id: Type.String(),
    clientRef: Type.Optional(clientRef),
    version,
    state: Type.String(),
    link: Type.Optional(Type.String()),
    date: Type.Optional(Type.String({ format: 'date', description: 'Of a statement.' })),
    amount: Type.Optional(money),
  }),
})

const feedSchema = Type.Object({
  events: Type.Array(eventSchema),
  cursor: Type.String({ description: 'Where to go on, also when there is nothing new.' }),
  more: Type.Boolean({ description: 'There is more already.' }),
})

export function buildEventRoutes(bank: Bank): Route[] {
  return [
    defineReading({
      method: 'GET',
      url: '/v1/events',
      id: 'listEvents',
      summary: 'All events of the last thirty days, in the order in which they happened.',
      query: Type.Object({ after: Type.Optional(after), limit: Type.Optional(limit) }),
      answers: { 200: feedSchema },
      problems: ['malformed'],
      run: ({ client, query }) => buildFeed(bank, client.id, query),
    }),
  ]
}

function buildFeed(bank: Bank, clientId: string, wish: { after?: string; limit?: number }): Answer {
  const size = wish.limit ?? defaultLimit
  const scope = { clientId, list: 'events' }
  const [afterSeq] = wish.after === undefined ? [0] : (findCursorPlace(bank.vault, scope, wish.after) ?? [])
  if (typeof afterSeq !== 'number') throw buildCursorProblem()
  const window = { afterSeq, sinceMs: bank.clock.now() - eventsKeptMs, limit: size + 1 }
  const found = listEvents(bank.db, clientId, window)
  const events = found.slice(0, size)
  const cursor = renderCursor(bank.vault, scope, [events.at(-1)?.seq ?? afterSeq])
  return { status: 200, body: { events: events.map(renderEvent), cursor, more: found.length > size } }
}
