import type { Notice } from '@inthread/sdk/bank'
import { faultCodeOf } from '@inthread/sdk/fault'
import { claimLease } from '@inthread/store'
import type { Span } from '@inthread/store/trace'
import type { BankSetup, FinancePorts } from '../ports.ts'
import { commitNotices, findCursor, saveCursor } from './notice.store.ts'

const everyMs = 15_000
const pagesAtMost = 20

/** Reads each bank's list of notices now and then, so that one whose delivery was lost is missed by nobody. */
export class FeedReader {
  readonly #ports: FinancePorts
  readonly #onNotices: (setup: BankSetup, notices: readonly Notice[]) => void
  #poll: { stop(): Promise<void> } | undefined

  constructor(ports: FinancePorts, onNotices: (setup: BankSetup, notices: readonly Notice[]) => void) {
    this.#ports = ports
    this.#onNotices = onNotices
  }

  start(): void {
    this.#poll = this.#ports.timers.every(everyMs, () => this.readAll(), 'notices')
  }

  async stop(): Promise<void> {
    await this.#poll?.stop()
  }

  async readAll(): Promise<void> {
    for (const setup of await this.#ports.banks.list()) {
      try {
        await this.#read(setup)
      } catch (error) {
        this.#ports.log.event('feed.failed', { bank: setup.bankId, code: faultCodeOf(error) })
      }
    }
  }

  /** What was missed, or came here first, is a trace of its own as a notice is that was delivered. */
  #open({ scope, bankId }: BankSetup, notices: readonly Notice[]): Span {
    const facts = { tenant: scope.tenantId, bank: bankId, items: notices.length }
    return this.#ports.traces.open('notice.read', { from: null, kind: 'consumer', facts })
  }

  /** One process reads a bank's list at a time; the lease runs out by itself. */
  async #read(setup: BankSetup): Promise<void> {
    const { scope, bankId, connection } = setup
    const ports = this.#ports
    const { store, clock, owner } = ports
    const lease = await claimLease(store, { name: `feed:${scope.tenantId}:${bankId}`, owner, leaseMs: everyMs })
    if (lease === undefined) return
    let cursor = await store.read('feed.cursor', (reader) => findCursor(reader, scope, bankId))
    for (let page = 0; page < pagesAtMost; page += 1) {
      const answer = await connection.notices(cursor)
      if (answer.kind !== 'done') return
      const { notices, cursor: next, more } = answer.value
      if (next === undefined || next === cursor) return
      const hear = notices.length > 0 ? await ports.mailbox.hearing?.(scope) : undefined
      const save = () =>
        store.write('feed.save', async (tx) => {
          const conversations = await commitNotices(tx, scope, { bankId, notices, now: clock.now(), ports, hear })
          await saveCursor(tx, scope, { bankId, cursor: next, now: clock.now() })
          return conversations
        })
      this.#ports.mailbox.wake(notices.length > 0 ? await this.#open(setup, notices).cover(save) : await save())
      if (notices.length > 0) this.#onNotices(setup, notices)
      cursor = next
      if (!more) return
    }
  }
}
