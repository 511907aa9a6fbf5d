import type { BankConnection, BankOutcome } from '@inthread/sdk/bank'

export interface BreakerOptions {
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number
  readonly onChange: (open: boolean) => void
}

const failuresToOpen = 10
const restMs = 3000

/**
 * A bank that does not answer is left alone for a moment: calls then end at once as unknown, which is what they would
 * have become after their time-out. One call is let through to see whether it is back.
 */
export function withBreaker(bank: BankConnection, options: BreakerOptions): BankConnection {
  const breaker = new Breaker(options)
  return {
    ...bank,
    publicKey: bank.publicKey,
    notFoundIsFinalAfterMs: bank.notFoundIsFinalAfterMs,
    profile: () => breaker.guard(() => bank.profile()),
    link: (request) => breaker.guard(() => bank.link(request)),
    methods: (link) => breaker.guard(() => bank.methods(link)),
    challenge: (request) => breaker.guard(() => bank.challenge(request)),
    answer: (request) => breaker.guard(() => bank.answer(request)),
    submit: (request) => breaker.guard(() => bank.submit(request)),
    query: (clientRef) => breaker.guard(() => bank.query(clientRef)),
    notices: (after) => breaker.guard(() => bank.notices(after)),
    verifyNotice: (request) => bank.verifyNotice(request),
  }
}

class Breaker {
  readonly #options: BreakerOptions
  #failures = 0
  #openUntilMs = 0

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  async guard<T extends BankOutcome<unknown> | { readonly kind: 'not_found' }>(
    call: () => Promise<T>,
  ): Promise<T | { readonly kind: 'unknown'; readonly code: string }> {
    const nowMs = this.#options.elapsedMs()
    if (this.#failures >= failuresToOpen) {
      if (nowMs < this.#openUntilMs) return { kind: 'unknown', code: 'breaker_open' }
      // Half open: this call tries, the others go on resting until it is back.
      this.#openUntilMs = nowMs + restMs
    }
    const answer = await call()
    this.#count(answer.kind !== 'unknown')
    return answer
  }

  #count(answered: boolean): void {
    if (answered) {
      if (this.#failures >= failuresToOpen) this.#options.onChange(false)
      this.#failures = 0
      return
    }
    this.#failures += 1
    if (this.#failures !== failuresToOpen) return
    this.#openUntilMs = this.#options.elapsedMs() + restMs
    this.#options.onChange(true)
  }
}
