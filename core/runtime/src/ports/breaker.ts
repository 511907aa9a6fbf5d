import type { BankConnection, BankOutcome } from '@inthread/sdk/bank'

export interface BreakerOptions {
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number
  readonly onChange: (operation: string, open: boolean) => void
}

const failuresToOpen = 8
const restMs = 3000

/**
 * An operation that the bank does not answer is left alone for a moment: calls then end at once as unknown, which is
 * what they would have become after their time-out. One call is let through to see whether it is back. Each operation
 * rests by itself: a list of notices that still answers says nothing about payments.
 */
export function withBreaker(bank: BankConnection, options: BreakerOptions): BankConnection {
  const breakers = new Map<string, Breaker>()
  const guard = <T extends Answer>(operation: string, call: () => Promise<T>): Promise<T | Resting> => {
    const breaker = breakers.get(operation) ?? new Breaker(operation, options)
    breakers.set(operation, breaker)
    return breaker.guard(call)
  }
  return {
    ...bank,
    publicKey: bank.publicKey,
    notFoundIsFinalAfterMs: bank.notFoundIsFinalAfterMs,
    profile: () => guard('profile', () => bank.profile()),
    link: (request) => guard('link', () => bank.link(request)),
    methods: (link) => guard('methods', () => bank.methods(link)),
    challenge: (request) => guard('challenge', () => bank.challenge(request)),
    findChallenge: (ref) => guard('findChallenge', () => bank.findChallenge(ref)),
    answer: (request) => guard('answer', () => bank.answer(request)),
    submit: (request) => guard('submit', () => bank.submit(request)),
    query: (clientRef) => guard('query', () => bank.query(clientRef)),
    ask: (request) => guard(`ask ${request.method} ${request.path.slice(0, 3).join('/')}`, () => bank.ask(request)),
    notices: (after) => guard('notices', () => bank.notices(after)),
    refund: (request) => guard('refund', () => bank.refund(request)),
    findRefund: (clientRef, path) => guard('findRefund', () => bank.findRefund(clientRef, path)),
    consent: (request) => guard('consent', () => bank.consent(request)),
    withdrawConsent: (request) => guard('withdrawConsent', () => bank.withdrawConsent(request)),
    numberCheck: (request) => guard('numberCheck', () => bank.numberCheck(request)),
    statement: (day) => guard('statement', () => bank.statement(day)),
    verifyNotice: (request) => bank.verifyNotice(request),
  }
}

type Answer = BankOutcome<unknown> | { readonly kind: 'not_found' }
interface Resting {
  readonly kind: 'unknown'
  readonly code: string
}

class Breaker {
  readonly #operation: string
  readonly #options: BreakerOptions
  #failures = 0
  #openUntilMs = 0

  constructor(operation: string, options: BreakerOptions) {
    this.#operation = operation
    this.#options = options
  }

  async guard<T extends Answer>(call: () => Promise<T>): Promise<T | Resting> {
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
      if (this.#failures >= failuresToOpen) this.#options.onChange(this.#operation, false)
      this.#failures = 0
      return
    }
    this.#failures += 1
    if (this.#failures !== failuresToOpen) return
    this.#openUntilMs = this.#options.elapsedMs() + restMs
    this.#options.onChange(this.#operation, true)
  }
}
