import type { Instant } from '@inthread/sdk/time'
import { appendAudit, closeBinding, openScope, type Actor, type IdSource, type Transaction } from '@inthread/store'
import type { BoundSubscriber } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { suspendConsents } from '../consents/consent.store.ts'
import { releaseGrants } from '../grants/use.store.ts'
import { commitMove, endConfirmations, lockOrder } from '../orders/order.store.ts'
import type { FinanceTables } from '../schema/tables.ts'

export interface ClosingNumber extends BoundSubscriber {
  /** Whose word it is. */
  readonly bankId: string
  readonly now: Instant
}

/**
 * The number has a new holder, who must see nothing of the old one's: the binding ends, and with it everything that is
 * sent there. What nobody confirmed is cancelled, what the bank works on ends silently, consents no longer count, and
 * the bank's link is forgotten. The next message from the number opens a subscriber of its own.
 */
export async function closeNumber(
  tx: Transaction,
  { scope, subscriberId, bankId, now }: ClosingNumber,
  ports: { readonly ids: IdSource },
): Promise<boolean> {
  if (!(await closeBinding(tx, { scope, subscriberId }, now))) return false
  await suspendConsents(tx, { scope, subscriberId, now }, ports)
  await cancelWaiting(tx, { scope, subscriberId, bankId, now }, ports)
  await sqlOf<FinanceTables>(tx)
    .deleteFrom('bank_link')
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', subscriberId)
    .execute()
  const actor: Actor = { kind: 'bank', id: bankId }
  const object = { kind: 'subscriber', id: subscriberId }
  await appendAudit(tx, [{ scope, actor, action: 'number.closed', object }], { ids: ports.ids, now })
  return true
}

async function cancelWaiting(
  tx: Transaction,
  { scope, subscriberId, bankId, now }: ClosingNumber,
  { ids }: { readonly ids: IdSource },
): Promise<void> {
  const waiting = await sqlOf<FinanceTables>(tx)
    .selectFrom('bank_order')
    .select('id')
    .where('tenant_id', '=', scope.tenantId)
    .where('subscriber_id', '=', subscriberId)
    .where('state', 'in', ['created', 'awaiting_confirmation'])
    .orderBy('id')
    .execute()
  for (const { id } of waiting) {
    const order = await lockOrder(tx, { scope: openScope(scope.tenantId), orderId: id })
    if (order.state !== 'created' && order.state !== 'awaiting_confirmation') continue
    const event = order.state === 'created' ? 'order_withdrawn' : 'cancel'
    await commitMove(tx, order, { event, change: { reason: 'not_linked' }, now })
    await endConfirmations(tx, order, { state: 'superseded', now })
    await releaseGrants(tx, order)
    const record = { scope, actor: { kind: 'bank', id: bankId } as const, action: 'order.cancelled' }
    await appendAudit(tx, [{ ...record, object: { kind: 'order', id } }], { ids, now })
  }
}
