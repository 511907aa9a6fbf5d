import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { findPaymentByRef, listPayments } from '../payments/payments.store.ts'
import { Problem } from '../transport/problem.ts'
import { findCursorPlace, renderCursor } from '../vault/cursor.ts'
import { defineReading, type Answer, type Route } from './define-route.ts'
import { after, buildCursorProblem, clientRef, defaultLimit, instant, limit } from './fields.ts'
import { paymentSchema, renderPayment } from './payment-resource.ts'

export const paymentRoute = '/v1/payments'
const list = 'payments'

const pageSchema = Type.Object({
  items: Type.Array(paymentSchema),
  links: Type.Object({
    next: Type.Optional(Type.String({ description: 'Address of the next page; absent on the last.' })),
  }),
})

const listQuery = Type.Object({
  clientRef: Type.Optional(clientRef),
  updatedAfter: Type.Optional(instant),
  limit: Type.Optional(limit),
  after: Type.Optional(after),
})

export function buildPaymentList(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: paymentRoute,
    id: 'listPayments',
    summary: "The payment with the caller's reference, or all that changed after an instant, in order of creation.",
    query: listQuery,
    answers: { 200: pageSchema },
    problems: ['malformed', 'not_found'],
    run: ({ client, query }) => {
      if (query.clientRef === undefined) return buildPage(bank, client.id, query)
      const payment = findPaymentByRef(bank.db, client.id, query.clientRef)
      if (!payment) throw new Problem('not_found', 'There is no payment with this clientRef.')
      return { status: 200, body: { items: [renderPayment(bank, payment)], links: {} } }
    },
  })
}

interface PageWish {
  readonly updatedAfter?: string
  readonly limit?: number
  readonly after?: string
}

function buildPage(bank: Bank, clientId: string, wish: PageWish): Answer {
  const size = wish.limit ?? defaultLimit
  const place = wish.after === undefined ? undefined : readPlace(bank, clientId, wish.after)
  const updatedAfterMs = place?.updatedAfterMs ?? readInstant(wish.updatedAfter ?? '1970-01-01T00:00:00Z')
  const found = listPayments(bank.db, clientId, { updatedAfterMs, limit: size + 1, ...(place ? { after: place } : {}) })
  const items = found.slice(0, size)
  const last = items.at(-1)
  const body = { items: items.map((payment) => renderPayment(bank, payment)), links: {} }
  if (!last || found.length <= size) return { status: 200, body }
  const cursor = renderCursor(bank.vault, { clientId, list }, [last.createdAt, last.id, updatedAfterMs])
  return { status: 200, body: { ...body, links: { next: `${paymentRoute}?limit=${size}&after=${cursor}` } } }
}

function readInstant(text: string): number {
  const instantMs = Date.parse(text)
  if (!Number.isNaN(instantMs)) return instantMs
  const detail = 'updatedAfter must be a time that the calendar has.'
  throw new Problem('malformed', {
    detail,
    errors: [{ in: 'query', pointer: '/updatedAfter', code: 'format', detail }],
  })
}

/** The cursor carries the filter it was made with, so that a page cannot continue another list. */
function readPlace(
  bank: Bank,
  clientId: string,
  cursor: string,
): { createdAt: number; id: string; updatedAfterMs: number } {
  const [createdAt, id, updatedAfterMs] = findCursorPlace(bank.vault, { clientId, list }, cursor) ?? []
  if (typeof createdAt === 'number' && typeof id === 'string' && typeof updatedAfterMs === 'number') {
    return { createdAt, id, updatedAfterMs }
  }
  throw buildCursorProblem()
}
