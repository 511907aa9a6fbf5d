import type { Timers } from '@inthread/messaging/ports'
import type { Clock } from '@inthread/sdk/time'
import { listChainHeads, type Store } from '@inthread/store'
import type { AnchorFile } from './anchor-file.ts'

export interface AnchorKeeperParts {
  readonly store: Store
  readonly clock: Clock
  readonly timers: Pick<Timers, 'every'>
  readonly file: AnchorFile
}

const everyMs = 600_000

/** Writes down every ten minutes how far each chain has come, and when the process stops. */
export class AnchorKeeper {
  readonly #parts: AnchorKeeperParts
  #poll: { stop(): Promise<void> } | undefined
  #written: Map<string, number> | undefined

  constructor(parts: AnchorKeeperParts) {
    this.#parts = parts
  }

  start(): void {
    this.#poll = this.#parts.timers.every(everyMs, () => this.anchor(), 'anchors')
  }

  async stop(): Promise<void> {
    await this.#poll?.stop()
    await this.anchor()
  }

  /** Only chains that have grown. */
  async anchor(): Promise<void> {
    const { store, clock, file } = this.#parts
    this.#written ??= new Map((await file.read()).anchors.map(({ tenant, seq }) => [tenant, seq]))
    const written = this.#written
    const heads = (await listChainHeads(store)).filter(({ tenantId, seq }) => seq > (written.get(tenantId) ?? 0))
    await file.append(heads, clock.now())
    for (const { tenantId, seq } of heads) written.set(tenantId, seq)
  }
}
