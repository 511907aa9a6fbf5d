import type { Transaction } from '@inthread/store'
import { dbNowPlus, forUpdate, insertAll, mergeAll, sqlOf } from '@inthread/store/sql'
import { releaseRuns, settleHolds } from '../collection/holds.store.ts'
import type { ConversationRow, MessagingTables } from '../schema/tables.ts'
import type { TurnDraft } from '../fold/draft.ts'
import {
  buildCaseRows,
  buildConversationRow,
  buildEffectRows,
  buildJournalRows,
  buildOutboxRows,
  buildRunRow,
  type NewEffect,
  type NewMessage,
  type RowSetting,
} from './rows.ts'

const sendLeaseMs = 20_000

/**
 * Locks the conversations of a group and tells which are still ours: the fence must be the one we claimed. Each comes
 * with the process that has its unsent messages, which may have changed since the claim.
 */
export async function lockConversations(
  tx: Transaction,
  claimed: readonly ConversationRow[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sqlOf<MessagingTables>(tx)
    .selectFrom('conversation')
    .select(['id', 'fence', 'last_owner'])
    .where(
      'id',
      'in',
      claimed.map((row) => row.id),
    )
    .orderBy('id')
    .modifyEnd(forUpdate(tx))
    .execute()
  const fences = new Map(claimed.map((row) => [row.id, row.fence]))
  return new Map(rows.filter((row) => fences.get(row.id) === row.fence).map((row) => [row.id, row.last_owner]))
}

/** What a committed group leaves to be done outside: this process has the rows, and holds their leases. */
export interface Aftermath {
  readonly messages: readonly NewMessage[]
  readonly effects: readonly NewEffect[]
  /** Messages were written that this process does not hold. */
  readonly scattered: boolean
}

/** Writes everything that a group of turns decided, one statement per table. */
export async function commitDrafts(
  tx: Transaction,
  drafts: readonly TurnDraft[],
  setting: Omit<RowSetting, 'leaseUntil'>,
): Promise<Aftermath> {
  const row: RowSetting = { ...setting, leaseUntil: dbNowPlus(tx, sendLeaseMs) }
  const messages = drafts.map((draft) => buildOutboxRows(draft, row))
  const effects = drafts.flatMap((draft) => buildEffectRows(draft, row))
  await commitRuns(tx, drafts, row)
  await insertWhereAny(tx, 'outbox', messages.flat())
  await insertWhereAny(tx, 'effect', effects)
  await insertWhereAny(tx, 'desk_case', drafts.flatMap(buildCaseRows))
  await commitHolds(tx, drafts)
  await commitItems(tx, drafts)
  const conversations = drafts.map((draft, index) => buildConversationRow(draft, messages[index]?.length ?? 0, row))
  await mergeAll(tx, 'conversation', {
    rows: conversations,
    key: ['id'],
    update: [
      'operator_id',
      'in_reply_to',
      'out_seq',
      'secret_until',
      'stopped',
      'lease_owner',
      'lease_until',
      'last_owner',
      'updated_at',
    ],
  })
  const held = messages.flat().filter((message) => message.lease_owner !== '')
  return { messages: held, effects, scattered: held.length < messages.flat().length }
}

async function commitRuns(tx: Transaction, drafts: readonly TurnDraft[], row: RowSetting): Promise<void> {
  const runs = drafts.flatMap((draft) => [...draft.runs.values()].map((run) => buildRunRow(draft, run, row)))
  if (runs.length > 0)
    await mergeAll(tx, 'run', {
      rows: runs,
      key: ['id'],
      update: ['state', 'snapshot', 'seq', 'visit', 'due_at', 'due_kind', 'ended_at'],
    })
  await insertWhereAny(
    tx,
    'journal',
    drafts.flatMap((draft) => buildJournalRows(draft, row)),
  )
}

async function commitHolds(tx: Transaction, drafts: readonly TurnDraft[]): Promise<void> {
  for (const draft of drafts) {
    const tenantId = draft.input.conversation.tenant_id
    if (draft.releases.length > 0) await releaseRuns(tx, tenantId, draft.releases)
    for (const settled of draft.settled) await settleHolds(tx, tenantId, settled)
  }
}

async function commitItems(tx: Transaction, drafts: readonly TurnDraft[]): Promise<void> {
  const db = sqlOf<MessagingTables>(tx)
  const idsOf = (failed: boolean): string[] =>
    drafts.filter((draft) => draft.failed === failed).map((draft) => draft.input.item.id)
  for (const [state, ids] of [['done', idsOf(false)] as const, ['failed', idsOf(true)] as const]) {
    if (ids.length > 0) await db.updateTable('inbox').set({ state }).where('id', 'in', ids).execute()
  }
  const destroyed = drafts.flatMap((draft) => draft.destroyed)
  if (destroyed.length > 0)
    await db.updateTable('inbox').set({ body: null, body_key: null }).where('id', 'in', destroyed).execute()
}

async function insertWhereAny(tx: Transaction, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await insertAll(tx, table, rows)
}
