import type { Timers } from '../ports.ts'

/** Spaces the messages of one account, so that the operator's limit is kept instead of being run into. */
export class Pacer {
  readonly #timers: Timers
  readonly #nextAtMs = new Map<string, number>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** Resolves when the next message of this account may go. A short burst passes, the average is kept. */
  async take(account: string, perSecond: number | undefined): Promise<void> {
    if (perSecond === undefined) return
    const nowMs = this.#timers.elapsedMs()
    const spaceMs = 1000 / perSecond
    const atMs = Math.max(this.#nextAtMs.get(account) ?? 0, nowMs - 500)
    this.#nextAtMs.set(account, atMs + spaceMs)
    if (atMs > nowMs) await this.#timers.pause(atMs - nowMs)
  }
}
