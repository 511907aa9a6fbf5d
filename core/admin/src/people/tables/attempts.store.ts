import { createHash } from 'node:crypto'
import type { Store } from '@inthread/store'
import { dbNow, dbNowPlus, insertNew, sql, sqlOf } from '@inthread/store/sql'

interface AttemptTables {
  auth_attempt: { name: string; began_at: number; tries: number }
}

export interface AttemptLimit {
  /** What is counted, like an address; only its digest is kept. */
  readonly name: string
  readonly most: number
  readonly windowMs: number
}

/** Longer than any window. */
const keptMs = 86_400_000

/**
 * Takes one attempt; false when there were too many in this window. Counted in the database, whose clock it is, so that
 * all processes count together, and before the attempt is made, so that many at once are no way around it.
 */
export async function takeAttempt(store: Store, { name, most, windowMs }: AttemptLimit): Promise<boolean> {
  const key = digestOf(name)
  return store.write('auth.attempt', async (tx) => {
    const db = sqlOf<AttemptTables>(tx)
    const over = sql<boolean>`began_at + ${sql.lit(windowMs * 1000)} <= ${dbNow(tx)}`
    await db.deleteFrom('auth_attempt').where('began_at', '<', dbNowPlus(tx, -keptMs)).execute()
    await insertNew(tx, 'auth_attempt', { rows: [{ name: key, began_at: dbNow(tx), tries: 0 }], key: 'name' })
    await db
      .updateTable('auth_attempt')
      .set({ tries: 0, began_at: dbNow(tx) })
      .where('name', '=', key)
      .where(over)
      .execute()
    const taken = await db
      .updateTable('auth_attempt')
      .set({ tries: sql`tries + 1` })
      .where('name', '=', key)
      .where('tries', '<', most)
      .executeTakeFirst()
    return taken.numUpdatedRows === 1n
  })
}

/** It went well: what was tried before counts no more. */
export async function forgetAttempts(store: Store, names: readonly string[]): Promise<void> {
  await store.write('auth.attempt.forget', (tx) =>
    sqlOf<AttemptTables>(tx).deleteFrom('auth_attempt').where('name', 'in', names.map(digestOf)).execute(),
  )
}

function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex')
}
