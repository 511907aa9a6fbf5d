import type { Transaction } from '@inthread/store'
import { dbNowPlus, forUpdate, insertAll, mergeAll, sqlOf } from '@inthread/store/sql'
import { commitInternal } from '../inbox/accept.store.ts'
import { releaseRuns, settleHolds } from '../collection/holds.store.ts'
import type { MessagingPorts } from '../ports.ts'
import type { ConversationRow, MessagingTables } from '../schema/tables.ts'
import type { TurnDraft } from '../fold/draft.ts'
import { commitDeferred } from './deferred.store.ts'
import {
  buildCaseRows,
  buildConversationRow,
  buildEffectRows,
  buildEndedRow,
  buildEventItems,
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
  setting: Omit<RowSetting, 'leaseUntil'> & Pick<MessagingPorts, 'ids' | 'clock'>,
): Promise<Aftermath> {
  const row: RowSetting = { ...setting, leaseUntil: dbNowPlus(tx, sendLeaseMs) }
  const messages = drafts.map((draft) => buildOutboxRows(draft, row))
  const effects = drafts.flatMap((draft) => buildEffectRows(draft, row))
  await commitRuns(tx, drafts, row)
  await insertWhereAny(tx, 'outbox', messages.flat())
  await insertWhereAny(tx, 'effect', effects)
  await commitCases(tx, drafts)
  await commitHolds(tx, drafts)
  await commitInternal(tx, drafts.flatMap(buildEventItems), setting)
  await commitItems(tx, drafts)
  await commitDeferred(tx, drafts, row)
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
      'desk_case',
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
  const runs = drafts.flatMap((draft) => [
    ...[...draft.runs.values()].map((run) => buildRunRow(draft, run, row)),
    ...draft.ended.map((run) => buildEndedRow(draft, run, row)),
  ])
  if (runs.length > 0)
    await mergeAll(tx, 'run', {
      rows: runs,
      key: ['id'],
      update: ['version', 'revision', 'state', 'snapshot', 'seq', 'visit', 'due_at', 'due_kind', 'ended_at', 'told'],
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
  const byState = Map.groupBy(drafts, (draft) => (draft.failed ? 'failed' : draft.parked ? 'waiting' : 'done'))
  for (const [state, group] of byState)
    await db
      .updateTable('inbox')
      .set({ state })
      .where(
        'id',
        'in',
        group.map((draft) => draft.input.item.id),
      )
      .execute()
  const destroyed = drafts.flatMap((draft) => draft.destroyed)
  if (destroyed.length > 0)
    await db.updateTable('inbox').set({ body: null, body_key: null }).where('id', 'in', destroyed).execute()
  const calm = drafts.filter((draft) => draft.unparks).map((draft) => draft.input.conversation.id)
  if (calm.length > 0)
    await db
      .updateTable('inbox')
      .set({ state: 'new' })
      .where('state', '=', 'waiting')
      .where('conversation_id', 'in', calm)
      .execute()
}

async function commitCases(tx: Transaction, drafts: readonly TurnDraft[]): Promise<void> {
  await insertWhereAny(tx, 'desk_case', drafts.flatMap(buildCaseRows))
  const db = sqlOf<MessagingTables>(tx)
  for (const { input, toCase, deskCase, closedCase } of drafts) {
    if (toCase) await db.updateTable('inbox').set({ case_id: deskCase }).where('id', '=', input.item.id).execute()
    if (closedCase !== undefined)
      await db
        .updateTable('desk_case')
        .set({ state: 'closed', closed_at: input.now, due_at: null })
        .where('id', '=', closedCase)
        .where('tenant_id', '=', input.conversation.tenant_id)
        .execute()
  }
}

async function insertWhereAny(tx: Transaction, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await insertAll(tx, table, rows)
}
