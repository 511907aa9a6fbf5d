import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import type { Client } from '../clients/clients.store.ts'
import { commitAnswer } from '../confirmations/commit-answer.ts'
import { getCodeBudget, renderRateLimit } from '../confirmations/code-limits.ts'
import {
  commitExpiry,
  getConfirmation,
  listConfirmationsByRef,
  type Confirmation,
} from '../confirmations/confirmations.store.ts'
import { commitConfirmation } from '../confirmations/commit-confirmation.ts'
import { confirmationStates } from '../confirmations/machine.ts'
import { payloadSchema } from '../confirmations/payload.ts'
import { getLinkPhone } from '../customers/links.store.ts'
import { Problem } from '../transport/problem.ts'
import { maskPhone } from '../vault/mask.ts'
import { findPageOf, pageSchema, renderPage } from '../pages/pages.store.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from './define-route.ts'
import { clientRef, idParams, instant, sha256, version } from './fields.ts'

const confirmationSchema = Type.Object({
  id: Type.String(),
  clientRef,
  state: Type.Enum([...confirmationStates]),
  version,
  method: Type.Enum(['code', 'code+pin', 'sim-shield']),
  page: Type.Optional(pageSchema),
  destination: Type.String({ description: 'Where the code went, masked.' }),
  triesLeft: Type.Integer({ minimum: 0 }),
  payloadSha256: sha256,
  authorisation: Type.Optional(Type.String({ description: 'Only while verified: goes into POST /v1/payments.' })),
  expiresAt: Type.String({
    format: 'date-time',
    description: 'Of the code while pending, of the authorisation once verified.',
  }),
  createdAt: instant,
  updatedAt: instant,
})

const confirmationBody = Type.Object({
  clientRef,
  link: Type.String({ minLength: 1, maxLength: 64 }),
  payload: payloadSchema,
  payloadSha256: sha256,
  renderedSha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the text the customer was shown.' }),
  method: Type.Optional(
    Type.Enum(['code', 'code+pin', 'sim-shield'], {
      description: "Left out: code. The others are answered on the bank's page, never in a message.",
    }),
  ),
})

export function buildConfirmationRoutes(bank: Bank): Route[] {
  return [buildPost(bank), buildGet(bank), buildList(bank), buildPostAnswer(bank)]
}

function buildPost(bank: Bank): Route {
  return defineActing({
    url: '/v1/confirmations',
    id: 'createConfirmation',
    summary: 'Asks the customer by a one-time code. Supersedes what is still open of the same purchase.',
    body: confirmationBody,
    answers: { 201: confirmationSchema },
    problems: [
      'not_found',
      'state_conflict',
      'amount_changed',
      'payee_mismatch',
      'payer_mismatch',
      'bad_amount',
      'bad_currency',
      'below_min',
      'above_max',
      'expired',
      'limit_auth_strength',
      'number_reassigned',
      'confirmation_blocked',
      'rate_limited',
    ],
    run: ({ client, key, body }) => {
      const confirmation = commitConfirmation(bank, { client, key }, body)
      const answer = buildAnswer(bank, 201, confirmation)
      const rate = renderRateLimit(bank, getCodeBudget(bank, confirmation.phoneIndex))
      return { ...answer, headers: { ...answer.headers, ...rate, location: `/v1/confirmations/${confirmation.id}` } }
    },
    replay: (client, id, status) => buildAnswer(bank, status, getPresent(bank, client, id)),
  })
}

function buildGet(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/confirmations/:id',
    id: 'getConfirmation',
    summary: 'One confirmation.',
    params: idParams,
    answers: { 200: confirmationSchema },
    problems: ['not_found'],
    run: ({ client, params }) => buildAnswer(bank, 200, getPresent(bank, client, params.id)),
  })
}

function buildList(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/confirmations',
    id: 'listConfirmations',
    summary: "The confirmations with the caller's reference, newest first.",
    query: Type.Object({ clientRef }),
    answers: { 200: Type.Object({ items: Type.Array(confirmationSchema) }) },
    problems: ['malformed', 'not_found'],
    run: ({ client, query }) => {
      commitExpiry(bank.db, bank.clock.now())
      const found = listConfirmationsByRef(bank.db, client.id, query.clientRef)
      if (found.length === 0) throw new Problem('not_found', 'There is no confirmation with this clientRef.')
      return { status: 200, body: { items: found.map((confirmation) => renderConfirmation(bank, confirmation)) } }
    },
  })
}

function buildPostAnswer(bank: Bank): Route {
  return defineActing({
    url: '/v1/confirmations/:id/answers',
    id: 'answerConfirmation',
    summary: 'Passes on the code that the customer typed. A wrong one costs one of three tries.',
    params: idParams,
    body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
    answers: { 200: confirmationSchema },
    problems: ['not_found', 'state_conflict', 'expired', 'confirmation_blocked'],
    run: ({ key, params, body }) =>
      buildAnswer(bank, 200, commitAnswer(bank, key, { confirmationId: params.id, code: body.code })),
    replay: (client, id, status) => buildAnswer(bank, status, getPresent(bank, client, id)),
  })
}

/** As it is now: what ran out a moment ago is shown as expired. */
function getPresent(bank: Bank, client: Client, id: string): Confirmation {
  commitExpiry(bank.db, bank.clock.now())
  return getConfirmation(bank.db, client.id, id)
}

function buildAnswer(bank: Bank, status: number, confirmation: Confirmation): Answer {
  return buildResourceAnswer(status, renderConfirmation(bank, confirmation))
}

function renderConfirmation(bank: Bank, confirmation: Confirmation): Static<typeof confirmationSchema> {
  const { id, clientRef, state, version, triesLeft, payloadSha256 } = confirmation
  const page = state === 'pending' ? findPageOf(bank, id) : undefined
  const authorisation = bank.vault.authorisationOf(id, payloadSha256)
  return {
    ...{ id, clientRef, state, version },
    method: readMethod(confirmation.method),
    ...(page ? { page: renderPage(bank, page) } : {}),
    destination: maskPhone(getLinkPhone(bank, confirmation.linkId)),
    ...{ triesLeft, payloadSha256 },
    ...(state === 'verified' ? { authorisation } : {}),
    expiresAt: renderInstant(confirmation.expiresAt),
    createdAt: renderInstant(confirmation.createdAt),
    updatedAt: renderInstant(confirmation.updatedAt),
  }
}

function readMethod(method: string): 'code' | 'code+pin' | 'sim-shield' {
  return method === 'code+pin' || method === 'sim-shield' ? method : 'code'
}
