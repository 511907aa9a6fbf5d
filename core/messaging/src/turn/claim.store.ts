import type { Store, Transaction } from '@inthread/store'
import { dbNow, dbNowPlus, plus, sql, sqlOf } from '@inthread/store/sql'
import type { ConversationRow, InboxRow, MessagingTables } from '../schema/tables.ts'

/** A conversation that is ours for a while, with the oldest item that waits in it. */
export interface Claimed {
  readonly conversation: ConversationRow
  readonly item: InboxRow
  /** More is waiting behind it. */
  readonly more: boolean
}

/**
 * A turn takes milliseconds; a process that dies is waited for this long, or until it starts again at the same place.
 */
const leaseMs = 10_000

/**
 * Takes the leases it can get and the first waiting item of each conversation; the fence grows with every claim. What
 * waits is looked up once the leases are ours: before, another process may still be through with an item.
 */
export function claimConversations(store: Store, ids: readonly string[], owner: string): Promise<readonly Claimed[]> {
  return store.write('turn.claim', async (tx) => {
    const busy = (await findHeads(tx, ids)).map((head) => head.conversationId)
    if (busy.length === 0) return []
    const conversations = await leaseConversations(tx, busy, owner)
    const leased = conversations.map(({ id }) => id)
    const heads = leased.length > 0 ? await findHeads(tx, leased) : []
    const idle = leased.filter((id) => !heads.some(({ conversationId }) => conversationId === id))
    if (idle.length > 0) await giveBack(tx, idle)
    const items = heads.length > 0 ? await listItems(tx, heads) : []
    const byId = new Map(conversations.map((row) => [row.id, row]))
    const waiting = new Map(heads.map((head) => [head.conversationId, head.waiting]))
    return items.flatMap((item) => {
      const conversation = byId.get(item.conversation_id ?? '')
      return conversation ? [{ conversation, item, more: (waiting.get(conversation.id) ?? 0) > 1 }] : []
    })
  })
}

interface Head {
  readonly conversationId: string
  readonly first: string
  readonly waiting: number
}

async function findHeads(tx: Transaction, ids: readonly string[]): Promise<readonly Head[]> {
  const rows = await sqlOf<MessagingTables>(tx)
    .selectFrom('inbox')
    .select((select) => [
      'conversation_id',
      select.fn.min('id').as('first'),
      select.fn.countAll<number>().as('waiting'),
    ])
    .where('state', '=', 'new')
    .where('conversation_id', 'in', [...ids])
    .groupBy('conversation_id')
    .execute()
  return rows.map((row) => ({
    conversationId: row.conversation_id ?? '',
    first: String(row.first),
    waiting: row.waiting,
  }))
}

async function leaseConversations(
  tx: Transaction,
  ids: readonly string[],
  owner: string,
): Promise<readonly ConversationRow[]> {
  const db = sqlOf<MessagingTables>(tx)
  await db
    .updateTable('conversation')
    .set({ lease_owner: owner, lease_until: dbNowPlus(tx, leaseMs), fence: plus(tx, 'fence', 1) })
    .where('id', 'in', [...ids])
    .where((where) => where.or([where('lease_until', '<', dbNow(tx)), where('lease_owner', '=', owner)]))
    .execute()
  return db
    .selectFrom('conversation')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('lease_owner', '=', owner)
    .where('lease_until', '>', dbNow(tx))
    .execute()
}

async function giveBack(tx: Transaction, ids: readonly string[]): Promise<void> {
  await sqlOf<MessagingTables>(tx).updateTable('conversation').set({ lease_until: 0 }).where('id', 'in', ids).execute()
}

function listItems(tx: Transaction, heads: readonly Head[]): Promise<readonly InboxRow[]> {
  return sqlOf<MessagingTables>(tx)
    .selectFrom('inbox')
    .selectAll()
    .where(
      'id',
      'in',
      heads.map((head) => head.first),
    )
    .execute()
}

/** What this process cannot serve is for the next one at once. */
export function leaveConversations(store: Store, ids: readonly string[], owner: string): Promise<void> {
  return store.write('turn.leave', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('conversation')
      .set({ lease_until: 0 })
      .where('id', 'in', [...ids])
      .where('lease_owner', '=', owner)
      .execute()
  })
}

export interface WaitingQuery {
  readonly limit: number
  /** Tenants that this process does not have in force: theirs would keep all others from being found. */
  readonly except: readonly string[]
}

/** Conversations with waiting items that nobody holds: what a crash or another process left. */
export function findWaiting(store: Store, { limit, except }: WaitingQuery): Promise<readonly string[]> {
  return store.read('turn.waiting', async (reader) => {
    let query = sqlOf<MessagingTables>(reader)
      .selectFrom('inbox')
      .select('conversation_id')
      .distinct()
      .where('state', '=', 'new')
      .where('conversation_id', 'is not', null)
    if (except.length > 0) query = query.where('tenant_id', 'not in', [...except])
    const rows = await query.limit(sql.lit(limit)).execute()
    return rows.flatMap((row) => row.conversation_id ?? [])
  })
}
