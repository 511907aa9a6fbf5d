import { Fault } from '@inthread/sdk/fault'
import type { GrantChange } from '@inthread/finance'
import {
  appendAudit,
  commitProposal,
  digestOfChange,
  listProposals,
  voidProposals,
  type Actor,
  type IdSource,
  type TenantScope,
  type Transaction,
} from '@inthread/store'

/** A change of grants as it stands in a proposal. */
export interface GrantProposal {
  readonly grants: readonly GrantChange[]
}

export type GrantSubject = 'grant.raise' | 'grant.switch_on' | 'grant.unblock'

export interface Proposing {
  readonly subject: string
  readonly change: unknown
  readonly maker: Actor
  readonly ids: IdSource
  readonly now: number
}

export interface Proposed {
  readonly proposal: string
  readonly subject: string
  readonly digest: string
}

const openAtMost = 1000

/**
 * Hands a change in for a second person. The same change that is open already is not handed in twice; one of the same
 * grants that says something else is void from now on.
 */
export async function proposeGrants(
  tx: Transaction,
  scope: TenantScope,
  { subject, grants, ...by }: Omit<Proposing, 'change'> & GrantProposal & { readonly subject: GrantSubject },
): Promise<Proposed> {
  const change: GrantProposal = { grants }
  const digest = digestOfChange(change)
  const open = await listProposals(tx, scope, { state: 'open', limit: openAtMost })
  const same = open.find((proposal) => proposal.digest === digest && proposal.expiresAt > by.now)
  if (same) return { proposal: same.id, subject: same.subject, digest }
  await voidGrantProposals(tx, scope, { places: grants.map(({ place }) => place), now: by.now })
  return propose(tx, scope, { subject, change, ...by })
}

/** Hands any change in; its subject says who carries it out once it is approved. */
export async function propose(
  tx: Transaction,
  scope: TenantScope,
  { subject, change, maker, ids, now }: Proposing,
): Promise<Proposed> {
  const id = ids.next()
  const digest = await commitProposal(tx, scope, { id, subject, change, maker, now })
  const record = { scope, actor: maker, action: 'proposal.made', object: { kind: 'proposal', id }, data: { subject } }
  await appendAudit(tx, [record], { ids, now })
  return { proposal: id, subject, digest }
}

/** Whoever changes a grant voids what was proposed about it. */
export async function voidGrantProposals(
  tx: Transaction,
  scope: TenantScope,
  { places, now }: { readonly places: readonly string[]; readonly now: number },
): Promise<void> {
  if (places.length === 0) return
  const open = await listProposals(tx, scope, { state: 'open', limit: openAtMost })
  const touched = open.filter(
    ({ subject, change }) =>
      subject.startsWith('grant.') && readGrantProposal(change).grants.some(({ place }) => places.includes(place)),
  )
  await voidProposals(tx, scope, { ids: touched.map(({ id }) => id), now })
}

export function readGrantProposal(change: unknown): GrantProposal {
  if (typeof change === 'object' && change !== null && 'grants' in change && Array.isArray(change.grants))
    return { grants: change.grants as readonly GrantChange[] }
  throw new Fault('proposal.malformed')
}
