import type { Bank } from '../app/bank.ts'
import { findWebhookSecret } from '../clients/webhook-secret.ts'
import { commitWebhookState, findClient, type Client } from '../clients/clients.store.ts'
import { buildDeliveryPlan } from './delivery-plan.ts'
import {
  commitAbandonment,
  commitDelivery,
  findNextDeliveryAt,
  listClientsWithDueDeliveries,
  listDueDeliveries,
  type Delivery,
} from './deliveries.store.ts'
import type { BankEvent } from './events.store.ts'
import { judgeAttempt, type WebhookAnswer, type WebhookVerdict } from './retry-plan.ts'
import { buildWebhookHeaders, renderEvent } from './webhook-message.ts'

const timeoutMs = 15_000

/** Carries events to webhooks: one at a time and in order for one client, clients beside one another. */
export class Deliverer {
  readonly #bank: Bank
  readonly #running = new Map<string, Promise<void>>()
  /** Clients for whom something new came up while they were being served. */
  readonly #again = new Set<string>()

  constructor(bank: Bank) {
    this.#bank = bank
  }

  /** Starts what is due; returns when the next delivery is due, in business time. */
  run(): number | undefined {
    const now = this.#bank.clock.now()
    for (const clientId of listClientsWithDueDeliveries(this.#bank.db, now)) this.#start(clientId)
    return findNextDeliveryAt(this.#bank.db, now)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  #start(clientId: string): void {
    if (this.#bank.stopping.aborted) return
    if (this.#running.has(clientId)) {
      this.#again.add(clientId)
      return
    }
    const work = this.#drain(clientId)
      .catch(() => this.#bank.log('error', 'delivery failed', { client: clientId }))
      .finally(() => {
        this.#running.delete(clientId)
        if (this.#again.delete(clientId)) this.#start(clientId)
      })
    this.#running.set(clientId, work)
  }

  async #drain(clientId: string): Promise<void> {
    while (!this.#bank.stopping.aborted) {
      const client = findClient(this.#bank.db, clientId)
      const due = listDueDeliveries(this.#bank.db, clientId, this.#bank.clock.now())
      const plan = buildDeliveryPlan(due, (type) => this.#bank.faults.findReorderSize(type))
      if (plan.reordered) this.#bank.faults.finishReorder()
      if (!client || plan.send.length === 0) return
      for (const delivery of plan.send) {
        if (this.#bank.stopping.aborted) return
        if (!(await this.#deliver(client, delivery))) return
      }
    }
  }

  /** False when nothing more may be sent to this client. */
  async #deliver(client: Client, delivery: Delivery): Promise<boolean> {
    const answer = await this.#post(client, delivery.event)
    if (this.#bank.stopping.aborted && answer.status === 'no-answer') return false
    if (this.#bank.faults.takeDuplicate(delivery.event.type)) await this.#post(client, delivery.event)
    const attempts = delivery.attempts + 1
    const chance = (this.#bank.surroundings.randomBytes(1)[0] ?? 0) / 256
    const verdict = judgeAttempt(answer, { attempts, nowMs: this.#bank.clock.now(), chance })
    this.#commit(client, delivery.event, verdict)
    const facts = { client: client.id, eventId: delivery.event.id, attempt: attempts }
    if (verdict.kind !== 'delivered') this.#bank.log('warn', `webhook ${verdict.kind}`, facts)
    return verdict.kind !== 'gone'
  }

  #commit(client: Client, event: BankEvent, verdict: WebhookVerdict): void {
    const { db } = this.#bank
    db.transaction(() => {
      if (verdict.kind === 'retry') {
        commitDelivery(db, event.seq, { state: 'pending', nextAt: this.#bank.clock.now() + verdict.waitMs })
      } else {
        commitDelivery(db, event.seq, { state: verdict.kind === 'delivered' ? 'delivered' : 'abandoned' })
      }
      if (verdict.kind === 'exhausted') commitWebhookState(db, client.id, 'failing')
      if (verdict.kind === 'delivered' && client.webhookState === 'failing') commitWebhookState(db, client.id, 'active')
      if (verdict.kind !== 'gone') return
      commitWebhookState(db, client.id, 'disabled')
      commitAbandonment(db, client.id)
    })
  }

  async #post(client: Client, event: BankEvent): Promise<WebhookAnswer> {
    if (client.webhookUrl === undefined) return { status: 'no-answer' }
    const body = JSON.stringify(renderEvent(event))
    const message = { id: event.id, timestamp: Math.floor(this.#bank.clock.now() / 1000), body }
    const headers = buildWebhookHeaders(message, {
      key: this.#bank.signingKeys.current(),
      secret: findWebhookSecret(this.#bank, client.id),
    })
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#bank.stopping])
    const request = { method: 'POST', headers, body, redirect: 'manual', signal } as const
    try {
      const response = await this.#bank.surroundings.fetch(client.webhookUrl, request)
      void response.body?.cancel().catch(() => undefined)
      const retryAfter = response.headers.get('retry-after')
      return { status: response.status, ...(retryAfter === null ? {} : { retryAfter }) }
    } catch {
      return { status: 'no-answer' }
    }
  }
}
