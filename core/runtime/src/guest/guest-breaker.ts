import { Fault } from '@inthread/sdk/fault'

export interface GuestBreakerOptions {
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number
  readonly onChange: (resting: boolean) => void
}

export interface GuardRules {
  readonly isFailure: (error: unknown) => boolean
  readonly proves: boolean
}

const failuresToRest = 5
const restMs = 30_000

/**
 * One plugin at one tenant. After repeated failures it rests; then a single call finds out whether it is back, while
 * the others go on resting.
 */
export class GuestBreaker {
  readonly #options: GuestBreakerOptions
  #failures = 0
  #restsUntilMs = 0

  constructor(options: GuestBreakerOptions) {
    this.#options = options
  }

  /** Throws while the plugin rests. */
  /** `proves`: whether a success says that the plugin is well. That it reads sentences does not. */
  async guard<T>(call: () => Promise<T>, { isFailure, proves }: GuardRules): Promise<T> {
    this.#enter()
    try {
      const answer = await call()
      if (proves) this.#succeed()
      return answer
    } catch (error) {
      if (isFailure(error)) this.#fail()
      throw error
    }
  }

  #enter(): void {
    if (this.#failures < failuresToRest) return
    const nowMs = this.#options.elapsedMs()
    if (nowMs < this.#restsUntilMs) throw new Fault('guest.resting')
    // This call tries, the others go on resting until it is back.
    this.#restsUntilMs = nowMs + restMs
  }

  #succeed(): void {
    if (this.#failures >= failuresToRest) this.#options.onChange(false)
    this.#failures = 0
  }

  #fail(): void {
    this.#failures += 1
    if (this.#failures < failuresToRest) return
    this.#restsUntilMs = this.#options.elapsedMs() + restMs
    if (this.#failures === failuresToRest) this.#options.onChange(true)
  }
}
