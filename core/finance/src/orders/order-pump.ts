import type { BankConnection } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'
import { openScope, type Sealer, type Transaction } from '@inthread/store'
import type { Span } from '@inthread/store/trace'
import { WorkLoop } from '../engine/work-loop.ts'
import { createWork } from '../engine/work.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { AttemptRow, ConfirmationRow, OrderRow } from '../schema/tables.ts'
import { judgeAnswer } from './judge.ts'
import { findConfirmation, listAttempts, lockOrder, stampAttempt, wasSent } from './order.store.ts'
import { commitJudgement } from './settle.store.ts'
import { routeOf } from './route.ts'
import { queryRouted, submitRouted, type Proof, type RoutedAnswer } from './routed.ts'
import { openInput, openOffer, openPurpose, openSheet, type Offer } from './sheet.ts'

const pollMs = 250

/**
 * Sends orders to the bank and asks about those it has not decided. The order says what to do next and when, so
 * whatever a crash interrupts is found again; the bank recognises a repetition by the order's own id.
 */
export function createOrderPump(ports: FinancePorts): WorkLoop<OrderRow> {
  const { timers, log } = ports
  return new WorkLoop<OrderRow>({
    timers,
    name: 'orders',
    pollMs,
    ...createWork('bank_order', ports),
    work: (order) => work(order, ports),
    claimFailed: (code) => log.event('order.claim_failed', { code }),
    workFailed: ({ id }, code) => log.event('order.work_failed', { order: id, code }),
  })
}

/** Every word with the bank about it is a span of its own, below the turn that handed it over. */
function work(order: OrderRow, ports: FinancePorts): Promise<void> {
  const { id, tenant_id: tenant, bank_id: bank, capability, operation, task, traceparent: from } = order
  const facts = { tenant, bank, order: id, capability, operation }
  const span = ports.traces.open(`order.${task}`, { from, kind: 'consumer', facts })
  return span.cover(() => decide(order, span, ports))
}

async function decide(order: OrderRow, span: Span, ports: FinancePorts): Promise<void> {
  const { store, banks, mailbox, log, sealer } = ports
  const setup = await banks.find(order.tenant_id, order.bank_id)
  if (!setup) throw new Fault('bank.not_connected', { data: { bank: order.bank_id } })
  const { connection } = setup
  const offer = openOffer(sealer, order)
  const asking: Asking = { order, offer, bank: connection, ports }
  const { answer, attempt, ...more } = order.task === 'submit' ? await submit(asking) : await query(asking)
  const judgement = judgeAnswer(order, offer?.payee.id ?? '', answer)
  span.tell({ judgement: judgement.kind })
  const { notFoundIsFinalAfterMs } = connection
  const told = await store.write('order.settle', (tx) =>
    commitJudgement(tx, { order, judgement, attempt, notFoundIsFinalAfterMs, ...more }, ports),
  )
  log.event('order.judged', { order: order.id, task: order.task ?? '', judgement: judgement.kind })
  mailbox.wake(told)
}

interface Asking {
  readonly order: OrderRow
  readonly offer: Offer | undefined
  readonly bank: BankConnection
  readonly ports: FinancePorts
}

interface Asked extends RoutedAnswer {
  readonly attempt: number | undefined
}

/** An attempt goes out once: one that was sent, and of whose answer nobody knows, is asked about. */
async function submit({ order, offer, bank, ports }: Asking): Promise<Asked> {
  const { store, clock, sealer } = ports
  const sheet = openSheet(sealer, order)
  if (!sheet || !offer) throw notReleasable(order)
  const sending = await store.write('order.send', (tx) => beginSending(tx, order, clock.now()))
  if (!sending) return query({ order, offer, bank, ports })
  const { attempt } = sending
  const proof = buildProof(order, sending, sealer)
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

function buildProof(order: OrderRow, { attempt, confirmation, authorisation }: Sending, sealer: Sealer): Proof {
  const place = { tenant: order.tenant_id, table: 'confirmation', column: 'authorisation', row: confirmation.id }
  return {
    key: attempt.bank_key,
    challenge: confirmation.bank_ref,
    authorisation: sealer.open(place, authorisation),
    payloadDigest: confirmation.payload_digest,
    purpose: openPurpose(sealer, order),
  }
}

async function query({ order, offer, bank }: Asking): Promise<Asked> {
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
