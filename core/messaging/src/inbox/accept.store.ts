import type { Inbound, InboundDelivery, InboundMessage, InboundReport } from '@inthread/sdk/channel'
import { deriveId, resolveSubscribers, type TenantScope, type Transaction } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'
import type { MessagingPorts } from '../ports.ts'
import type { MessagingTables } from '../schema/tables.ts'
import { sealItem } from './item.ts'

/** What one push of an operator brought, verified and translated. */
export interface Push {
  readonly scope: TenantScope
  readonly botId: string
  readonly operatorId: string
  /** With the digest of the body it tells a retry from a replay; kept in the inbox's own transaction. */
  readonly replay: { readonly nonce: string; readonly digest: string } | undefined
  readonly items: readonly Inbound[]
  /** What happens to it goes on from here. */
  readonly traceparent?: string | null
}

export interface Accepted {
  readonly kind: 'accepted' | 'replayed'
  /** Conversations that have something to do now. */
  readonly conversations: readonly string[]
  readonly deliveries: boolean
}

/** Stores a batch of pushes: nonces, deliveries, and an inbox row per message. Repetitions find themselves done. */
export async function commitPushes(
  tx: Transaction,
  pushes: readonly Push[],
  ports: MessagingPorts,
): Promise<readonly Accepted[]> {
  const now = ports.clock.now()
  const fresh = await keepNonces(tx, pushes, now)
  const genuine = pushes.filter((_push, index) => fresh[index])
  await keepDeliveries(tx, genuine, now)
  await keepReports(tx, genuine, { ports, now })
  const rows = await keepMessages(tx, genuine, { ports, now })
  return pushes.map((push, index) => ({
    kind: fresh[index] ? 'accepted' : 'replayed',
    conversations: [...new Set(rows.filter((row) => row.push === push).map((row) => row.conversationId))],
    deliveries: push.items.some((item) => item.kind === 'delivery'),
  }))
}

/** Whether each push may pass: its nonce is new, or came with the same body before. */
async function keepNonces(tx: Transaction, pushes: readonly Push[], now: number): Promise<readonly boolean[]> {
  const rows = pushes.flatMap(({ scope, operatorId, replay }) =>
    replay
      ? [
          {
            tenant_id: scope.tenantId,
            operator_id: operatorId,
            nonce: replay.nonce,
            digest: replay.digest,
            seen_at: now,
          },
        ]
      : [],
  )
  if (rows.length === 0) return pushes.map(() => true)
  await insertNew(tx, 'nonce', {
    rows: dedupeBy(rows, (row) => `${row.tenant_id}|${row.operator_id}|${row.nonce}`),
    key: 'nonce',
  })
  const known = await sqlOf<MessagingTables>(tx)
    .selectFrom('nonce')
    .select(['tenant_id', 'operator_id', 'nonce', 'digest'])
    .where('tenant_id', 'in', unique(rows.map((row) => row.tenant_id)))
    .where('nonce', 'in', unique(rows.map((row) => row.nonce)))
    .execute()
  const digests = new Map(known.map((row) => [`${row.tenant_id}|${row.operator_id}|${row.nonce}`, row.digest]))
  return pushes.map(
    ({ scope, operatorId, replay }) =>
      !replay || digests.get(`${scope.tenantId}|${operatorId}|${replay.nonce}`) === replay.digest,
  )
}

/** A state may come before we know the message: it is kept here until somebody applies it. */
async function keepDeliveries(tx: Transaction, pushes: readonly Push[], now: number): Promise<void> {
  const rows = pushes.flatMap(({ scope, operatorId, items, traceparent = null }) =>
    items
      .filter((item): item is InboundDelivery => item.kind === 'delivery')
      .map((item) => ({
        tenant_id: scope.tenantId,
        operator_id: operatorId,
        message_ref: item.messageRef,
        state: item.state,
        reason: item.reason ?? null,
        at: now,
        applied: 0,
        traceparent,
      })),
  )
  if (rows.length > 0) await insertNew(tx, 'delivery', { rows, key: 'message_ref' })
}

/** Reports are about the account, not about a conversation: kept for operators, with nothing to do. */
async function keepReports(tx: Transaction, pushes: readonly Push[], { ports, now }: Keeping): Promise<void> {
  const rows = pushes.flatMap((push) =>
    push.items
      .filter((item): item is InboundReport => item.kind === 'report')
      .map((item) => {
        const id = ports.ids.next()
        const place = { tenantId: push.scope.tenantId, itemId: id }
        return {
          id,
          tenant_id: push.scope.tenantId,
          conversation_id: null,
          source: push.operatorId,
          kind: 'report',
          key: item.key,
          run_id: null,
          reply_ref: null,
          ...sealItem(ports.sealer, place, { kind: 'report', topic: item.topic, data: item.data }),
          state: 'done',
          received_at: now,
        }
      }),
  )
  if (rows.length > 0) await insertNew(tx, 'inbox', { rows, key: 'id' })
}

interface Keeping {
  readonly ports: MessagingPorts
  readonly now: number
}

interface Kept {
  readonly push: Push
  readonly conversationId: string
}

async function keepMessages(
  tx: Transaction,
  pushes: readonly Push[],
  { ports, now }: Keeping,
): Promise<readonly Kept[]> {
  const messages = pushes.flatMap((push) =>
    push.items.filter((item): item is InboundMessage => item.kind === 'message').map((item) => ({ push, item })),
  )
  if (messages.length === 0) return []
  const seen = messages.map(({ push, item }) => ({ scope: push.scope, number: item.from }))
  const subscribers = await resolveSubscribers(tx, seen, { ...ports, now })
  const subjects = messages.map(({ push, item }, index) => ({ push, item, subscriberId: subscribers[index] ?? '' }))
  const conversations = await resolveConversations(tx, subjects, now)
  const rows = subjects.map(({ push, item }, index) => {
    const itemId = ports.ids.next()
    const conversationId = conversations[index] ?? ''
    return {
      id: itemId,
      tenant_id: push.scope.tenantId,
      conversation_id: conversationId,
      source: push.operatorId,
      kind: 'message',
      key: item.key,
      run_id: null,
      reply_ref: item.contributionRef ?? null,
      ...sealItem(ports.sealer, { tenantId: push.scope.tenantId, itemId }, { kind: 'message', content: item.content }),
      state: 'new',
      received_at: now,
      traceparent: push.traceparent ?? null,
    }
  })
  await insertNew(tx, 'inbox', { rows, key: 'id' })
  return subjects.map(({ push }, index) => ({ push, conversationId: conversations[index] ?? '' }))
}

interface Subject {
  readonly push: Push
  readonly subscriberId: string
}

/** One conversation per (tenant, bot, subscriber). Its id follows from the three, so two processes make the same. */
async function resolveConversations(
  tx: Transaction,
  subjects: readonly Subject[],
  now: number,
): Promise<readonly string[]> {
  const wanted = subjects.map(({ push, subscriberId }) => ({
    push,
    subscriberId,
    id: conversationIdOf(push.scope, push.botId, subscriberId),
  }))
  const found = await sqlOf<MessagingTables>(tx)
    .selectFrom('conversation')
    .select(['id', 'operator_id'])
    .where('tenant_id', 'in', unique(wanted.map(({ push }) => push.scope.tenantId)))
    .where('id', 'in', unique(wanted.map(({ id }) => id)))
    .execute()
  const known = new Set(found.map((row) => row.id))
  const missing = dedupeBy(
    wanted.filter(({ id }) => !known.has(id)),
    ({ id }) => id,
  )
  if (missing.length > 0)
    await insertNew(tx, 'conversation', { rows: missing.map((want) => newConversation(want, now)), key: 'id' })
  return wanted.map(({ id }) => id)
}

export function conversationIdOf(scope: TenantScope, botId: string, subscriberId: string): string {
  return deriveId(subscriberId, 'conversation', scope.tenantId, botId)
}

function newConversation(
  { push, subscriberId, id }: Subject & { readonly id: string },
  now: number,
): MessagingTables['conversation'] {
  return {
    id,
    tenant_id: push.scope.tenantId,
    bot_id: push.botId,
    subscriber_id: subscriberId,
    operator_id: push.operatorId,
    in_reply_to: null,
    out_seq: 0,
    secret_until: 0,
    stopped: 0,
    desk_case: null,
    lease_owner: '',
    lease_until: 0,
    fence: 0,
    last_owner: '',
    updated_at: now,
  }
}

/** Something that happened to a run elsewhere (the bank, time) speaks into the inbox like a user does. */
export interface InternalItem {
  readonly scope: TenantScope
  readonly conversationId: string
  readonly runId: string | undefined
  /** Unique within its kind: the same thing told twice is one row. */
  readonly key: string
  readonly body: Parameters<typeof sealItem>[2]
  /** What has led to it, where it was traced. */
  readonly traceparent?: string | null
}

export async function commitInternal(
  tx: Transaction,
  items: readonly InternalItem[],
  ports: Pick<MessagingPorts, 'ids' | 'sealer' | 'clock'>,
): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ scope, conversationId, runId, key, body, traceparent = null }) => {
    const id = ports.ids.next()
    return {
      id,
      tenant_id: scope.tenantId,
      conversation_id: conversationId,
      source: 'house',
      kind: body.kind,
      key,
      run_id: runId ?? null,
      reply_ref: null,
      ...sealItem(ports.sealer, { tenantId: scope.tenantId, itemId: id }, body),
      state: 'new',
      received_at: ports.clock.now(),
      traceparent,
    }
  })
  await insertNew(tx, 'inbox', { rows, key: 'id' })
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** The first of each name: what comes later is the repetition. */
function dedupeBy<T>(values: readonly T[], nameOf: (value: T) => string): T[] {
  return [...Map.groupBy(values, nameOf).values()].flatMap(([first]) => (first === undefined ? [] : [first]))
}
