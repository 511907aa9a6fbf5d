import { randomBytes } from 'node:crypto'

/** Everything this process takes from the machine, so that a test can stand in for any of it. */
export interface Surroundings {
  /** Milliseconds since 1970 of the system clock. */
  readonly now: () => number
  /** Runs `work` once after `delayMs`; the returned function calls it off. */
  readonly after: (delayMs: number, work: () => void) => () => void
  readonly fetch: typeof globalThis.fetch
  readonly randomBytes: (size: number) => Buffer
}

export const machine: Surroundings = {
  now: () => Date.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs)
    return () => clearTimeout(timer)
  },
  fetch: (input, init) => globalThis.fetch(input, init),
  randomBytes,
}
