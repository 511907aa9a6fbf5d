import type { KeyHolder } from '../keys/key-holder.ts'
import { Refusal } from '../router/refusal.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

/** Real time, of the hall. */
export interface LiveTimers {
  elapsedMs(): number
  /** Ends early when the signal does. */
  pauseUntil(durationMs: number, signal: AbortSignal): Promise<void>
}

/** In each process; a console has one or two open. */
export const streamsOfOne = 20

export interface LiveStream {
  /** Ends with the client, or with the process. */
  readonly signal: AbortSignal
  close(): void
}

/** The streams that are open in this process, and whose they are. */
export class LiveStreams {
  readonly timers: LiveTimers
  readonly #open = new Map<string, number>()
  readonly #drain = new AbortController()

  constructor(timers: LiveTimers) {
    this.timers = timers
  }

  get count(): number {
    return [...this.#open.values()].reduce((sum, each) => sum + each, 0)
  }

  /** Whoever opens one closes it, however it ends. */
  open({ actor }: KeyHolder, client: AbortSignal | undefined): LiveStream {
    const whose = `${actor.kind}:${actor.id}`
    const before = this.#open.get(whose) ?? 0
    if (before >= streamsOfOne)
      throw new Refusal({
        code: 'TOO_MANY_REQUESTS',
        said: say('call.streams', { most: streamsOfOne }),
      })
    this.#open.set(whose, before + 1)
    const signal = client ? AbortSignal.any([client, this.#drain.signal]) : this.#drain.signal
    return { signal, close: () => this.#close(whose) }
  }

  /** The process stops: every stream ends, and clients go on elsewhere. Waits until the last one has, for a while. */
  async drain(): Promise<void> {
    this.#drain.abort()
    const { timers } = this
    const never = new AbortController().signal
    for (let waited = 0; this.count > 0 && waited < drainMs; waited += drainStepMs)
      await timers.pauseUntil(drainStepMs, never)
  }

  #close(whose: string): void {
    const left = (this.#open.get(whose) ?? 0) - 1
    if (left > 0) this.#open.set(whose, left)
    else this.#open.delete(whose)
  }
}

const drainMs = 1000
const drainStepMs = 10
