import type { Reader } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'

/** What waits, over all tenants: each counted up to a limit, because it is read again and again. */
export interface MessagingBacklog {
  /** Items that no turn has taken up, and when the oldest of them came. */
  readonly inbox: number
  readonly inboxOldestAt: number | null
  /** Messages that are not out, and when the oldest of them was written. */
  readonly outbox: number
  readonly outboxOldestAt: number | null
  /** Questions to banks and hosts that are not answered. */
  readonly effects: number
}

const countedAtMost = 10_000

export async function readMessagingBacklog(reader: Reader): Promise<MessagingBacklog> {
  const inbox = await count(reader, { table: 'inbox', at: 'received_at', state: 'new' })
  const outbox = await count(reader, { table: 'outbox', at: 'created_at', state: 'queued' })
  const effects = await count(reader, { table: 'effect', at: 'created_at', state: 'new' })
  return {
    ...{ inbox: inbox.waiting, inboxOldestAt: inbox.oldest },
    ...{ outbox: outbox.waiting, outboxOldestAt: outbox.oldest, effects: effects.waiting },
  }
}

interface Counted {
  readonly table: 'inbox' | 'outbox' | 'effect'
  readonly at: string
  readonly state: string
}

async function count(
  reader: Reader,
  { table, at, state }: Counted,
): Promise<{ readonly waiting: number; readonly oldest: number | null }> {
  const some = sql`select ${sql.ref(at)} as at from ${sql.table(table)} where state = ${state}
    limit ${sql.lit(countedAtMost)}`
  const query = sql<{ waiting: number; oldest: number | null }>`select count(*) as waiting, min(at) as oldest
    from (${some}) as some`
  const { rows } = await query.execute(sqlOf<MessagingTables>(reader))
  return rows[0] ?? { waiting: 0, oldest: null }
}
