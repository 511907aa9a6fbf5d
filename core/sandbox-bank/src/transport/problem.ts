/** May the caller send this again, and how: never, with the same key, with a new key (a new object), after a wait. */
export type Retry = 'never' | 'same-key' | 'new-key' | 'after'

/** Whether money may have moved because of the refused request. */
export type ProblemOutcome = 'none' | 'unknown' | 'done'

interface Entry {
  readonly status: number
  readonly title: string
  readonly retry: Retry
  readonly outcome: ProblemOutcome
}

/** Nothing has moved. */
const refusal = (status: number, retry: Retry, title: string): Entry => ({ status, title, retry, outcome: 'none' })

/** Every refusal of the public API. The document at /openapi.json and the README are checked against this list. */
export const problemCatalogue = {
  malformed: refusal(400, 'never', 'The request is not well formed'),
  missing_idempotency_key: refusal(400, 'never', 'The Idempotency-Key header is missing'),
  bad_amount: refusal(400, 'never', 'The amount is not an integer of minor units'),
  bad_currency: refusal(400, 'never', 'The currency is not accepted'),
  signature_invalid: refusal(401, 'same-key', 'The signature is missing or wrong'),
  digest_mismatch: refusal(401, 'same-key', 'The body is not the one that was signed'),
  clock_skew: refusal(401, 'same-key', 'The signature was made too early or too late'),
  token_expired: refusal(401, 'same-key', 'The access token is over or missing'),
  nonce_replayed: refusal(401, 'same-key', 'The signature was used before'),
  step_up_required: refusal(403, 'new-key', 'The authorisation does not fit'),
  limit_auth_strength: refusal(403, 'new-key', 'A stronger way to confirm is needed'),
  number_reassigned: refusal(403, 'never', 'The number belongs to someone else now'),
  confirmation_blocked: refusal(403, 'after', 'The number is blocked after wrong codes'),
  not_found: refusal(404, 'same-key', 'There is no such thing'),
  still_running: refusal(409, 'same-key', 'The first request is still being worked on'),
  state_conflict: refusal(409, 'never', 'The present state does not allow this'),
  expired: refusal(410, 'new-key', 'The time is over'),
  too_large: refusal(413, 'never', 'The body is too large'),
  key_reused: refusal(422, 'never', 'The idempotency key belongs to another request'),
  amount_changed: refusal(422, 'never', 'The payload is not the one that was confirmed'),
  payee_mismatch: refusal(422, 'never', 'The payee is not the merchant of this client'),
  payer_mismatch: refusal(422, 'never', 'The payer does not fit'),
  below_min: refusal(422, 'never', 'The amount is too small'),
  above_max: refusal(422, 'never', 'The amount is above the limit'),
  insufficient_funds: refusal(422, 'new-key', 'There is not enough money'),
  card_blocked: refusal(422, 'new-key', 'The payment was declined'),
  account_frozen: refusal(422, 'new-key', 'The payment was declined'),
  consent_missing: refusal(403, 'new-key', 'The customer has not agreed to this'),
  duplicate_business: refusal(409, 'never', 'There is one already'),
  precondition: refusal(412, 'new-key', 'It has changed since it was read'),
  credit_declined: refusal(422, 'never', 'The bank does not lend here'),
  suitability_mismatch: refusal(422, 'never', 'The product does not suit the customer'),
  above_limit: refusal(422, 'new-key', 'The limit of the wallet is reached'),
  rate_limited: refusal(429, 'after', 'Too many requests'),
  internal: { status: 500, title: 'The bank made a mistake', retry: 'same-key', outcome: 'unknown' },
} satisfies Record<string, Entry>

export type ProblemCode = keyof typeof problemCatalogue

/** What is wrong, where, and what to do: `pointer` is a JSON pointer into the named part of the request. */
export interface ProblemPart {
  readonly in: 'body' | 'query' | 'header' | 'path'
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

export interface ProblemFacts {
  readonly detail: string
  readonly errors?: readonly ProblemPart[]
  /** Seconds; becomes the Retry-After header. */
  readonly retryAfterSec?: number
  /** Where the catalogue's answer is not the whole truth, such as a reference that a paid payment already bears. */
  readonly outcome?: ProblemOutcome
  /** Address of the resource the problem is about. */
  readonly instance?: string
  readonly serverTime?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal that the caller is told about. `detail` never holds personal data. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly facts: ProblemFacts

  constructor(code: ProblemCode, facts: ProblemFacts | string) {
    const all = typeof facts === 'string' ? { detail: facts } : facts
    super(all.detail)
    this.name = 'Problem'
    this.code = code
    this.facts = all
  }
}

export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: ProblemCode
  readonly retry: Retry
  readonly outcome: ProblemOutcome
  readonly interactionId: string
  readonly errors?: readonly ProblemPart[]
  readonly serverTime?: string
}

/** RFC 9457, with the members the shared API adds. */
export function buildProblemDocument(problem: Problem, interactionId: string): ProblemDocument {
  const entry: Entry = problemCatalogue[problem.code]
  const { detail, errors, outcome, instance, serverTime } = problem.facts
  return {
    type: `urn:bank-api:problem:${problem.code}`,
    title: entry.title,
    status: entry.status,
    detail,
    instance: instance ?? `urn:uuid:${interactionId}`,
    code: problem.code,
    retry: entry.retry,
    outcome: outcome ?? entry.outcome,
    interactionId,
    ...(errors ? { errors } : {}),
    ...(serverTime ? { serverTime } : {}),
  }
}
