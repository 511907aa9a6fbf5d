import type { Store } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from './tables.ts'

/**
 * Gives back what an earlier process at the same place still holds. Only one process can listen at a place, so when
 * this one starts there, the earlier one is gone; without this its leases would be waited for.
 */
export function releasePlace(store: Store, owner: string): Promise<void> {
  return store.write('place.release', async (tx) => {
    const db = sqlOf<MessagingTables>(tx)
    await db
      .updateTable('conversation')
      .set({ lease_until: 0 })
      .where('lease_owner', '=', owner)
      .where('lease_until', '>', 0)
      .execute()
    await db
      .updateTable('outbox')
      .set({ lease_until: 0 })
      .where('lease_owner', '=', owner)
      .where('state', '=', 'queued')
      .execute()
    await db
      .updateTable('effect')
      .set({ lease_until: 0 })
      .where('lease_owner', '=', owner)
      .where('state', '=', 'new')
      .execute()
    // What this place had in its memory is there no more: everything unsent goes through the claim.
    await db.updateTable('conversation').set({ last_owner: '?' }).where('last_owner', '=', owner).execute()
  })
}

/** Pushes are remembered as long as any account could take them for fresh, and two days at least. */
export function purgeNonces(store: Store, before: number): Promise<void> {
  return store.write('nonce.purge', async (tx) => {
    await sqlOf<MessagingTables>(tx).deleteFrom('nonce').where('seen_at', '<', before).execute()
  })
}
