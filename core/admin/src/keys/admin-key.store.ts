import { createHash, randomBytes } from 'node:crypto'
import type { Actor, Store } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'
import type { AdminTables } from '../tenants/tenant.store.ts'

/** A key for the admin API. Only its digest is kept: 256 random bits need no slow hash. */
export function createAdminKey(): string {
  return `itk_${randomBytes(32).toString('base64url')}`
}

/** Lets a key in. Letting it in again changes nothing. */
export function saveAdminKey(
  store: Store,
  key: { readonly id: string; readonly key: string; readonly now: number },
): Promise<void> {
  return store.write('key.save', (tx) =>
    insertNew(tx, 'admin_key', { rows: [{ id: key.id, digest: digestOf(key.key), created_at: key.now }], key: 'id' }),
  )
}

/** Who comes with this key; undefined for a key that nobody let in. */
export async function findKeyActor(store: Store, key: string): Promise<Actor | undefined> {
  const row = await store.read('key.find', (reader) =>
    sqlOf<AdminTables>(reader)
      .selectFrom('admin_key')
      .select('id')
      .where('digest', '=', digestOf(key))
      .executeTakeFirst(),
  )
  return row && { kind: 'key', id: row.id }
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
