import { cleanWords } from '@inthread/sdk/engine'
import {
  appendAudit,
  deriveId,
  type Actor,
  type IdSource,
  type Sealer,
  type TenantScope,
  type Transaction,
} from '@inthread/store'
import { forUpdate, insertAll, sqlOf } from '@inthread/store/sql'
import { addMs, type Clock } from '@inthread/sdk/time'
import { commitInternal } from '../inbox/accept.store.ts'
import type { ItemBody } from '../inbox/item.ts'
import type { CaseRow, MessagingTables } from '../schema/tables.ts'

export interface DeskPorts {
  readonly ids: IdSource
  readonly clock: Clock
  readonly sealer: Sealer
}

/** What somebody at the desk wants done with a case. */
export interface CaseRequest {
  readonly caseId: string
  readonly actor: Actor
}

/** `taken`: somebody else has claimed it, or nobody yet. `busy`: the conversation is with another case. */
export type CaseAnswer = 'done' | 'taken' | 'closed' | 'unknown' | CaseElsewhere

export interface CaseElsewhere {
  readonly kind: 'busy'
  readonly case: string
}

/** Brings a conversation to the desk although its user has not asked for it; whoever does it has claimed the case. */
export async function handOver(
  tx: Transaction,
  scope: TenantScope,
  { conversationId, actor, ports }: HandOver,
): Promise<{ readonly caseId: string } | 'taken' | 'unknown'> {
  const conversation = await sqlOf<MessagingTables>(tx)
    .selectFrom('conversation')
    .select('desk_case')
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', conversationId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  if (!conversation) return 'unknown'
  if (conversation.desk_case !== null || (await isComing(tx, scope, conversationId))) return 'taken'
  const now = ports.clock.now()
  const caseId = deriveId(ports.ids.next(), 'case')
  const row: CaseRow = {
    id: caseId,
    tenant_id: scope.tenantId,
    conversation_id: conversationId,
    reason: 'handed_over',
    state: 'claimed',
    agent: actor.id,
    claimed_at: now,
    closed_at: null,
    due_at: null,
    created_at: now,
  }
  await insertAll(tx, 'desk_case', [row])
  await tell(tx, { scope, row, actor, ports }, { act: 'handed_over', text: '' })
  return { caseId }
}

/** Somebody has taken it, and the conversation has not heard of it yet. */
async function isComing(tx: Transaction, scope: TenantScope, conversationId: string): Promise<boolean> {
  const found = await sqlOf<MessagingTables>(tx)
    .selectFrom('desk_case')
    .select('id')
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .where('reason', '=', 'handed_over')
    .where('state', '=', 'claimed')
    .executeTakeFirst()
  return found !== undefined
}

interface HandOver {
  readonly conversationId: string
  readonly actor: Actor
  readonly ports: DeskPorts
}

/** How long a user waits for a person before it is said that nobody has come. */
export const missedAfterMs = 10 * 60_000

/** Takes a case over. The same person may do so twice. */
export async function claimCase(
  tx: Transaction,
  scope: TenantScope,
  { caseId, actor, ports }: CaseRequest & { readonly ports: DeskPorts },
): Promise<CaseAnswer> {
  const elsewhere = await findElsewhere(tx, scope, caseId)
  if (elsewhere) return elsewhere
  await sqlOf<MessagingTables>(tx)
    .updateTable('desk_case')
    .set({ state: 'claimed', agent: actor.id, claimed_at: ports.clock.now(), due_at: null })
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', caseId)
    .where('state', '=', 'open')
    .execute()
  const row = await findOwn(tx, scope, { caseId, actor })
  if (typeof row === 'string') return row
  await tell(tx, { scope, row, actor, ports }, { act: 'claimed', text: '' })
  return 'done'
}

/**
 * Puts a case back into the queue, for a colleague: its user goes on waiting for a person, and is told in time when
 * none has come.
 */
export async function releaseCase(
  tx: Transaction,
  scope: TenantScope,
  { ports, ...request }: CaseRequest & { readonly ports: DeskPorts },
): Promise<CaseAnswer> {
  const row = await findOwn(tx, scope, request)
  if (typeof row === 'string') return row
  const now = ports.clock.now()
  await sqlOf<MessagingTables>(tx)
    .updateTable('desk_case')
    .set({ state: 'open', agent: null, claimed_at: null, due_at: addMs(now, missedAfterMs) })
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', row.id)
    .execute()
  const object = { kind: 'case', id: row.id }
  await appendAudit(tx, [{ scope, actor: request.actor, action: 'desk.released', object }], { ids: ports.ids, now })
  return 'done'
}

/** Says something to the user, in the merchant's voice and signed as a person's. */
export async function sayAsAgent(
  tx: Transaction,
  scope: TenantScope,
  { text, ports, ...request }: CaseRequest & { readonly text: string; readonly ports: DeskPorts },
): Promise<CaseAnswer> {
  const row = await findOwn(tx, scope, request)
  if (typeof row === 'string') return row
  const elsewhere = await findElsewhere(tx, scope, row.id)
  if (elsewhere) return elsewhere
  await tell(tx, { scope, row, actor: request.actor, ports }, { act: 'said', text: cleanWords(text) })
  return 'done'
}

/** Gives the conversation back to the bot: the question that was open is asked again. The case is closed. */
export async function giveBack(
  tx: Transaction,
  scope: TenantScope,
  { ports, ...request }: CaseRequest & { readonly ports: DeskPorts },
): Promise<CaseAnswer> {
  const row = await findOwn(tx, scope, request)
  if (typeof row === 'string') return row
  await sqlOf<MessagingTables>(tx)
    .updateTable('desk_case')
    .set({ state: 'closed', closed_at: ports.clock.now() })
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', row.id)
    .execute()
  await tell(tx, { scope, row, actor: request.actor, ports }, { act: 'back', text: '' })
  return 'done'
}

/**
 * A conversation is with one case at a time: what is said in another one would reach nobody. Its user may have asked
 * for a person between the claim of another case and its first word.
 */
async function findElsewhere(tx: Transaction, scope: TenantScope, caseId: string): Promise<CaseElsewhere | undefined> {
  const found = await sqlOf<MessagingTables>(tx)
    .selectFrom('desk_case as own')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.tenant_id', '=', 'own.tenant_id')
        .onRef('conversation.id', '=', 'own.conversation_id')
        .onRef('conversation.desk_case', '<>', 'own.id'),
    )
    .innerJoin('desk_case as other', 'other.id', 'conversation.desk_case')
    .select('other.id')
    .where('own.tenant_id', '=', scope.tenantId)
    .where('other.tenant_id', '=', scope.tenantId)
    .where('own.id', '=', caseId)
    .where('other.state', '<>', 'closed')
    .executeTakeFirst()
  return found && { kind: 'busy', case: found.id }
}

/** The case, where it is this person's, for the rest of the transaction; otherwise why not. */
async function findOwn(
  tx: Transaction,
  scope: TenantScope,
  { caseId, actor }: CaseRequest,
): Promise<CaseRow | 'taken' | 'closed' | 'unknown'> {
  const row = await sqlOf<MessagingTables>(tx)
    .selectFrom('desk_case')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', caseId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  if (!row) return 'unknown'
  if (row.state === 'closed') return 'closed'
  return row.state === 'claimed' && row.agent === actor.id ? row : 'taken'
}

interface Telling {
  readonly scope: TenantScope
  readonly row: CaseRow
  readonly actor: Actor
  readonly ports: DeskPorts
}

type DeskBody = Extract<ItemBody, { kind: 'desk' }>

/** An item for the conversation, and who made it. What was said stands in the item alone, sealed. */
async function tell(
  tx: Transaction,
  { scope, row, actor, ports }: Telling,
  { act, text }: Pick<DeskBody, 'act' | 'text'>,
): Promise<void> {
  const body: DeskBody = { kind: 'desk', act, caseId: row.id, text }
  // A case that went back into the queue is claimed once more, and its user hears so.
  const key = act === 'said' ? ports.ids.next() : [row.id, act, row.claimed_at].join(':')
  const item = { scope, conversationId: row.conversation_id, runId: undefined, key, body }
  await commitInternal(tx, [item], ports)
  const object = { kind: 'case', id: row.id }
  await appendAudit(tx, [{ scope, actor, action: `desk.${act}`, object }], { ids: ports.ids, now: ports.clock.now() })
}
