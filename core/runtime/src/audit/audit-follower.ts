import type { Timers } from '@inthread/messaging/ports'
import { claimLease, hasAuditTail, linkAuditTail, type Store } from '@inthread/store'

export interface AuditFollowerParts {
  readonly store: Store
  readonly timers: Pick<Timers, 'every'>
  readonly owner: string
}

const pollMs = 500
const leaseMs = 5000
/** So many portions at a time; then the lease is taken anew. */
const portions = 20

/**
 * Links what was recorded to the chains of the tenants. One process does it at a time; that saves work, and is not what
 * keeps a chain in one piece.
 */
export class AuditFollower {
  readonly #parts: AuditFollowerParts
  #poll: { stop(): Promise<void> } | undefined

  constructor(parts: AuditFollowerParts) {
    this.#parts = parts
  }

  start(): void {
    this.#poll = this.#parts.timers.every(pollMs, () => this.follow(), 'audit')
  }

  async stop(): Promise<void> {
    await this.#poll?.stop()
  }

  /** Until nothing waits, or another process does it. */
  async follow(): Promise<void> {
    const { store, owner } = this.#parts
    while (await hasAuditTail(store)) {
      if ((await claimLease(store, { name: 'audit.follower', owner, leaseMs })) === undefined) return
      for (let portion = 0; portion < portions; portion += 1) if ((await linkAuditTail(store)) === 0) return
    }
  }
}
