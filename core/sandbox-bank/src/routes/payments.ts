import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderFailureDetail } from '../payments/failure.ts'
import {
  commitRepeatedAttempt,
  findPayment,
  findPaymentByRef,
  getPayment,
  listPayments,
  type Payment,
} from '../payments/payments.store.ts'
import { commitPayment } from '../payments/submit-payment.ts'
import { Problem } from '../transport/problem.ts'
import { findCursorPlace, renderCursor } from '../vault/cursor.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from './define-route.ts'
import { after, clientRef, defaultLimit, idParams, instant, limit, money, sha256 } from './fields.ts'
import { paymentSchema, renderPayment } from './payment-resource.ts'

export const paymentRoute = '/v1/payments'

const paymentBody = Type.Object({
  clientRef,
  confirmationId: Type.String({ minLength: 1, maxLength: 64 }),
  authorisation: Type.String({ minLength: 1, maxLength: 128 }),
  payloadSha256: sha256,
  amount: money,
  payee: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }),
  payer: Type.Object({
    link: Type.String({ minLength: 1, maxLength: 64 }),
    method: Type.String({ minLength: 1, maxLength: 64 }),
  }),
  description: Type.Optional(Type.String({ maxLength: 200 })),
})

const pageSchema = Type.Object({
  items: Type.Array(paymentSchema),
  links: Type.Object({
    next: Type.Optional(Type.String({ description: 'Address of the next page; absent on the last.' })),
  }),
})

export function buildPaymentRoutes(bank: Bank): Route[] {
  return [buildPost(bank), buildGet(bank), buildList(bank)]
}

function buildPost(bank: Bank): Route {
  return defineActing({
    url: paymentRoute,
    id: 'createPayment',
    summary: 'Pays what was confirmed. 202 means taken, not paid: only the state says that money moved.',
    body: paymentBody,
    answers: { 202: paymentSchema },
    problems: [
      'not_found',
      'state_conflict',
      'step_up_required',
      'amount_changed',
      'payee_mismatch',
      'payer_mismatch',
      'bad_amount',
      'bad_currency',
      'expired',
      'insufficient_funds',
      'card_blocked',
      'account_frozen',
    ],
    run: ({ client, key, body, declined }) =>
      buildSubmitted(bank, 202, commitPayment(bank, { client, key, declined }, body)),
    replay: (client, id, status) => {
      commitRepeatedAttempt(bank.db, id)
      return buildSubmitted(bank, status, getPayment(bank.db, client.id, id))
    },
  })
}

/** A payment that was refused at once is told as a refusal, however often it is asked for. */
function buildSubmitted(bank: Bank, status: number, payment: Payment): Answer {
  const location = `${paymentRoute}/${payment.id}`
  if (payment.failureCode !== undefined && payment.version === 1) {
    throw new Problem(payment.failureCode, { detail: renderFailureDetail(payment.failureCode), instance: location })
  }
  const answer = buildResourceAnswer(status, renderPayment(bank, payment))
  return { ...answer, headers: { ...answer.headers, location } }
}

function buildGet(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/payments/:id',
    id: 'getPayment',
    summary: 'One payment.',
    params: idParams,
    answers: { 200: paymentSchema },
    problems: ['not_found'],
    run: ({ client, params }) => {
      const payment = findPayment(bank.db, client.id, params.id)
      if (!payment) throw new Problem('not_found', 'There is no payment with this id.')
      return buildResourceAnswer(200, renderPayment(bank, payment))
    },
  })
}

const listQuery = Type.Object({
  clientRef: Type.Optional(clientRef),
  updatedAfter: Type.Optional(instant),
  limit: Type.Optional(limit),
  after: Type.Optional(after),
})

function buildList(bank: Bank): Route {
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
  const updatedAfterMs = place?.updatedAfterMs ?? Date.parse(wish.updatedAfter ?? '1970-01-01T00:00:00Z')
  const found = listPayments(bank.db, clientId, { updatedAfterMs, limit: size + 1, ...(place ? { after: place } : {}) })
  const items = found.slice(0, size)
  const last = items.at(-1)
  const links =
    found.length > size && last
      ? {
          next: renderNext(
            size,
            renderCursor(bank.vault, { clientId, list: 'payments' }, [last.createdAt, last.id, updatedAfterMs]),
          ),
        }
      : {}
  return { status: 200, body: { items: items.map((payment) => renderPayment(bank, payment)), links } }
}

function renderNext(size: number, cursor: string): string {
  return `${paymentRoute}?limit=${size}&after=${cursor}`
}

/** The cursor carries the filter it was made with, so that a page cannot continue another list. */
function readPlace(
  bank: Bank,
  clientId: string,
  cursor: string,
): { createdAt: number; id: string; updatedAfterMs: number } {
  const [createdAt, id, updatedAfterMs] = findCursorPlace(bank.vault, { clientId, list: 'payments' }, cursor) ?? []
  if (typeof createdAt === 'number' && typeof id === 'string' && typeof updatedAfterMs === 'number') {
    return { createdAt, id, updatedAfterMs }
  }
  throw buildCursorProblem()
}

export function buildCursorProblem(): Problem {
  const detail = 'The cursor was not given out for this list: begin again without it.'
  return new Problem('malformed', { detail, errors: [{ in: 'query', pointer: '/after', code: 'cursor', detail }] })
}
