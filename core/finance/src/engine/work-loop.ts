import { faultCodeOf } from '@inthread/sdk/fault'
import type { FinanceLog, Timers } from '../ports.ts'

export interface WorkLoopParts<T> {
  readonly timers: Timers
  readonly log: FinanceLog
  /** What is logged when rows cannot be claimed, or one of them cannot be worked on. */
  readonly name: string
  readonly pollMs: number
  claim(limit: number): Promise<readonly T[]>
  work(item: T): Promise<void>
}

const atOnce = 32

/**
 * Claims rows that have something due and works on them, now and then and whenever somebody says that there is more. A
 * row says itself what to do next, so whatever a crash interrupts is found again.
 */
export class WorkLoop<T> {
  readonly #parts: WorkLoopParts<T>
  readonly #running = new Set<Promise<void>>()
  #stopped = true
  #claiming: Promise<void> | undefined
  #again = false
  #poll: { stop(): Promise<void> } | undefined

  constructor(parts: WorkLoopParts<T>) {
    this.#parts = parts
  }

  start(): void {
    this.#stopped = false
    this.#poll = this.#parts.timers.every(this.#parts.pollMs, () => this.#claim())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#poll?.stop()
    await this.#claiming
    await Promise.all(this.#running)
  }

  wake(): void {
    void this.#claim().catch((error: unknown) => this.#fail('claim', error))
  }

  #fail(what: string, error: unknown): void {
    this.#parts.log.event(`${this.#parts.name}.${what}_failed`, { code: faultCodeOf(error) })
  }

  async #claim(): Promise<void> {
    this.#again = true
    if (this.#stopped || this.#claiming) return
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined
    })
    await this.#claiming
  }

  /** Whoever was woken while a claim was under way is served by the next one. */
  async #claimAll(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      const free = atOnce - this.#running.size
      if (free <= 0) return
      for (const item of await this.#parts.claim(free)) this.#run(item)
    }
  }

  #run(item: T): void {
    const work = this.#parts
      .work(item)
      .catch((error: unknown) => this.#fail('work', error))
      .finally(() => this.#running.delete(work))
    this.#running.add(work)
  }
}
