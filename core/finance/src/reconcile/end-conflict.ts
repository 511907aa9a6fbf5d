import { Fault } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, openScope, type Actor, type Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { buildPosting, buildVoids } from '../book/movements.ts'
import { releaseGrants } from '../grants/use.store.ts'
import { bookedOf, capturedOf } from '../orders/booked.ts'
import { commitMove, lockOrder } from '../orders/order.store.ts'
import type { FinancePorts, Letter } from '../ports.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import { findRefund } from '../refunds/refund.store.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { OrderRow } from '../schema/tables.ts'

export interface Ending {
  readonly row: BreakRow
  readonly paid: boolean
  readonly by: Actor
  readonly now: Instant
}

type EndPorts = Pick<FinancePorts, 'ids' | 'mailbox' | 'log' | 'clock' | 'sealer'>

/** Ends what the bank and we had spoken differently about, as two people decided; the conversations that were told. */
export function endConflict(tx: Transaction, ending: Ending, ports: EndPorts): Promise<readonly string[]> {
  return ending.row.refund_id === null ? endOrder(tx, ending, ports) : endRefund(tx, ending, ports)
}

async function endOrder(tx: Transaction, { row, paid, by, now }: Ending, ports: EndPorts): Promise<readonly string[]> {
  const scope = openScope(row.tenant_id)
  const order = await lockOrder(tx, { scope, orderId: row.order_id })
  const event = paid ? 'resolve_paid' : 'resolve_unpaid'
  const fee = { amountMinor: readFee(row), currency: order.currency }
  const booked = bookedOf(order, ports.sealer)
  const more = paid ? { fee_minor: fee.amountMinor, ...capturedOf(order, booked, now) } : {}
  const change = { settled_at: now, task: null, task_at: null, ...more }
  await commitMove(tx, order, { event, change: paid ? change : { ...change, reason: 'declined' }, now })
  await insertAll(tx, 'movement', paid ? buildPosting(booked, fee, now) : buildVoids(booked, now))
  if (!paid) await releaseGrants(tx, order)
  const object = { kind: 'order', id: order.id }
  const action = `order.${paid ? 'succeeded' : 'failed'}`
  await appendAudit(tx, [{ scope, actor: by, action, object, data: { break: row.id } }], { ids: ports.ids, now })
  await ports.mailbox.tell(tx, [buildLetter(order, paid)])
  return [order.conversation_id]
}

/** A fee that the bank named with another amount is not believed before its own line is there. */
function readFee({ detail }: BreakRow): bigint {
  const { fee } = decodeJson(detail) as { readonly fee?: unknown }
  return typeof fee === 'string' && /^\d{1,18}$/.test(fee) ? BigInt(fee) : 0n
}

function buildLetter(order: OrderRow, paid: boolean): Letter {
  const data = paid ? { receipt: order.number } : { reason: 'declined' }
  const name = paid ? 'succeeded' : 'declined'
  return {
    scope: openScope(order.tenant_id),
    conversationId: order.conversation_id,
    runId: order.run_id,
    key: `${order.id}:final`,
    outcome: { name, data },
    event: { name: 'settled', data: { result: name, ...data } },
  }
}

async function endRefund(tx: Transaction, { row, paid }: Ending, ports: EndPorts): Promise<readonly string[]> {
  const refund = await findRefund(tx, { scope: openScope(row.tenant_id), refundId: row.refund_id ?? '' })
  if (refund?.state !== 'processing')
    throw new Fault('break.decision_unfit', { data: { break: row.id, state: refund?.state ?? '', decision: 'paid' } })
  const view = { bankRef: refund.bank_ref ?? '', version: refund.bank_version, fee: undefined }
  const judgement = paid
    ? ({ kind: 'succeeded', view } as const)
    : ({ kind: 'failed', reason: 'declined', code: 'resolved' } as const)
  return commitRefundJudgement(tx, { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }, ports)
}
