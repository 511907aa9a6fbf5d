import { writeCursor } from './canonical.ts'
import { readPage } from './paying.ts'
import type { Route } from './route.ts'

export const feedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/events',
    run: ({ books, client, query }) => {
      const { size, place } = readPage(query, `feed of ${client.id}`)
      const found = books.events.filter((event) => event.client === client.id && event.seq > place)
      const events = found.slice(0, size)
      const cursor = writeCursor(`feed of ${client.id}`, events.at(-1)?.seq ?? place)
      return { body: { more: found.length > size, cursor, events: events.map(({ body }) => body) } }
    },
  },
]
