import type { BankConnection } from '@inthread/sdk/bank'
import { Fault, faultCodeOf } from '@inthread/sdk/fault'
import { openScope } from '@inthread/store'
import type { FinancePorts } from '../ports.ts'
import type { AttemptRow, OrderRow } from '../schema/tables.ts'
import { claimOrders, releaseOrder } from './claim.store.ts'
import { judgeAnswer } from './judge.ts'
import { findConfirmation, listAttempts } from './order.store.ts'
import { commitJudgement } from './settle.store.ts'
import { routeOf } from './route.ts'
import { queryRouted, submitRouted, type Proof, type RoutedAnswer } from './routed.ts'
import { openInput, openOffer, openPurpose, openSheet, type Offer } from './sheet.ts'

const atOnce = 32
const pollMs = 250

/**
 * Sends orders to the bank and asks about those it has not decided. The order says what to do next and when, so
 * whatever a crash interrupts is found again; the bank recognises a repetition by the order's own id.
 */
export class OrderPump {
  readonly #ports: FinancePorts
  readonly #running = new Set<Promise<void>>()
  #stopped = true
  #claiming: Promise<void> | undefined
  #again = false
  #poll: { stop(): Promise<void> } | undefined

  constructor(ports: FinancePorts) {
    this.#ports = ports
  }

  start(): void {
    this.#stopped = false
    this.#poll = this.#ports.timers.every(pollMs, () => this.#claim())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#poll?.stop()
    await this.#claiming
    await Promise.all(this.#running)
  }

  wake(): void {
    void this.#claim().catch((error: unknown) =>
      this.#ports.log.event('order.claim_failed', { code: faultCodeOf(error) }),
    )
  }

  async #claim(): Promise<void> {
    this.#again = true
    if (this.#stopped || this.#claiming) return
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined
    })
    await this.#claiming
  }

  /** Whoever was woken while a claim was under way is served by the next one. */
  async #claimAll(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      await this.#claimOnce()
    }
  }

  async #claimOnce(): Promise<void> {
    const { store, clock, owner } = this.#ports
    const free = atOnce - this.#running.size
    if (free <= 0) return
    for (const order of await claimOrders(store, { now: clock.now(), owner, limit: free })) {
      const work = this.#work(order).finally(() => this.#running.delete(work))
      this.#running.add(work)
    }
  }

  async #work(order: OrderRow): Promise<void> {
    const { store, banks, mailbox, log, owner } = this.#ports
    try {
      const setup = await banks.find(order.tenant_id, order.bank_id)
      if (!setup) throw new Fault('bank.not_connected', { data: { bank: order.bank_id } })
      const offer = openOffer(this.#ports.sealer, order)
      const { answer, attempt, ...more } =
        order.task === 'submit'
          ? await this.#submit(order, setup.connection)
          : await query(order, offer, setup.connection)
      const payeeId = offer?.payee.id ?? ''
      const judgement = judgeAnswer(order, payeeId, answer)
      const { notFoundIsFinalAfterMs } = setup.connection
      const told = await store.write('order.settle', (tx) =>
        commitJudgement(tx, { order, judgement, attempt, notFoundIsFinalAfterMs, ...more }, this.#ports),
      )
      log.event('order.judged', { order: order.id, task: order.task ?? '', judgement: judgement.kind })
      mailbox.wake(told)
    } catch (error) {
      log.event('order.work_failed', { order: order.id, code: faultCodeOf(error) })
    } finally {
      await releaseOrder(store, order, owner)
    }
  }

  async #submit(order: OrderRow, bank: BankConnection): Promise<Asked> {
    const name = { scope: openScope(order.tenant_id), orderId: order.id }
    const { confirmation, attempts } = await this.#ports.store.read('order.proof', async (reader) => ({
      confirmation: await findConfirmation(reader, name),
      attempts: await listAttempts(reader, name),
    }))
    const attempt: AttemptRow | undefined = attempts.at(-1)
    const sheet = openSheet(this.#ports.sealer, order)
    const offer = openOffer(this.#ports.sealer, order)
    if (!confirmation?.authorisation || !attempt || !sheet || !offer)
      throw new Fault('order.not_releasable', { data: { order: order.id, state: order.state } })
    const place = { tenant: order.tenant_id, table: 'confirmation', column: 'authorisation', row: confirmation.id }
    const proof: Proof = {
      key: attempt.bank_key,
      challenge: confirmation.bank_ref,
      authorisation: this.#ports.sealer.open(place, confirmation.authorisation),
      payloadDigest: confirmation.payload_digest,
      purpose: openPurpose(this.#ports.sealer, order),
    }
    const { bank: route } = routeOf(order)
    if (route) {
      const request = { order, offer, sheet, proof, input: openInput(this.#ports.sealer, order) }
      return { ...(await submitRouted(request, route, bank)), attempt: attempt.n }
    }
    const answer = await bank.submit({
      ...proof,
      clientRef: order.id,
      amount: { amountMinor: order.amount_minor, currency: order.currency },
      payeeId: offer.payee.id,
      link: offer.link,
      method: sheet.payload.payer,
    })
    return { answer, attempt: attempt.n }
  }
}

interface Asked extends RoutedAnswer {
  readonly attempt: number | undefined
}

async function query(order: OrderRow, offer: Offer | undefined, bank: BankConnection): Promise<Asked> {
  const { bank: route } = routeOf(order)
  if (route) return { ...(await queryRouted({ order, offer }, route, bank)), attempt: undefined }
  return { answer: await bank.query(order.id), attempt: undefined }
}
