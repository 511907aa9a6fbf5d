import type { Database } from './database.store.ts'
import { textOf } from './row.ts'

export function findMeta(db: Database, key: string): string | undefined {
  const row = db.find('select value from meta where key = ?', key)
  return row && textOf(row, 'value')
}

export function commitMeta(db: Database, key: string, value: string): void {
  db.run(
    'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
    key,
    value,
  )
}
