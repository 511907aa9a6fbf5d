import { createHash } from 'node:crypto'
import { lintCredit } from '@inthread/sdk/credit'
import { cleanWords } from '@inthread/sdk/engine'
import { canonicalJson } from '@inthread/sdk/json'
import type { Clock } from '@inthread/sdk/time'
import type { IdSource, Reader, Sealer, TenantScope, Transaction } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { commitInternal } from '../inbox/accept.store.ts'
import type { AnnouncementRow, MessagingTables } from '../schema/tables.ts'

export interface Announcement {
  readonly conversation: string
  /** The caller's own name of it. */
  readonly key: string
  readonly text: string
}

/** `waiting`: said as soon as nobody is in the middle of anything; `handled`: said, or stopped by the user since. */
export interface AnnouncementView {
  readonly key: string
  readonly conversation: string
  readonly state: 'waiting' | 'handled' | 'opted_out'
  readonly createdAt: number
}

export interface AnnouncementPorts {
  readonly ids: IdSource
  readonly sealer: Sealer
  readonly clock: Clock
}

export type Announced =
  | { readonly kind: 'done'; readonly fresh: boolean }
  /** The key belongs to something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly problem: 'announcement.signs' | 'announcement.credit' }

/**
 * Announced once for each key. Two calls at the same moment: one of them fails as `store.duplicate`, and finds the
 * other when it is tried again.
 */
export async function announce(
  tx: Transaction,
  scope: TenantScope,
  { ports, ...announcement }: Announcement & { readonly ports: AnnouncementPorts },
): Promise<Announced> {
  const { key, conversation, text } = announcement
  const digest = createHash('sha256').update(canonicalJson({ conversation, text })).digest('hex')
  const known = await findRow(tx, scope, key)
  if (known) return known.digest === digest ? { kind: 'done', fresh: false } : { kind: 'other' }
  const found = await sqlOf<MessagingTables>(tx)
    .selectFrom('conversation')
    .select('stopped')
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', conversation)
    .executeTakeFirst()
  if (!found) return { kind: 'unknown' }
  if (cleanWords(text) !== text) return { kind: 'refused', problem: 'announcement.signs' }
  if (lintCredit(text)) return { kind: 'refused', problem: 'announcement.credit' }
  const opted = found.stopped !== 0
  const row = { tenant_id: scope.tenantId, key, digest, conversation_id: conversation }
  await insertAll(tx, 'announcement', [{ ...row, opted_out: opted ? 1 : 0, created_at: ports.clock.now() }])
  const body = { kind: 'announcement', text } as const
  if (!opted) await commitInternal(tx, [{ scope, conversationId: conversation, runId: undefined, key, body }], ports)
  return { kind: 'done', fresh: true }
}

function findRow(reader: Reader, scope: TenantScope, key: string): Promise<AnnouncementRow | undefined> {
  return sqlOf<MessagingTables>(reader)
    .selectFrom('announcement')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function findAnnouncement(
  reader: Reader,
  scope: TenantScope,
  key: string,
): Promise<AnnouncementView | undefined> {
  const row = await findRow(reader, scope, key)
  if (!row) return undefined
  const item = await sqlOf<MessagingTables>(reader)
    .selectFrom('inbox')
    .select('state')
    .where('tenant_id', '=', scope.tenantId)
    .where('source', '=', 'house')
    .where('kind', '=', 'announcement')
    .where('key', '=', key)
    .executeTakeFirst()
  const open = item?.state === 'new' || item?.state === 'waiting'
  const state = row.opted_out !== 0 ? 'opted_out' : open ? 'waiting' : 'handled'
  return { key, conversation: row.conversation_id, state, createdAt: row.created_at }
}
