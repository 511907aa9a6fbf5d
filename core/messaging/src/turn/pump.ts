import { faultCodeOf } from '@inthread/sdk/fault'
import type { MessagingPorts } from '../ports.ts'
import type { GroupReport, TurnPipeline } from './pipeline.ts'
import { findWaiting } from './claim.store.ts'

export interface TurnPumpOptions {
  readonly ports: MessagingPorts
  readonly pipeline: TurnPipeline
  /** Passes on what a committed group left to be done. */
  readonly onCommit: (report: GroupReport) => void
}

/** Two groups may be under way: while one waits for the database, the other folds. */
const lanes = 2
const groupSizeByDefault = 64
const pollMs = 250

/**
 * Drives the pipeline. Conversations that this process woke are taken at once; the poll finds what a crash or another
 * process left. A conversation is never in two groups.
 */
export class TurnPump {
  readonly #options: TurnPumpOptions
  readonly #ready = new Set<string>()
  readonly #busy = new Set<string>()
  #running = 0
  #stopped = true
  #scheduled = false
  #poll: { stop(): Promise<void> } | undefined
  #quiet: (() => void)[] = []

  constructor(options: TurnPumpOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopped = false
    this.#poll = this.#options.ports.timers.every(pollMs, () => this.#findLeftovers())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#poll?.stop()
    if (this.#running > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve))
  }

  wake(conversationIds: readonly string[]): void {
    for (const id of conversationIds) this.#ready.add(id)
    this.#schedule()
  }

  async #findLeftovers(): Promise<void> {
    if (this.#ready.size > 0) return
    this.wake(await findWaiting(this.#options.ports.store, 256))
  }

  /** After a breath, so that conversations that are woken one by one go through together. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    void this.#options.ports.timers.breathe().then(() => {
      this.#scheduled = false
      this.#pump()
    })
  }

  #pump(): void {
    while (!this.#stopped && this.#running < lanes) {
      const group = this.#takeGroup()
      if (group.length === 0) return
      this.#running += 1
      void this.#run(group).finally(() => this.#leave(group))
    }
  }

  #takeGroup(): string[] {
    const group: string[] = []
    for (const id of this.#ready) {
      if (group.length >= (this.#options.ports.groupSize ?? groupSizeByDefault)) break
      if (this.#busy.has(id)) continue
      group.push(id)
    }
    for (const id of group) {
      this.#ready.delete(id)
      this.#busy.add(id)
    }
    return group
  }

  async #run(group: readonly string[]): Promise<void> {
    try {
      const report = await this.#options.pipeline.run(group)
      for (const id of report.again) this.#ready.add(id)
      this.#options.onCommit(report)
    } catch (error) {
      // The items are still there: the poll brings them back.
      this.#options.ports.log.event('turn.group_failed', { code: faultCodeOf(error), conversations: group.length })
    }
  }

  #leave(group: readonly string[]): void {
    this.#running -= 1
    for (const id of group) this.#busy.delete(id)
    this.#schedule()
    if (this.#running > 0) return
    for (const resolve of this.#quiet.splice(0)) resolve()
  }
}
