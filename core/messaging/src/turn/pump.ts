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
/** So long is not looked for what waits for a tenant that is not in force here. */
const absentMs = 5000

/**
 * Drives the pipeline. Conversations that this process woke are taken at once; the poll finds what a crash or another
 * process left. A conversation is never in two groups.
 */
export class TurnPump {
  readonly #options: TurnPumpOptions
  readonly #ready = new Set<string>()
  readonly #busy = new Set<string>()
  #running = 0
  /** Turns that wait for guests, besides the groups under way. */
  #held = 0
  /** Tenants that this process could not serve, and until when it does not look for what they wait for. */
  readonly #absent = new Map<string, number>()
  #stopped = true
  #scheduled = false
  #poll: { stop(): Promise<void> } | undefined
  #quiet: (() => void)[] = []

  constructor(options: TurnPumpOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopped = false
    this.#poll = this.#options.ports.timers.every(pollMs, () => this.#findLeftovers(), 'turns')
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#poll?.stop()
    if (this.#running + this.#held > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve))
  }

  wake(conversationIds: readonly string[]): void {
    for (const id of conversationIds) this.#ready.add(id)
    this.#schedule()
  }

  async #findLeftovers(): Promise<void> {
    if (this.#ready.size > 0) return
    const { store, timers } = this.#options.ports
    for (const [tenant, until] of this.#absent) if (until <= timers.elapsedMs()) this.#absent.delete(tenant)
    this.wake(await findWaiting(store, { limit: 256, except: [...this.#absent.keys()] }))
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
      void this.#run(group).then((held) => this.#leave(group.filter((id) => !held.has(id))))
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

  /** Resolves to the conversations whose turns are not over yet. */
  async #run(group: readonly string[]): Promise<ReadonlySet<string>> {
    const report = await this.#finish(group, this.#options.pipeline.run(group))
    const held = report?.held ?? []
    this.#held += held.length
    for (const turn of held) void this.#wait(turn)
    return new Set(held.map(({ conversation }) => conversation))
  }

  /** A turn that waits for a guest holds up its own conversation and nothing else. */
  async #wait({ conversation, report }: GroupReport['held'][number]): Promise<void> {
    await this.#finish([conversation], report)
    this.#held -= 1
    this.#release([conversation])
  }

  async #finish(group: readonly string[], work: Promise<GroupReport>): Promise<GroupReport | undefined> {
    try {
      const report = await work
      for (const id of report.again) this.#ready.add(id)
      for (const tenant of report.absent) this.#absent.set(tenant, this.#options.ports.timers.elapsedMs() + absentMs)
      this.#options.onCommit(report)
      return report
    } catch (error) {
      // The items are still there: the poll brings them back.
      this.#options.ports.log.event('turn.group_failed', { code: faultCodeOf(error), conversations: group.length })
      return undefined
    }
  }

  #leave(group: readonly string[]): void {
    this.#running -= 1
    this.#release(group)
  }

  #release(group: readonly string[]): void {
    for (const id of group) this.#busy.delete(id)
    this.#schedule()
    if (this.#running + this.#held > 0) return
    for (const resolve of this.#quiet.splice(0)) resolve()
  }
}
