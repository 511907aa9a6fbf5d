import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** What comes from outside the bank: time, chance and the network. Tests hand in their own. */
export interface Surroundings {
  /** System time in epoch milliseconds. The business clock adds its stored offset to this. */
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
  readonly fetch: typeof fetch
  /** Resolves after the delay, or at once and without an error when the signal fires. */
  readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>
}

export const realSurroundings: Surroundings = {
  now: () => Date.now(),
  randomBytes: (count) => randomBytes(count),
  fetch: (input, init) => fetch(input, init),
  wait: async (delayMs, signal) => {
    await sleep(delayMs, undefined, signal ? { signal } : undefined).catch(() => undefined)
  },
}
