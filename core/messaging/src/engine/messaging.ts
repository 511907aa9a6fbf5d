import { faultCodeOf } from '@inthread/sdk/fault'
import type { TenantScope, Transaction } from '@inthread/store'
import { DocumentKeeper } from '../collection/keeper.ts'
import { EffectPump } from '../effect/effect-pump.ts'
import { commitBankNews, type BankNews } from '../inbox/commit-bank-news.store.ts'
import { commitInternal, commitPushes, type Accepted, type InternalItem, type Push } from '../inbox/accept.store.ts'
import { Batcher } from '../inbox/batcher.ts'
import { traceLetters } from '../letter/trace-letters.ts'
import { applyDeliveries, deliveriesAtOnce } from '../outbox/delivery.store.ts'
import { planTenantMenus, publishMenus } from '../outbox/publisher.ts'
import { Sender } from '../outbox/sender.ts'
import type { MessagingPorts } from '../ports.ts'
import { purgeNonces, releasePlace } from '../schema/place.store.ts'
import type { Tenancy } from '../tenancy/tenancy.ts'
import { TurnPipeline } from '../turn/pipeline.ts'
import { TurnPump } from '../turn/pump.ts'
import { fireMissedCases, fireTimers, sweepHolds } from '../turn/timer.store.ts'

/** The messaging engine of one process. */
export interface Messaging {
  start(): Promise<void>
  /** Finishes what is under way, takes up nothing new. */
  stop(): Promise<void>
  /** Stores a verified push. Everything else happens afterwards, at our own pace. */
  accept(push: Push): Promise<'accepted' | 'replayed'>
  /**
   * Lets the bank or time speak into a conversation, in the caller's transaction; wake the conversations after the
   * commit.
   */
  tell(tx: Transaction, items: readonly InternalItem[]): Promise<void>
  wake(conversationIds: readonly string[]): void
  /** How the tenant's plugins hear news of a bank; asked for before the transaction in which they are told. */
  hearing(scope: TenantScope): Promise<(tx: Transaction, news: BankNews) => Promise<readonly string[]>>
  /** Plans a tenant's fixed menus, in the transaction that changes its definition. */
  planMenus(tx: Transaction, tenancy: Tenancy): Promise<void>
}

const pushesPerCommit = 64
const waitingPushes = 4000
const timerPollMs = 200
const nonceLivesMs = 2 * 86_400_000

export function createMessaging(ports: MessagingPorts): Messaging {
  return new MessagingEngine(ports)
}

class MessagingEngine implements Messaging {
  readonly #ports: MessagingPorts
  readonly #accepting: Batcher<Push, Accepted>
  readonly #turns: TurnPump
  readonly #sender: Sender
  readonly #effects: EffectPump
  #polls: { stop(): Promise<void> }[] = []
  #applying: Promise<void> | undefined
  #applyAgain = false

  constructor(ports: MessagingPorts) {
    this.#ports = ports
    this.#sender = new Sender({ ports, onMarked: () => this.#applyDeliveries() })
    this.#effects = new EffectPump({ ports, onAnswer: (conversation) => this.#turns.wake([conversation]) })
    this.#turns = new TurnPump({
      ports,
      pipeline: new TurnPipeline(ports),
      onCommit: (report) => {
        this.#sender.push(report.messages)
        if (report.scattered) this.#sender.wake()
        this.#effects.push(report.effects)
        if (report.ordered) ports.desk.wake()
      },
    })
    const run = (pushes: readonly Push[]): Promise<readonly Accepted[]> =>
      ports.store.write('inbox.accept', (tx) => commitPushes(tx, pushes, ports))
    const { breathe } = ports.timers
    this.#accepting = new Batcher({ limit: pushesPerCommit, capacity: waitingPushes, lanes: 1, run, breathe })
  }

  async start(): Promise<void> {
    const { timers, store, clock } = this.#ports
    await releasePlace(store, this.#ports.owner)
    this.#turns.start()
    this.#sender.start()
    this.#effects.start()
    const keeper = new DocumentKeeper(this.#ports)
    this.#polls = [
      timers.every(timerPollMs, async () => this.#turns.wake(await fireTimers(this.#ports)), 'timers'),
      timers.every(1000, async () => this.#turns.wake(await fireMissedCases(this.#ports)), 'desk'),
      timers.every(1000, () => sweepHolds(this.#ports), 'holds'),
      timers.every(1000, () => Promise.resolve(this.#applyDeliveries()), 'deliveries'),
      timers.every(5000, () => keeper.expire(), 'documents'),
      timers.every(2000, () => keeper.upgrade(), 'documents'),
      timers.every(1000, () => publishMenus(this.#ports), 'menus'),
      timers.every(600_000, () => purgeNonces(store, clock.now() - nonceLivesMs * 1000), 'janitor'),
    ]
  }

  async stop(): Promise<void> {
    await Promise.all(this.#polls.map((poll) => poll.stop()))
    await this.#turns.stop()
    await this.#effects.stop()
    await this.#sender.stop()
    await this.#applying
  }

  async accept(push: Push): Promise<'accepted' | 'replayed'> {
    const accepted = await this.#trace(push, (traced) => this.#accepting.submit(traced))
    this.#turns.wake(accepted.conversations)
    if (accepted.deliveries) this.#applyDeliveries()
    return accepted.kind
  }

  /** The turns that follow go on from the span in which their message was stored. */
  #trace(push: Push, accept: (traced: Push) => Promise<Accepted>): Promise<Accepted> {
    const { scope, botId, operatorId, items } = push
    const facts = { tenant: scope.tenantId, bot: botId, operator: operatorId, items: items.length }
    const span = this.#ports.traces.open('inbox.accept', { kind: 'producer', facts })
    return span.cover(async () => {
      const accepted = await accept({ ...push, traceparent: span.traceparent })
      span.tell({ outcome: accepted.kind })
      return accepted
    })
  }

  tell(tx: Transaction, items: readonly InternalItem[]): Promise<void> {
    return commitInternal(tx, traceLetters(items, this.#ports.traces), this.#ports)
  }

  wake(conversationIds: readonly string[]): void {
    this.#turns.wake(conversationIds)
  }

  async hearing(scope: TenantScope): ReturnType<Messaging['hearing']> {
    const tenancy = await this.#ports.tenancies.find(scope.tenantId)
    return async (tx, news) => (tenancy ? commitBankNews(tx, { tenancy, news }, this.#ports) : [])
  }

  planMenus(tx: Transaction, tenancy: Tenancy): Promise<void> {
    return planTenantMenus(tx, tenancy, this.#ports)
  }

  /** One at a time; what comes in meanwhile is applied by the next round. */
  #applyDeliveries(): void {
    this.#applyAgain = true
    if (this.#applying) return
    this.#applying = this.#applyAll().finally(() => {
      this.#applying = undefined
      if (this.#applyAgain) this.#applyDeliveries()
    })
  }

  async #applyAll(): Promise<void> {
    this.#applyAgain = false
    try {
      const { store, traces, clock } = this.#ports
      while ((await applyDeliveries({ store, traces, now: clock.now() })) === deliveriesAtOnce) continue
    } catch (error) {
      this.#ports.log.event('delivery.failed', { code: faultCodeOf(error) })
    }
  }
}
