import { sqlOf, type Store, type Transaction } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import { dbNow, dbNowPlus, insertNew, plus } from '../sql/statements.ts'

/**
 * A named lease: one owner at a time, until it runs out or is given back. The fence grows with every change of hands.
 */
export interface LeaseRequest {
  readonly name: string
  readonly owner: string
  readonly leaseMs: number
}

/** The fence when the lease is ours now, undefined while somebody else holds it. Holding it already prolongs it. */
export function claimLease(store: Store, request: LeaseRequest): Promise<number | undefined> {
  return store.write('lease.claim', async (tx) => {
    await insertNew(tx, 'lease', { rows: [{ name: request.name, owner: '', until: 0, fence: 0 }], key: 'name' })
    const taken = await sqlOf<StoreTables>(tx)
      .updateTable('lease')
      .set({ owner: request.owner, until: dbNowPlus(tx, request.leaseMs), fence: plus(tx, 'fence', 1) })
      .where('name', '=', request.name)
      .where((where) => where.or([where('until', '<', dbNow(tx)), where('owner', '=', request.owner)]))
      .executeTakeFirst()
    return taken.numUpdatedRows === 1n ? readFence(tx, request.name) : undefined
  })
}

export function releaseLease(store: Store, request: Pick<LeaseRequest, 'name' | 'owner'>): Promise<void> {
  return store.write('lease.release', async (tx) => {
    await sqlOf<StoreTables>(tx)
      .updateTable('lease')
      .set({ until: 0 })
      .where('name', '=', request.name)
      .where('owner', '=', request.owner)
      .execute()
  })
}

async function readFence(tx: Transaction, name: string): Promise<number> {
  const row = await sqlOf<StoreTables>(tx)
    .selectFrom('lease')
    .select('fence')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.fence
}
