import type { Store } from '@inthread/store'
import { dbNow, dbNowPlus, plus, sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables, OutboxRow } from '../schema/tables.ts'
import { rankOf } from './rank.ts'

const leaseMs = 20_000

/**
 * Takes unsent messages that nobody holds, the first of each conversation only: what a crash left, or another process
 * wrote behind ours.
 */
export function claimMessages(store: Store, owner: string, limit: number): Promise<readonly OutboxRow[]> {
  return store.write('outbox.claim', async (tx) => {
    const db = sqlOf<MessagingTables>(tx)
    const candidates = await db
      .selectFrom('outbox as mine')
      .select('mine.id')
      .where('mine.state', '=', 'queued')
      .where('mine.lease_until', '<', dbNow(tx))
      .where('mine.not_before', '<=', dbNow(tx))
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.conversation_id', '=', 'mine.conversation_id')
              .whereRef('earlier.seq', '<', 'mine.seq')
              .where('earlier.state', '=', 'queued'),
          ),
        ),
      )
      .orderBy('mine.id')
      .limit(sql.lit(limit))
      .execute()
    const ids = candidates.map((row) => row.id)
    if (ids.length === 0) return []
    await db
      .updateTable('outbox')
      .set({ lease_owner: owner, lease_until: dbNowPlus(tx, leaseMs) })
      .where('id', 'in', ids)
      .where('state', '=', 'queued')
      .where('lease_until', '<', dbNow(tx))
      .execute()
    return db
      .selectFrom('outbox')
      .selectAll()
      .where('id', 'in', ids)
      .where('lease_owner', '=', owner)
      .where('state', '=', 'queued')
      .execute()
  })
}

/** Whether anything is there to claim; asked before the claim, so that an idle house writes nothing. */
export async function hasUnsent(store: Store): Promise<boolean> {
  const rows = await store.read('outbox.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('outbox')
      .select('id')
      .where('state', '=', 'queued')
      .where('lease_until', '<', dbNow(reader))
      .limit(sql.lit(1))
      .execute(),
  )
  return rows.length > 0
}

export interface Mark {
  readonly message: Pick<OutboxRow, 'id' | 'tenant_id'>
  readonly outcome:
    { readonly kind: 'sent'; readonly providerRef: string } | { readonly kind: 'rejected'; readonly reason: string }
  readonly now: number
}

/**
 * Writes down what became of messages: one statement for all that went out under our own id, which is the usual case.
 */
export function markMessages(store: Store, marks: readonly Mark[]): Promise<readonly void[]> {
  return store.write('outbox.mark', async (tx) => {
    const db = sqlOf<MessagingTables>(tx)
    const plain = marks.filter(({ message, outcome }) => outcome.kind === 'sent' && outcome.providerRef === message.id)
    if (plain.length > 0) {
      await db
        .updateTable('outbox')
        .set({ state: 'sent', rank: rankOf('sent'), provider_ref: sql.ref('id'), sent_at: plain[0]?.now ?? 0 })
        .where(
          'id',
          'in',
          plain.map(({ message }) => message.id),
        )
        .where('state', '=', 'queued')
        .execute()
    }
    for (const mark of marks) if (!plain.includes(mark)) await markOne(db, mark)
    return marks.map(() => undefined)
  })
}

async function markOne(db: ReturnType<typeof sqlOf<MessagingTables>>, { message, outcome, now }: Mark): Promise<void> {
  const change =
    outcome.kind === 'sent'
      ? { state: 'sent', rank: rankOf('sent'), provider_ref: outcome.providerRef, sent_at: now }
      : { state: 'rejected', rank: rankOf('failed'), reason: outcome.reason.slice(0, 190) }
  await db.updateTable('outbox').set(change).where('id', '=', message.id).where('state', '=', 'queued').execute()
}

/** Keeps a message for later: it and what stands behind it in its conversation waits, nothing else does. */
export function postponeMessage(
  store: Store,
  message: Pick<OutboxRow, 'id'>,
  delay: { readonly afterMs: number; readonly reason: string },
): Promise<void> {
  return store.write('outbox.postpone', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('outbox')
      .set({
        attempts: plus(tx, 'attempts', 1),
        not_before: dbNowPlus(tx, delay.afterMs),
        lease_until: dbNowPlus(tx, delay.afterMs + leaseMs),
        reason: delay.reason.slice(0, 190),
      })
      .where('id', '=', message.id)
      .where('state', '=', 'queued')
      .execute()
  })
}

/** This process has sent the last message there is: from now on its own come straight from memory. */
export function adoptConversation(
  store: Store,
  last: Pick<OutboxRow, 'conversation_id' | 'seq'>,
  owner: string,
): Promise<void> {
  return store.write('outbox.adopt', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('conversation')
      .set({ last_owner: owner })
      .where('id', '=', last.conversation_id)
      .where('out_seq', '=', last.seq)
      .execute()
  })
}

/** Gives a message back to the claim. */
export function leaveMessage(store: Store, message: Pick<OutboxRow, 'id'>, afterMs: number): Promise<void> {
  return store.write('outbox.leave', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('outbox')
      .set({ lease_until: 0, not_before: dbNowPlus(tx, afterMs) })
      .where('id', '=', message.id)
      .execute()
  })
}
