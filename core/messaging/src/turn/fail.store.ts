import type { Reader, Store } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { InboxRow, MessagingTables } from '../schema/tables.ts'

/** Items that nobody can handle: kept, visible to operators, and out of the way of what comes after them. */
export function failItems(store: Store, ids: readonly string[]): Promise<void> {
  return store.write('turn.fail', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('inbox')
      .set({ state: 'failed' })
      .where('id', 'in', [...ids])
      .execute()
  })
}

export async function readState(reader: Reader, itemId: string): Promise<InboxRow['state'] | undefined> {
  const row = await sqlOf<MessagingTables>(reader)
    .selectFrom('inbox')
    .select('state')
    .where('id', '=', itemId)
    .executeTakeFirst()
  return row?.state
}
