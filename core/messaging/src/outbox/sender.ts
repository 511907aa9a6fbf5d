import type { Outbound, SendOutcome, Voice } from '@inthread/sdk/channel'
import { faultCodeOf } from '@inthread/sdk/fault'
import { listNumbers, openScope } from '@inthread/store'
import { Batcher } from '../inbox/batcher.ts'
import type { MessagingPorts } from '../ports.ts'
import type { OutboxRow } from '../schema/tables.ts'
import { openMessage } from './message.ts'
import {
  adoptConversation,
  claimMessages,
  hasUnsent,
  leaveMessage,
  markMessages,
  postponeMessage,
  type Mark,
} from './outbox.store.ts'
import { Pacer } from './pacer.ts'

/** What the sender needs of a row; a fresh row's lease is still an expression, and nobody here looks at it. */
export type Sendable = Omit<OutboxRow, 'lease_until'>

export interface SenderOptions {
  readonly ports: MessagingPorts
  /** Messages were marked as sent: reported states that waited for them can be applied. */
  readonly onMarked: () => void
}

interface Entry {
  readonly message: Sendable
  /** Taken through the claim, not from this process's own commits. */
  readonly claimed: boolean
}

interface Marked {
  /** Resolves when it is written down that the message is out. */
  readonly done: Promise<void>
}

const conversationsAtOnce = 64
const pollMs = 500
const longestDelayMs = 60_000
/** For a message whose tenant or account is not set up here at the moment. */
const absentDelayMs = 5000
/** An operator that cannot be reached for this many tries (about a day) will not get this message any more. */
const triesAtMost = 1500

/**
 * Sends what turns have committed, one message at a time within a conversation and many conversations at once. What
 * this process committed comes from memory; what a crash or another process left is claimed.
 */
export class Sender {
  readonly #options: SenderOptions
  readonly #queues = new Map<string, Entry[]>()
  readonly #active = new Set<string>()
  readonly #marks: Batcher<Mark, void>
  readonly #numbers: Batcher<Sendable, string | undefined>
  readonly #pacer: Pacer
  #stopped = true
  #poll: { stop(): Promise<void> } | undefined
  #running = new Set<Promise<void>>()
  #claiming: Promise<void> | undefined
  #claimAgain = false

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
    this.#stopped = false
    this.#poll = this.#options.ports.timers.every(pollMs, () => this.#claim())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#poll?.stop()
    await Promise.all(this.#running)
  }

  /** Messages that this process committed and holds. */
  push(messages: readonly Sendable[]): void {
    this.#enqueue(messages.map((message) => ({ message, claimed: false })))
  }

  /** Messages were committed that nobody holds. */
  wake(): void {
    void this.#claim().catch((error: unknown) =>
      this.#options.ports.log.event('outbox.claim_failed', { code: faultCodeOf(error) }),
    )
  }

  #enqueue(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const queue = this.#queues.get(entry.message.conversation_id)
      if (queue) queue.push(entry)
      else this.#queues.set(entry.message.conversation_id, [entry])
    }
    this.#pump()
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
    if (this.#stopped || !(await hasUnsent(store))) return
    const claimed = await claimMessages(store, owner, conversationsAtOnce)
    this.#enqueue(claimed.map((message) => ({ message, claimed: true })))
  }

  #pump(): void {
    for (const conversation of this.#queues.keys()) {
      if (this.#stopped || this.#active.size >= conversationsAtOnce) return
      if (this.#active.has(conversation)) continue
      this.#active.add(conversation)
      const work = this.#drain(conversation).finally(() => {
        this.#running.delete(work)
        this.#active.delete(conversation)
        this.#pump()
      })
      this.#running.add(work)
    }
  }

  /** Sends the queue of one conversation in order; a message that has to wait keeps the ones behind it waiting. */
  async #drain(conversation: string): Promise<void> {
    const queue = this.#queues.get(conversation) ?? []
    while (!this.#stopped) {
      const entry = queue[0]
      if (!entry) break
      const marked = await this.#deliver(entry.message)
      if (!marked) break
      queue.shift()
      if (entry.claimed) await this.#takeOver(entry.message, marked)
    }
    await this.#giveBack(queue.slice(1))
    this.#queues.delete(conversation)
  }

  /** Whatever stands behind a message that could not be sent goes through the claim too, which keeps the order. */
  async #giveBack(entries: readonly Entry[]): Promise<void> {
    if (this.#stopped) return
    for (const { message } of entries) await leaveMessage(this.#options.ports.store, message, 0)
  }

  /** What was scattered is in order again once the last message is sent; until then the next one has to be claimed. */
  async #takeOver(message: Sendable, marked: Marked): Promise<void> {
    const { store, owner } = this.#options.ports
    await marked.done
    await adoptConversation(store, message, owner)
    this.wake()
  }

  /** Until it is sent or refused for good; undefined when it has to be tried later, by whoever claims it. */
  async #deliver(message: Sendable): Promise<Marked | undefined> {
    const { store, log, timers } = this.#options.ports
    for (let attempt = message.attempts + 1; !this.#stopped; attempt += 1) {
      const outcome = await this.#send(message)
      if (outcome === undefined) {
        await leaveMessage(store, message, absentDelayMs)
        return undefined
      }
      if (outcome.kind !== 'retry') return this.#mark(message, outcome)
      if (attempt >= triesAtMost) return this.#mark(message, { kind: 'rejected', reason: 'gave_up' })
      const afterMs = Math.min(Math.max(outcome.afterMs, 200) * 2 ** Math.min(attempt - 1, 8), longestDelayMs)
      log.event('outbox.retry', { message: message.id, reason: outcome.reason, attempt, afterMs })
      await postponeMessage(store, message, { afterMs, reason: outcome.reason })
      await timers.pause(afterMs)
    }
    return undefined
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

  /** undefined when the tenant or its account is not here at the moment. */
  async #send(message: Sendable): Promise<SendOutcome | undefined> {
    const { ports } = this.#options
    const operator = ports.tenancies.find(message.tenant_id)?.operators.get(message.operator_id)
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
