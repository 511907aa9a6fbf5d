import { sqlOf, type Store } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import { mergeAll } from '../sql/statements.ts'

/** A value that belongs to the installation and is shared by its processes, like the sandbox's clock offset. */
export async function findSetting(store: Store, name: string): Promise<string | undefined> {
  const row = await store.read('setting.find', (reader) =>
    sqlOf<StoreTables>(reader).selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst(),
  )
  return row?.value
}

export function saveSetting(store: Store, name: string, value: string): Promise<void> {
  return store.write('setting.save', (tx) =>
    mergeAll(tx, 'setting', { rows: [{ name, value }], key: ['name'], update: ['value'] }),
  )
}
