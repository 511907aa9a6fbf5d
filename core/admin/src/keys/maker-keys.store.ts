import type { Reader, Transaction } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { AdminTables } from '../tenants/tenant.store.ts'

/** A key that opens something, as its maker's leaving has to be decided by. */
export interface MakerKey {
  readonly id: string
  readonly name: string
  readonly role: string
  /** To the minute; null when nobody has come with it. */
  readonly usedAt: number | null
}

/** More than anybody has; nothing is ended in parts. */
const most = 10_000

/** The keys in force that a human has made, signed in, or with a key made so; the oldest first. */
export function listKeysOf(reader: Reader, person: string, now: number): Promise<readonly MakerKey[]> {
  return sqlOf<AdminTables>(reader)
    .selectFrom('key_holder')
    .innerJoin('admin_key', 'admin_key.id', 'key_holder.key_id')
    .select(['admin_key.id', 'key_holder.name', 'key_holder.role', 'admin_key.used_at as usedAt'])
    .where('key_holder.person', '=', person)
    .where('key_holder.revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('admin_key.created_at')
    .orderBy('admin_key.id')
    .limit(sql.lit(most))
    .execute()
}

export async function endKeys(tx: Transaction, keys: readonly MakerKey[], now: number): Promise<void> {
  if (keys.length === 0) return
  await sqlOf<AdminTables>(tx)
    .updateTable('key_holder')
    .set({ revoked_at: now })
    .where(
      'key_id',
      'in',
      keys.map(({ id }) => id),
    )
    .where('revoked_at', 'is', null)
    .execute()
}

/** They go on without their maker: somebody has said so. Whose hand made them stays written down. */
export async function keepKeys(tx: Transaction, keys: readonly MakerKey[], by: string): Promise<void> {
  if (keys.length === 0) return
  await sqlOf<AdminTables>(tx)
    .updateTable('key_holder')
    .set({ kept_by: by })
    .where(
      'key_id',
      'in',
      keys.map(({ id }) => id),
    )
    .execute()
}
