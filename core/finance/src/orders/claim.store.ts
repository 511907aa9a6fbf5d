import type { Instant } from '@inthread/sdk/time'
import type { Store } from '@inthread/store'
import { dbNow, dbNowPlus, sql, sqlOf } from '@inthread/store/sql'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'

const leaseMs = 20_000

/** Orders for which something has to be done at the bank now, leased to this process. */
export async function claimOrders(
  store: Store,
  request: { readonly now: Instant; readonly owner: string; readonly limit: number },
): Promise<readonly OrderRow[]> {
  const found = await store.read('order.find', (reader) =>
    sqlOf<FinanceTables>(reader)
      .selectFrom('bank_order')
      .select(['tenant_id', 'id'])
      .where('task', 'in', ['submit', 'query'])
      .where('task_at', '<=', request.now)
      .where('lease_until', '<', dbNow(reader))
      .limit(sql.lit(request.limit))
      .execute(),
  )
  if (found.length === 0) return []
  const tenants = [...new Set(found.map((row) => row.tenant_id))]
  const ids = found.map((row) => row.id)
  return store.write('order.claim', async (tx) => {
    const db = sqlOf<FinanceTables>(tx)
    await db
      .updateTable('bank_order')
      .set({ lease_owner: request.owner, lease_until: dbNowPlus(tx, leaseMs) })
      .where('tenant_id', 'in', tenants)
      .where('id', 'in', ids)
      .where('state', '=', 'processing')
      .where('lease_until', '<', dbNow(tx))
      .execute()
    return db
      .selectFrom('bank_order')
      .selectAll()
      .where('tenant_id', 'in', tenants)
      .where('id', 'in', ids)
      .where('lease_owner', '=', request.owner)
      .where('lease_until', '>', dbNow(tx))
      .where('state', '=', 'processing')
      .execute()
  })
}

export async function releaseOrder(
  store: Store,
  order: Pick<OrderRow, 'tenant_id' | 'id'>,
  owner: string,
): Promise<void> {
  await store.write('order.release', async (tx) => {
    await sqlOf<FinanceTables>(tx)
      .updateTable('bank_order')
      .set({ lease_until: 0 })
      .where('tenant_id', '=', order.tenant_id)
      .where('id', '=', order.id)
      .where('lease_owner', '=', owner)
      .execute()
  })
}

/** Gives back what an earlier process at the same place held: it is gone when this one listens there. */
export async function releasePlace(store: Store, owner: string): Promise<void> {
  await store.write('place.release', async (tx) => {
    await sqlOf<FinanceTables>(tx)
      .updateTable('bank_order')
      .set({ lease_until: 0 })
      .where('lease_owner', '=', owner)
      .where('lease_until', '>', 0)
      .execute()
  })
}
