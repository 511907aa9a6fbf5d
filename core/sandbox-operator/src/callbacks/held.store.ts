import type { Database } from '../database/open-database.ts'

/** Callbacks kept back so that they can go out in the wrong order. */
export interface HeldStore {
  readonly hold: (callbackId: number, faultId: number, until: number) => void
  /** Lets the group go, newest first. */
  readonly release: (faultId: number) => void
  readonly releaseAll: () => void
  readonly listOverdue: (now: number) => number[]
  readonly findNextUntil: () => number | undefined
}

export function createHeldStore(db: Database): HeldStore {
  const release = (faultId: number): void => {
    const rows = db.list<{ id: number; position: number }>(
      'select id, position from callback where held_by = ? order by position',
      faultId,
    )
    const positions = rows.map(({ position }) => position).reverse()
    rows.forEach(({ id, position }, place) => {
      const sql = 'update callback set position = ?, held_by = null, held_until = null where id = ?'
      db.run(sql, positions[place] ?? position, id)
    })
  }
  const listGroups = (until: number): number[] =>
    db
      .list<{ held_by: number }>(
        'select held_by from callback where held_by is not null group by held_by having min(held_until) <= ?',
        until,
      )
      .map((row) => row.held_by)
  return {
    hold: (callbackId, faultId, until) => {
      db.run('update callback set held_by = ?, held_until = ? where id = ?', faultId, until, callbackId)
    },
    release,
    releaseAll: () => listGroups(Number.MAX_SAFE_INTEGER).forEach(release),
    listOverdue: listGroups,
    findNextUntil: () =>
      db.find<{ at: number | null }>('select min(held_until) as at from callback where held_by is not null')?.at ??
      undefined,
  }
}
