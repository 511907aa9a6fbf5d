import type { Money } from '@inthread/sdk/money'
import { addMs, hours, type Instant } from '@inthread/sdk/time'
import { commitProposal, deriveId, makerNameOf, type Actor, type Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { buildRefundHold } from '../book/refund-movements.ts'
import { readTerms } from '../payouts/terms.store.ts'
import { needsSecondPerson } from '../payouts/terms.ts'
import { bookedRefundOf } from '../orders/booked.ts'
import { lockOrder } from '../orders/order.store.ts'
import { routeOf } from '../orders/route.ts'
import type { FinancePorts } from '../ports.ts'
import { moveBy, refundMachine } from '../schema/book-machines.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { OrderRow } from '../schema/tables.ts'
import { auditRefund } from './audit-refund.ts'
import { takeRefundTurn } from './take-refund-turn.store.ts'
import {
  findRefund,
  findSold,
  isDisputed,
  leftOf,
  returnToCaptured,
  takeFromCaptured,
  type RefundName,
} from './refund.store.ts'
import { tellScene } from './tell-refund.ts'

/** A wish to give money back, of a person at the desk or of the scene that sold. */
export interface NewRefund extends RefundName {
  /** The order's id, or the number that people read out. */
  readonly order: string
  /** Undefined for all that is left. */
  readonly amount: Money | undefined
  readonly reason: string | undefined
  readonly by: Actor
  /** For a scene: it gives back only what it sold itself, to the user that it talks to, and is told how it ends. */
  readonly scene:
    | {
        readonly botId: string
        readonly plugin: string
        readonly subscriberId: string
        readonly conversationId: string
        readonly runId: string
      }
    | undefined
  readonly now: Instant
}

export type RefundRefusal =
  /** No such order, or none of this scene's with this user. */
  | 'order_unknown'
  /** Nothing was captured, or nothing yet. */
  | 'not_captured'
  | 'more_than_left'
  /** The bank says that the payment was taken back, and nobody has decided that yet. */
  | 'disputed'
  | 'wrong_currency'
  | 'too_many'

export type RefundOpening =
  | {
      readonly kind: 'opened'
      readonly refund: RefundRow
      /** What a second person has to approve. */
      readonly waiting: { readonly proposal: string; readonly digest: string } | undefined
    }
  | { readonly kind: 'refused'; readonly code: RefundRefusal }

export const refundSubject = 'refund.approve'

type RefundPorts = Pick<FinancePorts, 'sealer' | 'ids' | 'mailbox' | 'traces'>

/** Opens a refund, in the transaction of whoever asks. The same one that is asked for twice is one refund. */
export async function requestRefund(tx: Transaction, wanted: NewRefund, ports: RefundPorts): Promise<RefundOpening> {
  const known = await findRefund(tx, wanted)
  if (known) return { kind: 'opened', refund: known, waiting: undefined }
  const sold = await findSold(tx, wanted.scope, wanted)
  if (!sold) return { kind: 'refused', code: 'order_unknown' }
  // Kept from here on: what was given back so far is counted by one after the other.
  const order = await lockOrder(tx, { scope: wanted.scope, orderId: sold.id })
  const amount = wanted.amount ?? { amountMinor: leftOf(order), currency: order.currency }
  const refusal = findRefusal(order, amount)
  if (refusal) return { kind: 'refused', code: refusal }
  if (await isDisputed(tx, order)) return { kind: 'refused', code: 'disputed' }
  const { terms } = await readTerms(tx, wanted.scope)
  const soFar = { ...amount, amountMinor: order.refunded_minor + amount.amountMinor }
  if (needsSecondPerson(terms, soFar)) return openWaiting(tx, { wanted, order, amount }, ports)
  return openAtOnce(tx, { wanted, order, amount }, ports)
}

function findRefusal(order: OrderRow, amount: Money): RefundRefusal | undefined {
  // What has a route of its own is no payment of the merchant's: it goes back only where its capability says how.
  const foreign = order.route !== null && routeOf(order).bank?.refunds === undefined
  if (order.state !== 'succeeded' || order.bank_ref === null || foreign) return 'not_captured'
  if (amount.currency !== order.currency) return 'wrong_currency'
  return amount.amountMinor <= 0n || amount.amountMinor > leftOf(order) ? 'more_than_left' : undefined
}

interface Opening {
  readonly wanted: NewRefund
  readonly order: OrderRow
  readonly amount: Money
}

async function openAtOnce(tx: Transaction, opening: Opening, ports: RefundPorts): Promise<RefundOpening> {
  const { wanted, order, amount } = opening
  if (!(await takeFromCaptured(tx, order, amount.amountMinor))) return { kind: 'refused', code: 'more_than_left' }
  if (!(await takeRefundTurn(tx, wanted.scope, wanted.now))) return giveTurnBack(tx, opening)
  const state = moveBy(refundMachine, { from: 'requested', event: 'submit' })
  const refund: RefundRow = { ...buildRow(opening, ports), state, task: 'submit', task_at: wanted.now }
  await insertAll(tx, 'refund', [refund])
  await insertAll(tx, 'movement', [buildRefundHold(bookedRefundOf(refund, order, ports.sealer), wanted.now)])
  await auditRefund(tx, { refund, action: 'refund.requested', by: wanted.by, now: wanted.now }, ports)
  return { kind: 'opened', refund, waiting: undefined }
}

async function giveTurnBack(tx: Transaction, { order, amount }: Opening): Promise<RefundOpening> {
  await returnToCaptured(tx, order, amount.amountMinor)
  return { kind: 'refused', code: 'too_many' }
}

/** Nothing is held before somebody else has agreed: what is left then counts. */
async function openWaiting(tx: Transaction, opening: Opening, ports: RefundPorts): Promise<RefundOpening> {
  const { wanted, amount } = opening
  if (!(await takeRefundTurn(tx, wanted.scope, wanted.now))) return { kind: 'refused', code: 'too_many' }
  const state = moveBy(refundMachine, { from: 'requested', event: 'over_threshold' })
  const proposal = deriveId(wanted.refundId, 'proposal')
  const refund: RefundRow = {
    ...buildRow(opening, ports),
    state,
    proposal_id: proposal,
    told_unknown: wanted.scene ? 1 : 0,
  }
  await insertAll(tx, 'refund', [refund])
  const change = {
    refund: refund.id,
    order: opening.order.number,
    value: amount.amountMinor.toString(),
    currency: amount.currency,
  }
  const digest = await commitProposal(tx, wanted.scope, {
    id: proposal,
    subject: refundSubject,
    change,
    maker: wanted.by,
    now: wanted.now,
  })
  await auditRefund(tx, { refund, action: 'refund.waits', by: wanted.by, now: wanted.now }, ports)
  await tellScene(tx, refund, { outcome: { name: 'unknown', data: {} }, event: null, mailbox: ports.mailbox })
  return { kind: 'opened', refund, waiting: { proposal, digest } }
}

function buildRow({ wanted, order, amount }: Opening, { sealer, traces }: RefundPorts): RefundRow {
  const place = { tenant: order.tenant_id, table: 'refund', column: 'reason', row: wanted.refundId }
  return {
    tenant_id: order.tenant_id,
    id: wanted.refundId,
    order_id: order.id,
    bank_id: order.bank_id,
    state: 'requested',
    version: 1,
    amount_minor: amount.amountMinor,
    currency: amount.currency,
    fee_minor: null,
    reason: wanted.reason === undefined ? null : sealer.seal(place, wanted.reason),
    asked_by: makerNameOf(wanted.by),
    proposal_id: null,
    expires_at: addMs(wanted.now, hours(24)),
    conversation_id: wanted.scene?.conversationId ?? null,
    run_id: wanted.scene?.runId ?? null,
    bank_ref: null,
    bank_version: 0,
    failure: null,
    told_unknown: 0,
    task: null,
    task_at: null,
    attempts: 0,
    unanswered: 0,
    sent_at: null,
    queries: 0,
    failures: 0,
    lease_owner: '',
    lease_until: 0,
    created_at: wanted.now,
    settled_at: null,
    updated_at: wanted.now,
    traceparent: traces.current().traceparent,
  }
}
