import { encodeJson } from '@inthread/sdk/json'
import { deriveId, type Sealer } from '@inthread/store'
import { fitContent } from '../outbox/fit.ts'
import { sealMessage } from '../outbox/message.ts'
import type { CaseRow, ConversationRow, EffectRow, OutboxRow, RunRow } from '../schema/tables.ts'
import { addMs } from '@inthread/sdk/time'
import { chargeOf } from '../fold/charge.ts'
import { caseIdOf, type DraftEffect, type DraftRun, type EndedRun, type TurnDraft } from '../fold/draft.ts'
import { sealRequest } from '../effect/request.ts'
import { missedAfterMs } from '../desk/desk.store.ts'
import type { InternalItem } from '../inbox/accept.store.ts'
import { sealSnapshot } from './load.store.ts'

/** How rows are made from a draft: pure but for the seal's random numbers. */
export interface RowSetting {
  readonly sealer: Sealer
  readonly owner: string
  /** The process that has the unsent messages of each conversation, as the lock found it. */
  readonly lastOwners: ReadonlyMap<string, string>
  /** Database time until which new messages and effects belong to this process, which has them in memory. */
  readonly leaseUntil: unknown
}

/** Rows whose lease is still an expression of database time. */
export type NewMessage = Omit<OutboxRow, 'lease_until'> & { readonly lease_until: unknown }
export type NewEffect = Omit<EffectRow, 'lease_until'> & { readonly lease_until: unknown }

export function buildRunRow(draft: TurnDraft, run: DraftRun, { sealer }: RowSetting): RunRow {
  const { tenant_id, id: conversation_id } = draft.input.conversation
  const { id, version } = run.plugin.contract.declaration
  const { config, locale, timeZone } = run.program
  const { ended } = run.state
  const { calls } = chargeOf(draft, run)
  return {
    id: run.id,
    tenant_id,
    conversation_id,
    parent_id: run.parentId ?? null,
    root_id: run.rootId,
    order_id: run.orderId ?? null,
    plugin: id,
    // A run keeps the version it is pinned to, unless this turn has moved it.
    version: run.stored?.plugin === run.plugin ? run.stored.row.version : version,
    flow: run.program.flow.id,
    revision: run.program.flow.revision,
    voice: run.speaker.voice,
    bank_id: run.bankId ?? null,
    state: ended ? 'ended' : 'open',
    snapshot: sealSnapshot(
      sealer,
      { id: run.id, tenant_id },
      {
        state: run.state,
        setup: { config, locale, timeZone },
        askedAt: run.askedAt,
        ...(run.suspended ? { suspended: true } : {}),
        ...(run.urgent ? { urgent: true } : {}),
        ...(run.awaited ? { awaited: run.awaited } : {}),
        ...(run.causes.length > 0 ? { causes: run.causes } : {}),
        ...(calls > 0 ? { calls } : {}),
        ...(run.asked.length > 0 ? { asked: run.asked } : {}),
      },
    ),
    seq: run.seq,
    visit: run.state.visit,
    due_at: ended || !run.due ? null : run.due.at,
    due_kind: ended || !run.due ? null : run.due.kind,
    started_at: run.startedAt,
    ended_at: ended ? draft.input.now : null,
    told: run.told,
  }
}

/** A run that the core ends without its plugin: the entry is the one that any run understands. */
export function buildEndedRow({ input: { now } }: TurnDraft, run: EndedRun, { sealer }: RowSetting): RunRow {
  const { row, setup, askedAt } = run
  const state = { ...run.state, ended: true, options: [] }
  return {
    ...row,
    state: 'ended',
    snapshot: sealSnapshot(sealer, row, { state, setup, askedAt }),
    seq: row.seq + 1,
    due_at: null,
    due_kind: null,
    ended_at: now,
    told: run.told,
  }
}

export function buildJournalRows(draft: TurnDraft, { sealer }: RowSetting): object[] {
  const tenant = draft.input.conversation.tenant_id
  const ended = draft.ended.map(({ row }) => ({
    run: row,
    seq: row.seq,
    event: { kind: 'cancelled' as const, at: draft.input.now },
  }))
  return [...draft.journal, ...ended].map(({ run, seq, event }) => ({
    run_id: run.id,
    seq,
    tenant_id: tenant,
    kind: event.kind,
    entry: sealer.seal({ tenant, table: 'journal', column: 'entry', row: `${run.id}/${seq}` }, encodeJson(event)),
    at: event.at,
  }))
}

/**
 * The messages of a turn, fitted to the channel. Their ids follow from the item, so a repeated turn says nothing
 * twice.
 */
export function buildOutboxRows(draft: TurnDraft, setting: RowSetting): NewMessage[] {
  const { conversation, item, operator, span, now } = draft.input
  const fitted = draft.messages.flatMap(({ voice, content }) =>
    fitContent(content, operator.profile).map((part) => ({ voice, content: part })),
  )
  const mine = holdsSending(conversation, setting)
  return fitted.map(({ voice, content }, index) => {
    const id = deriveId(item.id, 'message', index)
    return {
      id,
      tenant_id: conversation.tenant_id,
      conversation_id: conversation.id,
      operator_id: operator.id,
      subscriber_id: conversation.subscriber_id,
      seq: conversation.out_seq + index + 1,
      voice,
      body: sealMessage(setting.sealer, { tenantId: conversation.tenant_id, messageId: id }, content),
      in_reply_to: item.reply_ref ?? conversation.in_reply_to,
      state: 'queued',
      rank: 0,
      provider_ref: null,
      reason: null,
      attempts: 0,
      not_before: 0,
      lease_owner: mine ? setting.owner : '',
      lease_until: mine ? setting.leaseUntil : 0,
      created_at: now,
      sent_at: null,
      traceparent: span.traceparent,
    }
  })
}

/**
 * Whether everything unsent of a conversation is in this process's memory. Otherwise new messages go through the claim,
 * which keeps the order, until a process has sent the last one and takes the conversation over.
 */
function holdsSending(conversation: ConversationRow, setting: RowSetting): boolean {
  return ['', setting.owner].includes(lastOwnerOf(conversation, setting))
}

function lastOwnerOf({ id, last_owner }: ConversationRow, { lastOwners }: RowSetting): string {
  return lastOwners.get(id) ?? last_owner
}

export function buildEffectRows(draft: TurnDraft, setting: RowSetting): NewEffect[] {
  const { conversation, span, now } = draft.input
  return draft.effects.map((effect) => ({
    id: effect.id,
    tenant_id: conversation.tenant_id,
    conversation_id: conversation.id,
    run_id: effect.run.id,
    visit: effect.visit,
    ...buildAsked(conversation.tenant_id, effect, setting.sealer),
    state: 'new',
    attempts: 0,
    not_before: 0,
    deadline_at: now,
    lease_owner: setting.owner,
    lease_until: setting.leaseUntil,
    created_at: now,
    traceparent: span.traceparent,
  }))
}

type Asked = Pick<EffectRow, 'kind' | 'order_id' | 'operation' | 'secret_id' | 'request'>

function buildAsked(tenantId: string, effect: DraftEffect, sealer: Sealer): Asked {
  const request = effect.request ? sealRequest(sealer, { tenantId, effectId: effect.id }, effect.request) : null
  if (effect.kind === 'fetch')
    return { kind: 'fetch', order_id: '', operation: effect.request.from, secret_id: null, request }
  const { kind, orderId, operation, secretId } = effect
  return { kind, order_id: orderId, operation, secret_id: secretId ?? null, request }
}

/** What this turn's runs tell the other plugins, as items of the same conversation. */
export function buildEventItems(draft: TurnDraft): InternalItem[] {
  const { conversation, tenancy, span } = draft.input
  return draft.events.map(({ key, body }) => ({
    scope: tenancy.scope,
    conversationId: conversation.id,
    runId: undefined,
    key,
    body,
    traceparent: span.traceparent,
  }))
}

export function buildConversationRow(draft: TurnDraft, messages: number, setting: RowSetting): ConversationRow {
  const { conversation, item, operator, now } = draft.input
  const last = lastOwnerOf(conversation, setting)
  return {
    ...conversation,
    operator_id: operator.id,
    in_reply_to: item.reply_ref ?? conversation.in_reply_to,
    out_seq: conversation.out_seq + messages,
    secret_until: draft.secretUntil ?? conversation.secret_until,
    desk_case: draft.deskCase,
    stopped: draft.stopped ? 1 : conversation.stopped,
    lease_owner: '',
    lease_until: 0,
    last_owner: messages === 0 ? last : holdsSending(conversation, setting) ? setting.owner : '?',
    updated_at: now,
  }
}

export function buildCaseRows(draft: TurnDraft): CaseRow[] {
  const { conversation, now } = draft.input
  return draft.cases.map((reason, index) => ({
    id: caseIdOf(draft, index),
    tenant_id: conversation.tenant_id,
    conversation_id: conversation.id,
    reason,
    state: 'open',
    agent: null,
    claimed_at: null,
    closed_at: null,
    due_at: draft.callsAgent && caseIdOf(draft, index) === draft.deskCase ? addMs(now, missedAfterMs) : null,
    created_at: now,
  }))
}
