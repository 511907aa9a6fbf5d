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

const none = 'none' as const

/** Every refusal of the public API. The document at /openapi.json and the README are checked against this list. */
export const problemCatalogue = {
  malformed: { status: 400, title: 'The request is not well formed', retry: 'never', outcome: none },
  missing_idempotency_key: {
    status: 400,
    title: 'The Idempotency-Key header is missing',
    retry: 'never',
    outcome: none,
  },
  bad_amount: { status: 400, title: 'The amount is not an integer of minor units', retry: 'never', outcome: none },
  bad_currency: { status: 400, title: 'The currency is not accepted', retry: 'never', outcome: none },
  signature_invalid: { status: 401, title: 'The signature is missing or wrong', retry: 'same-key', outcome: none },
  digest_mismatch: { status: 401, title: 'The body is not the one that was signed', retry: 'same-key', outcome: none },
  clock_skew: { status: 401, title: 'The signature was made too early or too late', retry: 'same-key', outcome: none },
  token_expired: { status: 401, title: 'The access token is over or missing', retry: 'same-key', outcome: none },
  nonce_replayed: { status: 401, title: 'The signature was used before', retry: 'same-key', outcome: none },
  step_up_required: { status: 403, title: 'The authorisation does not fit', retry: 'new-key', outcome: none },
  limit_auth_strength: {
    status: 403,
    title: 'A stronger way to confirm is needed',
    retry: 'new-key',
    outcome: none,
  },
  number_reassigned: { status: 403, title: 'The number belongs to someone else now', retry: 'never', outcome: none },
  confirmation_blocked: {
    status: 403,
    title: 'The number is blocked after wrong codes',
    retry: 'after',
    outcome: none,
  },
  not_found: { status: 404, title: 'There is no such thing', retry: 'same-key', outcome: none },
  still_running: { status: 409, title: 'The first request is still being worked on', retry: 'same-key', outcome: none },
  state_conflict: { status: 409, title: 'The present state does not allow this', retry: 'never', outcome: none },
  expired: { status: 410, title: 'The time is over', retry: 'new-key', outcome: none },
  too_large: { status: 413, title: 'The body is too large', retry: 'never', outcome: none },
  key_reused: { status: 422, title: 'The idempotency key belongs to another request', retry: 'never', outcome: none },
  amount_changed: {
    status: 422,
    title: 'The payload is not the one that was confirmed',
    retry: 'never',
    outcome: none,
  },
  payee_mismatch: { status: 422, title: 'The payee is not the merchant of this client', retry: 'never', outcome: none },
  payer_mismatch: { status: 422, title: 'The payer does not fit', retry: 'never', outcome: none },
  below_min: { status: 422, title: 'The amount is too small', retry: 'never', outcome: none },
  above_max: { status: 422, title: 'The amount is above the limit', retry: 'never', outcome: none },
  insufficient_funds: { status: 422, title: 'There is not enough money', retry: 'new-key', outcome: none },
  card_blocked: { status: 422, title: 'The payment was declined', retry: 'new-key', outcome: none },
  account_frozen: { status: 422, title: 'The payment was declined', retry: 'new-key', outcome: none },
  consent_missing: { status: 403, title: 'The customer has not agreed to this', retry: 'new-key', outcome: none },
  duplicate_business: { status: 409, title: 'There is one already', retry: 'never', outcome: none },
  precondition: { status: 412, title: 'It has changed since it was read', retry: 'new-key', outcome: none },
  credit_declined: { status: 422, title: 'The bank does not lend here', retry: 'never', outcome: none },
  suitability_mismatch: {
    status: 422,
    title: 'The product does not suit the customer',
    retry: 'never',
    outcome: none,
  },
  above_limit: { status: 422, title: 'The limit of the wallet is reached', retry: 'new-key', outcome: none },
  rate_limited: { status: 429, title: 'Too many requests', retry: 'after', outcome: none },
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
