import type { Clock, Instant } from '@inthread/sdk/time'
import { findSetting, saveSetting, type Store } from '@inthread/store'

/**
 * The machine's clock, for ids and for comparing it with others; what is promised to people runs on the business
 * clock.
 */
export const systemNowMs = (): number => Date.now()

const setting = 'clock.offset_ms'

/**
 * The business clock. Outside of a sandbox it is the system's; in a sandbox it runs ahead by an offset that is a row,
 * so that all processes agree and a restart does not turn time back.
 */
export class BusinessClock implements Clock {
  #offsetMs = 0
  readonly #nowMs: () => number

  constructor(nowMs: () => number = systemNowMs) {
    this.#nowMs = nowMs
  }

  now(): Instant {
    return (this.#nowMs() + this.#offsetMs) * 1000
  }

  /** Takes over what another process has set. The clock never goes back. */
  async follow(store: Store): Promise<void> {
    const value = Number((await findSetting(store, setting)) ?? 0)
    if (Number.isSafeInteger(value)) this.#offsetMs = Math.max(this.#offsetMs, value)
  }

  /** How far it runs ahead of the system's, in milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs
  }

  /** Runs at least so far ahead from now on, here and in every other process. */
  async moveTo(store: Store, offsetMs: number): Promise<Instant> {
    await this.follow(store)
    if (offsetMs > this.#offsetMs) {
      this.#offsetMs = offsetMs
      await saveSetting(store, setting, String(offsetMs))
    }
    return this.now()
  }
}
