import type { Instant } from '@inthread/sdk/time'
import type { Store } from '@inthread/store'
import { dbNow, dbNowPlus, sql, sqlOf } from '@inthread/store/sql'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'

const leaseMs = 20_000

/** Refunds for which something has to be done at the bank now, leased to this process. */
export async function claimRefunds(
  store: Store,
  request: { readonly now: Instant; readonly owner: string; readonly limit: number },
): Promise<readonly RefundRow[]> {
  const found = await store.read('refund.find', (reader) =>
    sqlOf<FinanceTables>(reader)
      .selectFrom('refund')
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
  return store.write('refund.claim', async (tx) => {
    const db = sqlOf<FinanceTables>(tx)
    await db
      .updateTable('refund')
      .set({ lease_owner: request.owner, lease_until: dbNowPlus(tx, leaseMs) })
      .where('tenant_id', 'in', tenants)
      .where('id', 'in', ids)
      .where('state', '=', 'processing')
      .where('lease_until', '<', dbNow(tx))
      .execute()
    return db
      .selectFrom('refund')
      .selectAll()
      .where('tenant_id', 'in', tenants)
      .where('id', 'in', ids)
      .where('lease_owner', '=', request.owner)
      .where('lease_until', '>', dbNow(tx))
      .where('state', '=', 'processing')
      .execute()
  })
}

/** One refund, or everything that an earlier process at this place held. */
export async function releaseRefunds(
  store: Store,
  owner: string,
  refund?: Pick<RefundRow, 'tenant_id' | 'id'>,
): Promise<void> {
  await store.write('refund.release', async (tx) => {
    let update = sqlOf<FinanceTables>(tx)
      .updateTable('refund')
      .set({ lease_until: 0 })
      .where('lease_owner', '=', owner)
      .where('lease_until', '>', 0)
    if (refund) update = update.where('tenant_id', '=', refund.tenant_id).where('id', '=', refund.id)
    await update.execute()
  })
}
