export interface RefusalMore {
  readonly detail?: string
  readonly retry?: string
  readonly outcome?: string
  readonly waitSec?: number
  readonly places?: readonly string[]
  readonly serverTime?: string
}

const statuses: Readonly<Record<string, number>> = {
  malformed: 400,
  missing_idempotency_key: 400,
  bad_amount: 400,
  bad_currency: 400,
  signature_invalid: 401,
  digest_mismatch: 401,
  clock_skew: 401,
  nonce_replayed: 401,
  step_up_required: 403,
  confirmation_blocked: 403,
  not_found: 404,
  still_running: 409,
  state_conflict: 409,
  expired: 410,
  too_large: 413,
  key_reused: 422,
  amount_changed: 422,
  payee_mismatch: 422,
  payer_mismatch: 422,
  below_min: 422,
  above_max: 422,
  insufficient_funds: 422,
  rate_limited: 429,
}

/** A no of this bank, as a problem of RFC 9457. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly more: RefusalMore

  constructor(code: string, more: RefusalMore = {}) {
    super(code)
    this.code = code
    this.status = statuses[code] ?? 500
    this.more = more
  }

  describe(interactionId: string): object {
    const { detail, retry, outcome, places, serverTime } = this.more
    return {
      interactionId,
      outcome: outcome ?? 'none',
      retry: retry ?? (this.status === 401 || this.status === 404 || this.status === 409 ? 'same-key' : 'never'),
      code: this.code,
      status: this.status,
      title: `Refused: ${this.code.replaceAll('_', ' ')}`,
      detail: detail ?? 'The second bank does not carry this out.',
      type: `https://second-bank.example/refusals#${this.code}`,
      instance: `/interactions/${interactionId}`,
      ...(places ? { errors: places.map((pointer) => ({ pointer, code: 'unfit' })) } : {}),
      ...(serverTime === undefined ? {} : { serverTime }),
    }
  }
}
