import type { Store } from '@inthread/store'
import { dbNow, dbNowPlus, plus, sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables, OutboxRow } from '../schema/tables.ts'
import { rankOf } from './rank.ts'

/** How long a message belongs to the process that has it in memory. */
export const leaseMs = 20_000

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

/**
 * Whether anything is there to claim: nothing, something that has to wait, or something now. Asked before the claim, so
 * that an idle house writes nothing.
 */
export async function findUnsent(store: Store): Promise<'none' | 'later' | 'now'> {
  const [row] = await store.read('outbox.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('outbox')
      .select((select) => select.fn.min<number | null>('not_before').as('earliest'))
      .select(dbNow(reader).as('now'))
      .where('state', '=', 'queued')
      .where('lease_until', '<', dbNow(reader))
      .execute(),
  )
  if (!row || row.earliest === null) return 'none'
  return row.earliest <= row.now ? 'now' : 'later'
}

/** Keeps what waits in this process's memory its own. */
export function renewLeases(store: Store, ids: readonly string[], owner: string): Promise<void> {
  return store.write('outbox.renew', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('outbox')
      .set({ lease_until: dbNowPlus(tx, leaseMs) })
      .where('id', 'in', [...ids])
      .where('lease_owner', '=', owner)
      .where('state', '=', 'queued')
      .execute()
  })
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
      : { state: 'rejected', rank: rankOf('failed'), reason: clip(outcome.reason) }
  await db.updateTable('outbox').set(change).where('id', '=', message.id).where('state', '=', 'queued').execute()
}

/** Why a message is not out yet, and when it may be tried again. */
export interface Delay {
  readonly afterMs: number
  /** Present when the operator was asked, which counts as a try. */
  readonly reason: string | undefined
}

/**
 * Gives a message and those behind it in its conversation back to the claim, which keeps their order; what is written
 * into the conversation from now on goes through the claim too.
 */
export function leaveMessages(store: Store, messages: readonly Left[], delay: Delay): Promise<void> {
  return store.write('outbox.leave', async (tx) => {
    const [first] = messages
    if (!first) return
    const db = sqlOf<MessagingTables>(tx)
    const tried = delay.reason === undefined ? {} : { attempts: plus(tx, 'attempts', 1), reason: clip(delay.reason) }
    await db.updateTable('conversation').set({ last_owner: '?' }).where('id', '=', first.conversation_id).execute()
    await db
      .updateTable('outbox')
      .set({ ...tried, lease_until: 0, not_before: dbNowPlus(tx, delay.afterMs) })
      .where('id', '=', first.id)
      .where('state', '=', 'queued')
      .execute()
    const behind = messages.slice(1).map(({ id }) => id)
    if (behind.length > 0)
      await db
        .updateTable('outbox')
        .set({ lease_until: 0 })
        .where('id', 'in', behind)
        .where('state', '=', 'queued')
        .execute()
  })
}

export type Left = Pick<OutboxRow, 'id' | 'conversation_id'>

function clip(reason: string): string {
  return reason.slice(0, 190)
}

/**
 * When this process has sent the last message there is, its own come straight from memory from now on. False when more
 * has been written meanwhile.
 */
export function adoptConversation(
  store: Store,
  last: Pick<OutboxRow, 'conversation_id' | 'seq'>,
  owner: string,
): Promise<boolean> {
  return store.write('outbox.adopt', async (tx) => {
    const adopted = await sqlOf<MessagingTables>(tx)
      .updateTable('conversation')
      .set({ last_owner: owner })
      .where('id', '=', last.conversation_id)
      .where('out_seq', '=', last.seq)
      .executeTakeFirst()
    return adopted.numUpdatedRows > 0n
  })
}
