import type { Store } from '@inthread/store'
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

/** Takes the leases it can get and the first waiting item of each conversation; the fence grows with every claim. */
export function claimConversations(store: Store, ids: readonly string[], owner: string): Promise<readonly Claimed[]> {
  return store.write('turn.claim', async (tx) => {
    const db = sqlOf<MessagingTables>(tx)
    const heads = await db
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
    if (heads.length === 0) return []
    const busy = heads.flatMap((head) => head.conversation_id ?? [])
    await db
      .updateTable('conversation')
      .set({ lease_owner: owner, lease_until: dbNowPlus(tx, leaseMs), fence: plus(tx, 'fence', 1) })
      .where('id', 'in', busy)
      .where((where) => where.or([where('lease_until', '<', dbNow(tx)), where('lease_owner', '=', owner)]))
      .execute()
    const conversations = await db
      .selectFrom('conversation')
      .selectAll()
      .where('id', 'in', busy)
      .where('lease_owner', '=', owner)
      .where('lease_until', '>', dbNow(tx))
      .execute()
    const mine = new Map(conversations.map((row) => [row.id, row]))
    const first = heads.filter((head) => mine.has(head.conversation_id ?? ''))
    if (first.length === 0) return []
    const items = await db
      .selectFrom('inbox')
      .selectAll()
      .where(
        'id',
        'in',
        first.map((head) => String(head.first)),
      )
      .execute()
    const waiting = new Map(heads.map((head) => [head.conversation_id, head.waiting]))
    return items.flatMap((item) => {
      const conversation = mine.get(item.conversation_id ?? '')
      return conversation ? [{ conversation, item, more: (waiting.get(item.conversation_id) ?? 0) > 1 }] : []
    })
  })
}

/** Conversations with waiting items that nobody holds: what a crash or another process left. */
export function findWaiting(store: Store, limit: number): Promise<readonly string[]> {
  return store.read('turn.waiting', async (reader) => {
    const rows = await sqlOf<MessagingTables>(reader)
      .selectFrom('inbox')
      .select('conversation_id')
      .distinct()
      .where('state', '=', 'new')
      .where('conversation_id', 'is not', null)
      .limit(sql.lit(limit))
      .execute()
    return rows.flatMap((row) => row.conversation_id ?? [])
  })
}
