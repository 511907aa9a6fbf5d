import { faultCodeOf } from '@inthread/sdk/fault'
import type { Timers } from '../ports.ts'
import { bankOf, type BankWork, type Room } from './room.ts'

/** Something that has to be done at a bank; its row says itself what to do next, and when. */
export type WorkItem = BankWork & { readonly id: string }

export interface WorkLoopParts<T extends WorkItem> {
  readonly timers: Timers
  /** What it is to operators. */
  readonly name: string
  readonly pollMs: number
  claim(room: Room): Promise<readonly T[]>
  work(item: T): Promise<void>
  /** Whatever has to be done next with it, the row says by now. */
  release(item: T): Promise<void>
  /** Nothing could be done, and for now nothing can: the next time is later. */
  postpone(item: T): Promise<void>
  claimFailed(code: string): void
  workFailed(item: T, code: string): void
}

const atOnce = 128
/** A bank that is slow keeps nobody else waiting. */
const atOneBank = 32

/**
 * Claims rows that have something due and works on them, now and then and whenever somebody says that there is more. A
 * row says itself what to do next, so whatever a crash interrupts is found again.
 */
export class WorkLoop<T extends WorkItem> {
  readonly #parts: WorkLoopParts<T>
  readonly #running = new Set<Promise<void>>()
  readonly #banks = new Map<string, { readonly bank: BankWork; running: number }>()
  #stopped = true
  #claiming: Promise<void> | undefined
  #again = false
  #poll: { stop(): Promise<void> } | undefined

  constructor(parts: WorkLoopParts<T>) {
    this.#parts = parts
  }

  start(): void {
    this.#stopped = false
    this.#poll = this.#parts.timers.every(this.#parts.pollMs, () => this.#claim(), this.#parts.name)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#poll?.stop()
    await this.#claiming
    await Promise.all(this.#running)
  }

  wake(): void {
    void this.#claim().catch((error: unknown) => this.#parts.claimFailed(faultCodeOf(error)))
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
      const limit = atOnce - this.#running.size
      if (limit <= 0) return
      const full = this.#listFull()
      const items = await this.#parts.claim({ limit, full, leftAt: (bank) => atOneBank - this.#countAt(bank) })
      for (const item of items) this.#run(item)
      // Behind what a bank has too much of there may be work for others.
      this.#again ||= this.#listFull().length > full.length
    }
  }

  #countAt(bank: BankWork): number {
    return this.#banks.get(bankOf(bank))?.running ?? 0
  }

  #listFull(): readonly BankWork[] {
    return [...this.#banks.values()].filter(({ running }) => running >= atOneBank).map(({ bank }) => bank)
  }

  #run(item: T): void {
    this.#count(item, 1)
    const work = this.#work(item).finally(() => {
      this.#running.delete(work)
      this.#count(item, -1)
    })
    this.#running.add(work)
  }

  #count({ tenant_id, bank_id }: BankWork, more: 1 | -1): void {
    const bank = { tenant_id, bank_id }
    const running = this.#countAt(bank) + more
    if (running === 0) this.#banks.delete(bankOf(bank))
    else this.#banks.set(bankOf(bank), { bank, running })
  }

  async #work(item: T): Promise<void> {
    const { work, release, postpone, workFailed } = this.#parts
    try {
      await work(item)
      await release(item)
    } catch (error) {
      workFailed(item, faultCodeOf(error))
      await postpone(item).catch((cause: unknown) => workFailed(item, faultCodeOf(cause)))
    }
  }
}
