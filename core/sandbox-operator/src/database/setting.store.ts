import type { Database } from './open-database.ts'

export interface SettingStore {
  readonly find: (name: string) => string | undefined
  readonly put: (name: string, value: string) => void
}

export function createSettingStore(db: Database): SettingStore {
  return {
    find: (name) => db.find<{ value: string }>('select value from setting where name = ?', name)?.value,
    put: (name, value) => {
      db.run('insert into setting values (?, ?) on conflict (name) do update set value = excluded.value', name, value)
    },
  }
}

/** The next free row id, needed before the insert because it is part of what seals the row. */
export function nextId(db: Database, table: 'thread' | 'exchange' | 'callback'): number {
  return db.find<{ id: number }>(`select coalesce(max(id), 0) + 1 as id from ${table}`)?.id ?? 1
}

export function nextSeq(db: Database): number {
  return db.find<{ seq: number }>('select coalesce(max(seq), 0) + 1 as seq from message')?.seq ?? 1
}
