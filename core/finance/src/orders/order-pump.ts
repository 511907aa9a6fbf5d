import type { BankConnection } from '@inthread/sdk/bank'
import { Fault, faultCodeOf } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'
import { openScope, type Transaction } from '@inthread/store'
import type { FinancePorts } from '../ports.ts'
import type { AttemptRow, ConfirmationRow, OrderRow } from '../schema/tables.ts'
import { claimOrders, releaseOrder } from './claim.store.ts'
import { judgeAnswer } from './judge.ts'
import { findConfirmation, listAttempts, lockOrder, stampAttempt, wasSent } from './order.store.ts'
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
          ? await this.#submit(order, offer, setup.connection)
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

  /** An attempt goes out once: one that was sent, and of whose answer nobody knows, is asked about. */
  async #submit(order: OrderRow, offer: Offer | undefined, bank: BankConnection): Promise<Asked> {
    const { store, clock, sealer } = this.#ports
    const sheet = openSheet(sealer, order)
    if (!sheet || !offer) throw notReleasable(order)
    const sending = await store.write('order.send', (tx) => beginSending(tx, order, clock.now()))
    if (!sending) return query(order, offer, bank)
    const { confirmation, authorisation: sealed, attempt } = sending
    const place = { tenant: order.tenant_id, table: 'confirmation', column: 'authorisation', row: confirmation.id }
    const proof: Proof = {
      key: attempt.bank_key,
      challenge: confirmation.bank_ref,
      authorisation: sealer.open(place, sealed),
      payloadDigest: confirmation.payload_digest,
      purpose: openPurpose(sealer, order),
    }
    const { bank: route } = routeOf(order)
    if (route) {
      const request = { order, offer, sheet, proof, input: openInput(sealer, order) }
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

interface Sending {
  readonly attempt: AttemptRow
  readonly confirmation: ConfirmationRow
  readonly authorisation: string
}

/** Undefined for what has been sent already, or needs no sending any more. */
async function beginSending(tx: Transaction, claimed: OrderRow, now: Instant): Promise<Sending | undefined> {
  const name = { scope: openScope(claimed.tenant_id), orderId: claimed.id }
  const order = await lockOrder(tx, name)
  const attempt = (await listAttempts(tx, name)).at(-1)
  if (order.task !== 'submit' || !attempt || wasSent(attempt)) return undefined
  const confirmation = await findConfirmation(tx, name)
  if (!confirmation?.authorisation) throw notReleasable(order)
  await stampAttempt(tx, attempt, now)
  return { attempt, confirmation, authorisation: confirmation.authorisation }
}

function notReleasable({ id, state }: OrderRow): Fault {
  return new Fault('order.not_releasable', { data: { order: id, state } })
}
