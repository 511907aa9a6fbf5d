import type { BusinessClock } from './business-clock.ts'
import type { Log } from './log.ts'
import type { Surroundings } from './surroundings.ts'

/** However quiet it is, look again after this long: the system clock may have jumped. */
const longestSleepMs = 20_000
const afterFailureMs = 1_000

export interface PulseWork {
  readonly name: string
  /** Does what is due and returns the business time (epoch ms) of the next thing due, if any. */
  readonly run: () => number | undefined
}

interface PulseOptions {
  readonly clock: BusinessClock
  readonly wait: Surroundings['wait']
  readonly log: Log
}

/** Runs its work whenever something is due and whenever it is poked; sleeps in between. */
export class Pulse {
  readonly #work: PulseWork
  readonly #options: PulseOptions
  #sleep = new AbortController()
  #stopped = false
  #loop: Promise<void> | undefined

  constructor(work: PulseWork, options: PulseOptions) {
    this.#work = work
    this.#options = options
  }

  start(): void {
    this.#loop ??= this.#run()
  }

  /** Something new may be due: look now. */
  poke(): void {
    this.#sleep.abort()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#sleep.abort()
    await this.#loop
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#sleep = new AbortController()
      const sleep = this.#sleep.signal
      await this.#options.wait(this.#beat(), sleep)
    }
  }

  #beat(): number {
    try {
      const dueAt = this.#work.run()
      if (dueAt === undefined) return longestSleepMs
      return Math.min(Math.max(dueAt - this.#options.clock.now(), 1), longestSleepMs)
    } catch (error) {
      this.#options.log('error', `${this.#work.name} failed`, {
        error: error instanceof Error ? error.name : 'unknown',
      })
      return afterFailureMs
    }
  }
}
