import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'

/**
 * Differs as soon as there is a new entry in a conversation's timeline, and is cheap to ask for again and again:
 * nothing is opened for it. A user's message is a row of the inbox; all else is written by a turn, which writes the
 * conversation and its run too. Undefined when there is no such conversation.
 */
export async function readTimelineMark(
  reader: Reader,
  scope: TenantScope,
  conversationId: string,
): Promise<string | undefined> {
  const db = sqlOf<MessagingTables>(reader)
  const found = await db
    .selectFrom('conversation')
    .select(['out_seq', 'updated_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!found) return undefined
  const { items } = await db
    .selectFrom('inbox')
    .select((select) => select.fn.countAll<number>().as('items'))
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  const { entries } = await db
    .selectFrom('run')
    .select((select) => select.fn.sum<number>('seq').as('entries'))
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow()
  return [found.updated_at, found.out_seq, Number(items), Number(entries)].join('/')
}
