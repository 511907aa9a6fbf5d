import { faultCodeOf } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { openScope } from '@inthread/store'
import type { Span } from '@inthread/store/trace'
import { openItem } from '../inbox/item.ts'
import type { DeskAnswer, MessagingPorts } from '../ports.ts'
import {
  claimEffects,
  destroyForgotten,
  findSecretRow,
  postponeEffect,
  recordAnswer,
  type Performable,
  type RecordableAnswer,
} from './effect.store.ts'
import { runFetch } from './fetcher.ts'
import { openBankRequest } from './request.ts'

export interface EffectPumpOptions {
  readonly ports: MessagingPorts
  /** An answer lies in the inbox of this conversation. */
  readonly onAnswer: (conversationId: string) => void
}

const atOnce = 32
const pollMs = 500
/** Pauses between tries with the same keys; after the last one the run is told that the outcome is unknown. */
const pausesMs = [300, 700, 1500, 3000, 6000]
/** A confidential answer that is older than this is destroyed unread. */
const secretLivesMs = 180_000

/** Carries out what turns asked of the bank. The answer comes back as an inbox item of the same run. */
export class EffectPump {
  readonly #options: EffectPumpOptions
  readonly #waiting: Performable[] = []
  readonly #known = new Set<string>()
  readonly #running = new Set<Promise<void>>()
  #stopped = true
  #polls: { stop(): Promise<void> }[] = []

  constructor(options: EffectPumpOptions) {
    this.#options = options
  }

  start(): void {
    const { timers, clock, store } = this.#options.ports
    this.#stopped = false
    this.#polls = [
      timers.every(
        pollMs,
        async () => this.push(await claimEffects(store, this.#options.ports.owner, atOnce)),
        'effects',
      ),
      timers.every(30_000, () => destroyForgotten(store, addMs(clock.now(), -secretLivesMs)), 'janitor'),
    ]
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#polls.map((poll) => poll.stop()))
    await Promise.all(this.#running)
  }

  push(effects: readonly Performable[]): void {
    for (const effect of effects) {
      if (this.#known.has(effect.id)) continue
      this.#known.add(effect.id)
      this.#waiting.push(effect)
    }
    this.#pump()
  }

  #pump(): void {
    while (!this.#stopped && this.#running.size < atOnce) {
      const effect = this.#waiting.shift()
      if (!effect) return
      const work = this.#settle(effect).finally(() => {
        this.#running.delete(work)
        this.#known.delete(effect.id)
        this.#pump()
      })
      this.#running.add(work)
    }
  }

  async #settle(effect: Performable): Promise<void> {
    const { ports, onAnswer } = this.#options
    try {
      const { id, tenant_id: tenant, traceparent: from, kind, operation, attempts } = effect
      const facts = { tenant, effect: id, kind, operation, try: attempts + 1 }
      const span = ports.traces.open('effect', { from, kind: 'consumer', facts })
      if (await span.cover(() => this.#carryOut(effect, span))) onAnswer(effect.conversation_id)
    } catch (error) {
      // Still in the table: the claim finds it when its lease is over.
      ports.log.event('effect.failed', { code: faultCodeOf(error), effect: effect.id })
    }
  }

  /** False when the process stopped before there was an answer. */
  async #carryOut(effect: Performable, span: Span): Promise<boolean> {
    const answer = await this.#answer(effect)
    if (!answer) return false
    span.tell({ outcome: outcomeOf(answer) })
    await recordAnswer(this.#options.ports, effect, answer)
    return true
  }

  async #answer(effect: Performable): Promise<RecordableAnswer | undefined> {
    const { visit } = effect
    if (effect.kind === 'fetch') {
      const answer = await runFetch(effect, this.#options.ports)
      return { body: { kind: 'fetched', visit, answer }, record: () => Promise.resolve() }
    }
    const answer = await this.#persist(effect)
    return answer && { body: { kind: 'effect', visit, outcome: answer.outcome }, record: (tx) => answer.record(tx) }
  }

  async #persist(effect: Performable): Promise<Pick<DeskAnswer, 'outcome' | 'record'> | undefined> {
    const { ports } = this.#options
    for (let attempt = effect.attempts; !this.#stopped; attempt += 1) {
      const answer = await this.#perform(effect)
      const pauseMs = pausesMs[attempt]
      if (!answer.again || pauseMs === undefined) return answer
      ports.log.event('effect.again', { effect: effect.id, operation: effect.operation, attempt: attempt + 1 })
      await postponeEffect(ports.store, effect.id, pauseMs)
      await ports.timers.pause(pauseMs)
    }
    return undefined
  }

  async #perform(effect: Performable): Promise<Pick<DeskAnswer, 'outcome' | 'record' | 'again'>> {
    const { desk, sealer } = this.#options.ports
    const code = await this.#openSecret(effect)
    if (code === 'gone')
      return { outcome: { name: 'expired', data: {} }, again: false, record: () => Promise.resolve() }
    return desk.perform({
      scope: openScope(effect.tenant_id),
      effectId: effect.id,
      orderId: effect.order_id,
      conversationId: effect.conversation_id,
      runId: effect.run_id,
      operation: effect.operation,
      code,
      request:
        effect.request === null
          ? undefined
          : openBankRequest(sealer, { tenantId: effect.tenant_id, effectId: effect.id }, effect.request),
    })
  }

  async #openSecret(effect: Performable): Promise<string | 'gone' | undefined> {
    if (effect.secret_id === null) return undefined
    const { store, sealer, clock } = this.#options.ports
    const row = await findSecretRow(store, effect)
    if (!row || row.received_at < addMs(clock.now(), -secretLivesMs)) return 'gone'
    const body = openItem(sealer, { tenantId: row.tenant_id, itemId: row.id }, row)
    if (body?.kind !== 'message' || body.content.kind !== 'text') return 'gone'
    return body.content.text.normalize('NFKC').replace(/[^0-9]/g, '')
  }
}

function outcomeOf({ body }: RecordableAnswer): string {
  if (body.kind === 'effect') return body.outcome.name
  return body.kind === 'fetched' ? body.answer.kind : body.kind
}
