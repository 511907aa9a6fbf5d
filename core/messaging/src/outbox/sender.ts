import type { Outbound, SendOutcome, Voice } from '@inthread/sdk/channel'
import { faultCodeOf } from '@inthread/sdk/fault'
import { listNumbers, openScope } from '@inthread/store'
import { Batcher } from '../inbox/batcher.ts'
import type { MessagingPorts } from '../ports.ts'
import { openMessage } from './message.ts'
import {
  adoptConversation,
  claimMessages,
  findUnsent,
  leaseMs,
  leaveMessages,
  markMessages,
  renewLeases,
  type Delay,
  type Mark,
} from './outbox.store.ts'
import { Pacer } from './pacer.ts'
import { SendingQueue, type Entry, type Sendable } from './sending-queue.ts'

export type { Sendable }

export interface SenderOptions {
  readonly ports: MessagingPorts
  /** Messages were marked as sent: reported states that waited for them can be applied. */
  readonly onMarked: () => void
}

interface Marked {
  /** Resolves when it is written down that the message is out. */
  readonly done: Promise<void>
}

const pollMs = 500
const renewMs = 4000
const claimsAtOnce = 64
const longestDelayMs = 60_000
/** For a message whose tenant or account is not set up here at the moment. */
const absentDelayMs = 5000
/** An operator that cannot be reached for this many tries (about a day) will not get this message any more. */
const triesAtMost = 1500

/**
 * Sends what turns have committed, one message at a time within a conversation and many conversations at once. What
 * this process committed comes from memory, and its leases are renewed while it waits there; what a crash or another
 * process left, and what could not be sent, is claimed. Nobody waits here for an operator that is away.
 */
export class Sender {
  readonly #options: SenderOptions
  readonly #queue = new SendingQueue()
  /** Conversations of which messages were given back: newer ones go through the claim too, behind them. */
  readonly #left = new Set<string>()
  readonly #marks: Batcher<Mark, void>
  readonly #numbers: Batcher<Sendable, string | undefined>
  readonly #pacer: Pacer
  #stopped = true
  #polls: { stop(): Promise<void> }[] = []
  #running = new Set<Promise<void>>()
  #claiming: Promise<void> | undefined
  #claimAgain = false
  #renewedAtMs = 0
  #leaving = 0

  constructor(options: SenderOptions) {
    this.#options = options
    const { store, timers } = options.ports
    this.#marks = new Batcher({
      limit: 256,
      capacity: 100_000,
      lanes: 1,
      run: (marks) => markMessages(store, marks),
      breathe: timers.breathe,
    })
    const { breathe } = timers
    const find = (messages: readonly Sendable[]): Promise<readonly (string | undefined)[]> =>
      findNumbers(options.ports, messages)
    this.#numbers = new Batcher({ limit: 64, capacity: 100_000, lanes: 1, run: find, breathe })
    this.#pacer = new Pacer(timers)
  }

  start(): void {
    const { timers } = this.#options.ports
    this.#stopped = false
    this.#renewedAtMs = timers.elapsedMs()
    this.#polls = [
      timers.every(pollMs, () => this.#claim(), 'outbox'),
      timers.every(renewMs, () => this.#renew(), 'outbox'),
    ]
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#polls.map((poll) => poll.stop()))
    await Promise.all(this.#running)
  }

  /** Messages that this process committed and holds. */
  push(messages: readonly Sendable[]): void {
    const behind = messages.filter((message) => this.#left.has(message.conversation_id))
    for (const message of messages) if (!behind.includes(message)) this.#queue.add({ message, claimed: false })
    for (const message of behind) this.#run(this.#leave([message], { afterMs: 0, reason: undefined }))
    this.#pump()
  }

  /** Messages were committed that nobody holds. */
  wake(): void {
    this.#run(this.#claim())
  }

  /** One claim at a time: two of one process would both read back what the first one took, and send it twice. */
  #claim(): Promise<void> {
    this.#claimAgain = true
    this.#claiming ??= this.#claimWhileAsked().finally(() => {
      this.#claiming = undefined
    })
    return this.#claiming
  }

  async #claimWhileAsked(): Promise<void> {
    while (this.#claimAgain) {
      this.#claimAgain = false
      await this.#claimOnce()
    }
  }

  async #claimOnce(): Promise<void> {
    const { store, owner } = this.#options.ports
    if (this.#stopped) return
    const quiet = this.#leaving === 0
    const unsent = await findUnsent(store)
    if (unsent === 'none' && quiet && this.#leaving === 0) this.#left.clear()
    if (unsent !== 'now') return
    const claimed = await claimMessages(store, owner, claimsAtOnce)
    for (const message of claimed) if (!this.#queue.has(message)) this.#queue.add({ message, claimed: true })
    this.#pump()
  }

  /** What waits for its turn here stays ours. */
  async #renew(): Promise<void> {
    const { store, owner, timers } = this.#options.ports
    const startedAtMs = timers.elapsedMs()
    const ids = this.#queue.ids()
    for (let from = 0; from < ids.length; from += 500) await renewLeases(store, ids.slice(from, from + 500), owner)
    this.#renewedAtMs = startedAtMs
  }

  /** The database was away for so long that others may have taken what waits here. */
  #hasLostLeases(): boolean {
    return this.#options.ports.timers.elapsedMs() - this.#renewedAtMs > leaseMs - renewMs
  }

  #pump(): void {
    while (!this.#stopped) {
      const queue = this.#queue.take()
      if (!queue) return
      this.#run(this.#drain(queue).finally(() => this.#pump()))
    }
  }

  #run(work: Promise<void>): void {
    const { log } = this.#options.ports
    const running = work
      .catch((error: unknown) => log.event('outbox.claim_failed', { code: faultCodeOf(error) }))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Sends the queue of one conversation in order, until it is empty or one of its messages has to wait. */
  async #drain(queue: readonly Entry[]): Promise<void> {
    const [first] = queue
    if (!first) return
    const { conversation_id: conversation } = first.message
    let delay: Delay | undefined
    try {
      for (let entry = queue[0]; entry && !this.#stopped && !this.#hasLostLeases(); entry = queue[0]) {
        const result = await this.#deliver(entry.message)
        if (!('done' in result)) {
          delay = result
          break
        }
        this.#queue.shift(conversation)
        if (entry.claimed) await this.#takeOver(entry.message, result)
      }
    } finally {
      const rest = this.#queue.finish(first.message).map(({ message }) => message)
      if (rest.length > 0) this.#left.add(conversation)
      if (delay) await this.#leave(rest, delay)
    }
  }

  /** They go through the claim, which keeps their order. Nothing of a conversation overtakes what was left of it. */
  async #leave(messages: readonly Sendable[], delay: Delay): Promise<void> {
    if (this.#stopped) return
    this.#leaving += 1
    await leaveMessages(this.#options.ports.store, messages, delay).finally(() => (this.#leaving -= 1))
  }

  /** What was scattered is in order again once the last message is sent; until then the next one has to be claimed. */
  async #takeOver(message: Sendable, marked: Marked): Promise<void> {
    const { store, owner } = this.#options.ports
    await marked.done
    if (await adoptConversation(store, message, owner)) this.#left.delete(message.conversation_id)
    this.wake()
  }

  /** Whether it is out or refused for good; or how long it has to wait. */
  async #deliver(message: Sendable): Promise<Marked | Delay> {
    const { log } = this.#options.ports
    const attempt = message.attempts + 1
    const outcome = await this.#trace(message, () => this.#send(message))
    if (outcome === undefined) return { afterMs: absentDelayMs, reason: undefined }
    if (outcome.kind !== 'retry') return this.#mark(message, outcome)
    if (attempt >= triesAtMost) return this.#mark(message, { kind: 'rejected', reason: 'gave_up' })
    const { reason } = outcome
    const afterMs = Math.min(Math.max(outcome.afterMs, 200) * 2 ** Math.min(attempt - 1, 8), longestDelayMs)
    log.event('outbox.retry', { message: message.id, reason, attempt, afterMs })
    return { afterMs, reason }
  }

  #mark(message: Sendable, outcome: Mark['outcome']): Marked {
    const { clock, log } = this.#options.ports
    if (outcome.kind === 'rejected') log.event('outbox.rejected', { message: message.id, reason: outcome.reason })
    // The next message does not wait for this one's mark. A message whose mark is lost is sent again under the same id.
    const done = this.#marks
      .submit({ message, outcome, now: clock.now() })
      .then(this.#options.onMarked)
      .catch((error: unknown) => log.event('outbox.mark_failed', { code: faultCodeOf(error), message: message.id }))
    return { done }
  }

  #trace(message: Sendable, send: () => Promise<SendOutcome | undefined>): Promise<SendOutcome | undefined> {
    const { id, tenant_id: tenant, operator_id: operator, traceparent: from, attempts } = message
    const facts = { tenant, operator, message: id, try: attempts + 1 }
    const span = this.#options.ports.traces.open('message.send', { from, kind: 'client', facts })
    return span.cover(async () => {
      const outcome = await send()
      span.tell({ outcome: outcome?.kind ?? 'absent' })
      return outcome
    })
  }

  /** undefined when the tenant or its account is not here at the moment. */
  async #send(message: Sendable): Promise<SendOutcome | undefined> {
    const { ports } = this.#options
    const tenancy = await ports.tenancies.find(message.tenant_id)
    const operator = tenancy?.operators.get(message.operator_id)
    if (!operator) return undefined
    try {
      const outbound = await this.#address(message)
      if (!outbound) return { kind: 'rejected', reason: 'no_number' }
      await this.#pacer.take(`${message.tenant_id}.${message.operator_id}`, operator.ratePerSecond)
      return await operator.account.send(outbound)
    } catch (error) {
      return { kind: 'retry', afterMs: 1000, reason: faultCodeOf(error) }
    }
  }

  /** The number is looked up now: it may have changed since the message was written. */
  async #address(message: Sendable): Promise<Outbound | undefined> {
    const { sealer } = this.#options.ports
    const to = await this.#numbers.submit(message)
    if (to === undefined) return undefined
    return {
      id: message.id,
      to,
      voice: message.voice as Voice,
      conversationRef: message.conversation_id,
      contributionRef: message.id,
      inReplyTo: message.in_reply_to ?? undefined,
      content: openMessage(sealer, { tenantId: message.tenant_id, messageId: message.id }, message.body),
    }
  }
}

/** The numbers behind messages that go out together, in one statement. */
async function findNumbers(
  { store, sealer }: MessagingPorts,
  messages: readonly Sendable[],
): Promise<readonly (string | undefined)[]> {
  const subjects = messages.map((message) => ({
    scope: openScope(message.tenant_id),
    subscriberId: message.subscriber_id,
  }))
  const numbers = await store.read('outbox.number', (reader) => listNumbers(reader, subjects, sealer))
  return messages.map((message) => numbers.get(message.subscriber_id))
}
