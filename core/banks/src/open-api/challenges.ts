import type { AnswerRequest, BankOutcome, Challenge, ChallengeRequest } from '@inthread/sdk/bank'
import { buildOutcome, unknown, type Reader } from './outcome.ts'
import { confirmationSchema, type WireConfirmation } from './resources.ts'
import type { Exchange } from './transport/exchange.ts'

/** Asks the bank to challenge the user for exactly this payload. */
export async function runChallenge(exchange: Exchange, request: ChallengeRequest): Promise<BankOutcome<Challenge>> {
  const { key, clientRef, link, payload } = request
  const digests = { payloadSha256: request.payloadDigest, renderedSha256: request.renderedDigest }
  const body = { clientRef, link, payload, ...digests, method: request.method ?? 'code' }
  const answer = await exchange({ method: 'POST', path: ['v1', 'confirmations'], key, body })
  return buildOutcome(
    answer,
    readerOf((wire) => wire.clientRef === clientRef),
  )
}

/** Passes the user's code through. It stands in this one body and nowhere else. */
export async function runAnswer(exchange: Exchange, request: AnswerRequest): Promise<BankOutcome<Challenge>> {
  const { key, challenge, code } = request
  const path = ['v1', 'confirmations', challenge, 'answers']
  const answer = await exchange({ method: 'POST', path, key, body: { code } })
  return buildOutcome(
    answer,
    readerOf((wire) => wire.id === challenge),
  )
}

/** Reads how it stands: answered on the bank's page, its end reaches us as a notice, or is asked for. */
export async function runFindChallenge(exchange: Exchange, ref: string): Promise<BankOutcome<Challenge>> {
  const answer = await exchange({ method: 'GET', path: ['v1', 'confirmations', ref] })
  return buildOutcome(
    answer,
    readerOf((wire) => wire.id === ref),
  )
}

type ChallengeReader = Reader<typeof confirmationSchema, BankOutcome<Challenge>>

function readerOf(isOurs: (wire: WireConfirmation) => boolean): ChallengeReader {
  return {
    asked: 'confirmation',
    schema: confirmationSchema,
    read: (wire) => (isOurs(wire) ? buildChallengeOutcome(wire) : unknown('answer_of_another_request')),
  }
}

/** The bank's words for a challenge that is over; a replaced one can be answered as little as an expired one. */
const ends: ReadonlyMap<string, Challenge['state']> = new Map([
  ['verified', 'verified'],
  ['locked', 'locked'],
  ['expired', 'expired'],
  ['superseded', 'expired'],
  ['used', 'used'],
])

/**
 * Pure. `pending` as long as an answer may come, `done` at every end: what end it was, the challenge itself says.
 * Only a verified one carries an authorisation.
 */
function buildChallengeOutcome(wire: WireConfirmation): BankOutcome<Challenge> {
  const { id: ref, destination, triesLeft, expiresAt } = wire
  const end = ends.get(wire.state)
  const { page, method } = wire
  const more = {
    ...(page ? { page } : {}),
    ...(method === undefined || method === 'code' ? {} : { method }),
    authorisation: undefined,
  }
  const challenge = { ref, state: end ?? 'pending', destination, triesLeft, expiresAt, ...more }
  if (end === undefined) return { kind: 'pending', value: challenge }
  if (end !== 'verified') return { kind: 'done', value: challenge }
  const authorisation = wire.authorisation ?? undefined
  if (authorisation === undefined) return unknown('answer_malformed')
  return { kind: 'done', value: { ...challenge, authorisation } }
}
