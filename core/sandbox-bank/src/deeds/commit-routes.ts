import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import type { ConfirmedRequest } from '../confirmations/confirmed-request.ts'
import { isFailureCode, renderFailureDetail } from '../payments/failure.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from '../routes/define-route.ts'
import { clientRef, idParams, money, sha256 } from '../routes/fields.ts'
import { Problem, type ProblemCode } from '../transport/problem.ts'
import type { CommitKind, DeedKind } from './deed-kind.ts'
import { buildDeedSchema, renderDeed } from './deed-resource.ts'
import { buildDeedRoutes, getDeed } from './deed-routes.ts'
import type { Deed } from './deeds.store.ts'
import { buildKeptRoutes } from './opening-routes.ts'
import { commitSubmission } from './submit-deed.ts'

const name = { minLength: 1, maxLength: 64 }

/** What every commit names. */
const commitProperties = {
  clientRef,
  confirmationId: Type.String(name),
  authorisation: Type.String({ minLength: 1, maxLength: 128 }),
  payloadSha256: sha256,
  amount: Type.Optional(money),
  payee: Type.Optional(Type.Object({ id: Type.String(name) })),
  payer: Type.Object({ link: Type.String(name), method: Type.String(name) }),
  quote: Type.Optional(Type.String(name)),
  description: Type.Optional(Type.String({ maxLength: 200 })),
}

const commitProblems: readonly ProblemCode[] = [
  'not_found',
  'state_conflict',
  'step_up_required',
  'amount_changed',
  'payee_mismatch',
  'payer_mismatch',
  'bad_amount',
  'bad_currency',
  'expired',
  'card_blocked',
]

/** POST, GET by id, GET by clientRef, and what may still be done with it. */
export function buildCommitRoutes(bank: Bank, kind: CommitKind): Route[] {
  return [buildPost(bank, kind), ...(kind.listed ? buildKeptRoutes : buildDeedRoutes)(bank, kind)]
}

function buildPost(bank: Bank, kind: CommitKind): Route {
  const { postUrl: url = kind.url } = kind
  const body = Type.Object({ ...commitProperties, ...kind.body.properties })
  return defineActing({
    url,
    id: `create${kind.name}`,
    summary: `${kind.summary} 202 means taken: only the state says what became of it.`,
    ...(url.includes(':id') ? { params: idParams } : {}),
    body,
    answers: { 202: buildDeedSchema(kind) },
    problems: [...new Set([...commitProblems, ...kind.problems])],
    run: ({ client, key, params, body: request, declined }) => {
      // The server has checked it against the schema that says so.
      const { id: at } = params as { id?: string }
      const named = at === undefined ? {} : { at }
      const submission = { client, key, declined, request: request as ConfirmedRequest, ...named }
      return buildSubmitted(bank, kind, { status: 202, deed: commitSubmission(bank, kind, submission) })
    },
    replay: (client: Client, id, status) =>
      buildSubmitted(bank, kind, { status, deed: getDeed(bank, kind, { clientId: client.id, id }) }),
  })
}

/** What was refused at once is told as a refusal, however often it is asked for. */
export function buildSubmitted(bank: Bank, kind: DeedKind, { status, deed }: { status: number; deed: Deed }): Answer {
  const location = `${kind.url}/${deed.id}`
  const { failureCode } = deed
  if (failureCode !== undefined && deed.version === 1 && isFailureCode(failureCode)) {
    throw new Problem(failureCode, { detail: renderFailureDetail(failureCode), instance: location })
  }
  const answer = buildResourceAnswer(status, renderDeed(bank, kind, deed))
  return { ...answer, headers: { ...answer.headers, location } }
}
