import type { RenderedContent } from '@inthread/sdk/channel'
import { decodeJson } from '@inthread/sdk/json'
import type { ListPart, Reader, Sealer, TenantScope } from '@inthread/store'
import { behind, sql, sqlOf } from '@inthread/store/sql'
import type { RunEvent } from '@inthread/sdk/engine'
import { openItem } from '../inbox/item.ts'
import { openMessage } from '../outbox/message.ts'
import type { InboxRow, MessagingTables, OutboxRow } from '../schema/tables.ts'

/** One line of a conversation's history: what was said, what it was taken for, what was asked of the bank. */
export interface TimelineEntry {
  readonly at: number
  readonly kind: 'received' | 'journal' | 'sent' | 'effect'
  readonly id: string
  /**
   * In one line, for people. What was said in confidence is not there any more, and what the bank says is masked by
   * itself.
   */
  readonly text: string
  readonly facts: Readonly<Record<string, string | number | null>>
}

export interface TimelineQuery {
  readonly conversationId: string
  readonly limit: number
}

export async function listTimeline(
  reader: Reader,
  scope: TenantScope,
  query: TimelineQuery & { readonly sealer: Sealer },
): Promise<readonly TimelineEntry[]> {
  const parts = await listTimelineParts(reader, scope, query)
  return Object.values(parts)
    .flat()
    .sort((left, right) => left.at - right.at || left.id.localeCompare(right.id))
    .slice(-query.limit)
}

/** Each kind of entry by itself, the newest first. */
export type TimelineParts = Readonly<Record<TimelineEntry['kind'], readonly TimelineEntry[]>>

/** The newest entries of each kind, at most `limit` of one. */
export async function listTimelineParts(reader: Reader, scope: TenantScope, query: Query): Promise<TimelineParts> {
  return {
    received: await listReceived(reader, scope, query),
    journal: await listJournal(reader, scope, query),
    sent: await listSent(reader, scope, query),
    effect: await listEffects(reader, scope, query),
  }
}

type Query = TimelineQuery & { readonly sealer: Sealer }

async function listReceived(
  reader: Reader,
  scope: TenantScope,
  { conversationId, limit, sealer }: Query,
): Promise<TimelineEntry[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('inbox')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .orderBy('id', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => ({
    at: row.received_at,
    kind: 'received',
    id: row.id,
    text: describeItem(sealer, row),
    facts: { from: row.source === 'house' ? row.kind : 'user', state: row.state, run: row.run_id },
  }))
}

function describeItem(sealer: Sealer, row: InboxRow): string {
  const body = openItem(sealer, { tenantId: row.tenant_id, itemId: row.id }, row)
  if (!body) return '(in confidence, destroyed)'
  switch (body.kind) {
    case 'message':
      return body.content.kind === 'text'
        ? body.content.text
        : body.content.kind === 'tap'
          ? `［${body.content.label}］`
          : `(${body.content.kind})`
    case 'effect':
      return `answer: ${body.outcome.name}`
    case 'order':
      return `order: ${body.outcome?.name ?? body.event?.name ?? ''}`
    case 'refund':
      return `refund: ${body.outcome}`
    case 'timer':
      return `time: ${body.due}`
    case 'entry':
      return `goes on: ${body.entries.map(({ event }) => event.kind.replaceAll('_', ' ')).join(', ')}`
    case 'fetched':
      return `fetched: ${body.answer.kind}`
    case 'event':
      return `event: ${body.alias}`
    case 'move':
      return `move to ${body.version}`
    case 'desk':
      return body.act === 'said' ? `desk: ${body.text}` : `desk: ${body.act.replaceAll('_', ' ')}`
    case 'announcement':
      return `announcement: ${body.text}`
    case 'report':
      return body.topic
  }
}

async function listJournal(
  reader: Reader,
  scope: TenantScope,
  { conversationId, limit, sealer }: Query,
): Promise<TimelineEntry[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('journal')
    .innerJoin('run', 'run.id', 'journal.run_id')
    .select([
      'journal.run_id',
      'journal.seq',
      'journal.kind',
      'journal.entry',
      'journal.at',
      'run.plugin',
      'run.flow',
      'run.voice',
    ])
    .where('run.tenant_id', '=', scope.tenantId)
    .where('run.conversation_id', '=', conversationId)
    .orderBy('journal.at', 'desc')
    .orderBy('journal.run_id', 'desc')
    .orderBy('journal.seq', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => {
    const place = { tenant: scope.tenantId, table: 'journal', column: 'entry', row: `${row.run_id}/${row.seq}` }
    const entry = decodeJson(sealer.open(place, row.entry)) as RunEvent
    return {
      at: row.at,
      kind: 'journal',
      id: `${row.run_id}/${String(row.seq).padStart(6, '0')}`,
      text: describeEntry(entry),
      facts: { plugin: row.plugin, flow: row.flow, voice: row.voice, run: row.run_id, seq: row.seq },
    }
  })
}

function describeEntry(entry: RunEvent): string {
  if (entry.kind === 'outcome') return `outcome: ${entry.outcome}`
  if (entry.kind === 'decided') return `decided: ${entry.answer}`
  if (entry.kind === 'held') return entry.hold ? 'held' : 'none left'
  return entry.kind.replaceAll('_', ' ')
}

async function listSent(
  reader: Reader,
  scope: TenantScope,
  { conversationId, limit, sealer }: Query,
): Promise<TimelineEntry[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .orderBy('seq', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => ({
    at: row.created_at,
    kind: 'sent',
    id: row.id,
    text: describeMessage(openMessage(sealer, { tenantId: row.tenant_id, messageId: row.id }, row.body)),
    facts: factsOf(row),
  }))
}

function factsOf(row: OutboxRow): TimelineEntry['facts'] {
  return { voice: row.voice, state: row.state, seq: row.seq, attempts: row.attempts, reason: row.reason }
}

function describeMessage(content: RenderedContent): string {
  const body = content.kind === 'text' ? content.text : content.cards.map((card) => card.title).join(' | ')
  const buttons = [
    ...(content.kind === 'text' ? [] : content.cards.flatMap((card) => card.suggestions)),
    ...content.chips,
  ]
  return [body, ...buttons.map((button) => `［${button.label}］`)].join(' ')
}

async function listEffects(
  reader: Reader,
  scope: TenantScope,
  { conversationId, limit }: Query,
): Promise<TimelineEntry[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('effect')
    .select(['id', 'kind', 'operation', 'state', 'attempts', 'order_id', 'created_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .orderBy('id', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => ({
    at: row.created_at,
    kind: 'effect',
    id: row.id,
    text: row.kind === 'fetch' ? `asked a host: ${row.operation}` : `asked the bank: ${row.operation}`,
    facts: { order: row.order_id, state: row.state, attempts: row.attempts },
  }))
}

const latestFirst = { at: 'updated_at', id: 'id', down: true } as const

/** Conversations of a tenant, the latest first. One in which something happens goes to the front. */
export function listConversations(
  reader: Reader,
  scope: TenantScope,
  { after, limit }: ListPart,
): Promise<{ id: string; bot_id: string; updated_at: number }[]> {
  let query = sqlOf<MessagingTables>(reader)
    .selectFrom('conversation')
    .select(['id', 'bot_id', 'updated_at'])
    .where('tenant_id', '=', scope.tenantId)
  if (after) query = query.where(behind(latestFirst, after))
  return query.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)).execute()
}
