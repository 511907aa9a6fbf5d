import { addMs, hours, type Instant } from '@inthread/sdk/time'
import { appendAudit, openScope, type IdSource, type Store } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { endUnused } from '../consents/end-consents.ts'
import { forgetUse, releaseGrants } from '../grants/use.store.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { commitMove, endConfirmations, lockOrder } from './order.store.ts'

/** Far longer than any dialogue waits: one that is still there belongs to a run that broke. */
const graceMs = hours(1)
const atOnce = 100

export interface Lapsing {
  readonly store: Store
  readonly ids: IdSource
  readonly now: Instant
}

/**
 * Ends orders that nobody confirmed and nobody closed, so that what they hold of their grants is free again. How many
 * there were.
 */
export async function lapseOrders({ store, ids, now }: Lapsing): Promise<number> {
  const found = await store.read('order.lapsed', (reader) =>
    sqlOf<FinanceTables>(reader)
      .selectFrom('bank_order')
      .select(['tenant_id', 'id'])
      .where('state', 'in', ['created', 'awaiting_confirmation'])
      .where('expires_at', '<=', addMs(now, -graceMs))
      .limit(sql.lit(atOnce))
      .execute(),
  )
  for (const order of found) await lapseOrder(order, { store, ids, now })
  await store.write('grant.forget', (tx) => forgetUse(tx, now))
  return found.length
}

function lapseOrder({ tenant_id: tenantId, id }: Pick<OrderRow, 'tenant_id' | 'id'>, work: Lapsing): Promise<void> {
  const { store, ids, now } = work
  const scope = openScope(tenantId)
  return store.write('order.lapse', async (tx) => {
    const order = await lockOrder(tx, { scope, orderId: id })
    if (order.state !== 'created' && order.state !== 'awaiting_confirmation') return
    const event = order.state === 'created' ? 'order_withdrawn' : 'expire'
    await commitMove(tx, order, { event, now })
    await endConfirmations(tx, order, { state: 'expired', now })
    await releaseGrants(tx, order)
    await endUnused(tx, order, { now, ports: { ids } })
    const actor = { kind: 'platform', id: 'platform' } as const
    const action = `order.${event === 'expire' ? 'expired' : 'cancelled'}`
    await appendAudit(tx, [{ scope, actor, action, object: { kind: 'order', id } }], { ids, now })
  })
}
