import type { Reader } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { AdminTables } from '../tenants/tenant.store.ts'
import type { KeyHolder } from './key-holder.ts'

/**
 * Whether who made a proposal is the human who decides it, whatever each of them came with. Of two keys that nobody
 * signed in has made, nothing is known: they are two.
 */
export async function isSamePerson(
  reader: Reader,
  maker: string,
  { person }: Pick<KeyHolder, 'person'>,
): Promise<boolean> {
  if (person === undefined) return false
  const at = maker.indexOf(':')
  const [kind, id] = [maker.slice(0, at), maker.slice(at + 1)]
  if (kind === 'person') return id === person
  const row = await sqlOf<AdminTables>(reader)
    .selectFrom('key_holder')
    .select('person')
    .where('key_id', '=', id)
    .executeTakeFirst()
  return row?.person === person
}
