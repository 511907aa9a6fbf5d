import { Fault } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'
import { openScope, platformActor, type Actor, type Store, type Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { buildRefundHold } from '../book/refund-movements.ts'
import { bookedRefundOf } from '../orders/booked.ts'
import { getOrder } from '../orders/order.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import { auditRefund } from './audit-refund.ts'
import { commitRefundMove, isDisputed, lockRefund, takeFromCaptured, type RefundName } from './refund.store.ts'
import { listUndecided } from './refund.view.store.ts'
import { tellScene } from './tell-refund.ts'

type DecisionPorts = Pick<FinancePorts, 'ids' | 'mailbox'>

export interface RefundDecision extends RefundName {
  readonly by: Actor
  readonly now: Instant
}

/** A second person agrees: from here on the bank decides. What is left of the payment counts now. */
export async function approveRefund(
  tx: Transaction,
  decision: RefundDecision,
  ports: DecisionPorts & Pick<FinancePorts, 'sealer'>,
): Promise<void> {
  const { scope, now, by } = decision
  const refund = await lockRefund(tx, decision)
  const order = await getOrder(tx, { scope, orderId: refund.order_id })
  if (await isDisputed(tx, order)) throw new Fault('refund.disputed', { data: { refund: refund.id } })
  if (!(await takeFromCaptured(tx, order, refund.amount_minor)))
    throw new Fault('refund.more_than_left', { data: { refund: refund.id } })
  await commitRefundMove(tx, refund, { event: 'approve', change: { task: 'submit', task_at: now }, now })
  await insertAll(tx, 'movement', [buildRefundHold(bookedRefundOf(refund, order, ports.sealer), now)])
  await auditRefund(tx, { refund, action: 'refund.approved', by, now }, ports)
}

/** Nobody agrees, or nobody in time. */
export async function rejectRefund(tx: Transaction, decision: RefundDecision, ports: DecisionPorts): Promise<void> {
  const refund = await lockRefund(tx, decision)
  await reject(tx, refund, { ...decision, ports })
}

async function reject(
  tx: Transaction,
  refund: RefundRow,
  { by, now, ports }: Pick<RefundDecision, 'by' | 'now'> & { readonly ports: DecisionPorts },
): Promise<void> {
  await commitRefundMove(tx, refund, { event: 'reject', change: { settled_at: now, failure: 'declined' }, now })
  await auditRefund(tx, { refund, action: 'refund.rejected', by, now }, ports)
  const outcome = { name: 'declined' as const, data: { reason: 'declined' } }
  await tellScene(tx, refund, {
    outcome,
    event: { name: 'settled', data: { result: 'declined' } },
    mailbox: ports.mailbox,
  })
}

/** Ends what waited for a second person for longer than a proposal lives. How many there were. */
export async function lapseRefunds(ports: DecisionPorts & { readonly store: Store }, now: Instant): Promise<number> {
  const found = await ports.store.read('refund.lapsed', (reader) => listUndecided(reader, now))
  for (const { tenant_id: tenantId, id } of found) {
    await ports.store.write('refund.lapse', async (tx) => {
      const refund = await lockRefund(tx, { scope: openScope(tenantId), refundId: id })
      if (refund.state === 'awaiting_approval') await reject(tx, refund, { by: platformActor, now, ports })
    })
  }
  return found.length
}
