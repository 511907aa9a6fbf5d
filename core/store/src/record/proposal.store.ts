import { createHash } from 'node:crypto'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { addMs, hours, type Instant } from '@inthread/sdk/time'
import { sqlOf, type Reader, type Transaction } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'
import type { Actor, TenantScope } from '../identity/scope.ts'
import { behind, type ListPart } from '../sql/behind.ts'
import { insertAll } from '../sql/statements.ts'

/** A change that needs a second person. It is approved by the digest of exactly this change, within a day. */
export interface NewProposal {
  readonly id: string
  readonly subject: string
  readonly change: unknown
  readonly maker: Actor
  readonly now: Instant
}

export interface Decision {
  readonly id: string
  readonly digest: string
  readonly checker: Actor
  readonly verdict: 'approved' | 'rejected'
  readonly now: Instant
}

const livesMs = hours(24)
const nameOf = (actor: Actor): string => `${actor.kind}:${actor.id}`

/** The digest that the second person approves. */
export async function commitProposal(tx: Transaction, scope: TenantScope, proposal: NewProposal): Promise<string> {
  const change = canonicalJson(proposal.change)
  const digest = digestOfChange(proposal.change)
  const row = {
    tenant_id: scope.tenantId,
    id: proposal.id,
    subject: proposal.subject,
    change,
    digest,
    maker: nameOf(proposal.maker),
    checker: null,
    state: 'open',
    created_at: proposal.now,
    expires_at: addMs(proposal.now, livesMs),
    decided_at: null,
  }
  await insertAll(tx, 'proposal', [row])
  return digest
}

/** The approved or rejected change; a fault when the checker is the maker, the change another one, or the day over. */
export async function commitDecision(tx: Transaction, scope: TenantScope, decision: Decision): Promise<unknown> {
  const decided = await sqlOf<StoreTables>(tx)
    .updateTable('proposal')
    .set({ state: decision.verdict, checker: nameOf(decision.checker), decided_at: decision.now })
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', decision.id)
    .where('digest', '=', decision.digest)
    .where('state', '=', 'open')
    .where('maker', '!=', nameOf(decision.checker))
    .where('expires_at', '>', decision.now)
    .executeTakeFirst()
  if (decided.numUpdatedRows !== 1n) throw new Fault('proposal.not_decidable', { data: { proposal: decision.id } })
  const row = await sqlOf<StoreTables>(tx)
    .selectFrom('proposal')
    .select('change')
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', decision.id)
    .executeTakeFirstOrThrow()
  return JSON.parse(row.change)
}

/** A proposal as it stands; `state` of one that nobody decided in time stays `open`. */
export interface Proposal {
  readonly id: string
  readonly subject: string
  readonly change: unknown
  readonly digest: string
  /** Kind and id of the actor. */
  readonly maker: string
  readonly checker: string | null
  readonly state: 'open' | 'approved' | 'rejected' | 'voided'
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly decidedAt: Instant | null
}

export interface ProposalQuery extends ListPart {
  readonly id?: string
  readonly state?: Proposal['state']
}

const latestFirst = { at: 'created_at', id: 'id', down: true } as const

/** The latest first. */
export async function listProposals(
  reader: Reader,
  scope: TenantScope,
  { id, state, after, limit }: ProposalQuery,
): Promise<readonly Proposal[]> {
  let query = sqlOf<StoreTables>(reader).selectFrom('proposal').selectAll().where('tenant_id', '=', scope.tenantId)
  if (id !== undefined) query = query.where('id', '=', id)
  if (state !== undefined) query = query.where('state', '=', state)
  if (after) query = query.where(behind(latestFirst, after))
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    change: JSON.parse(row.change) as unknown,
    digest: row.digest,
    maker: row.maker,
    checker: row.checker,
    state: row.state as Proposal['state'],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
  }))
}

/** What they speak of has become something else: nobody can decide these any more. */
export async function voidProposals(
  tx: Transaction,
  scope: TenantScope,
  { ids, now }: { readonly ids: readonly string[]; readonly now: Instant },
): Promise<void> {
  if (ids.length === 0) return
  await sqlOf<StoreTables>(tx)
    .updateTable('proposal')
    .set({ state: 'voided', decided_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('id', 'in', [...ids])
    .where('state', '=', 'open')
    .execute()
}

export function digestOfChange(change: unknown): string {
  return createHash('sha256').update(canonicalJson(change)).digest('hex')
}

/** How an actor stands in a proposal. */
export const makerNameOf = nameOf
