import { isFault, type Said } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { commitDecision, listProposals, type TenantScope, type Transaction } from '@inthread/store'
import type { KeyHolder } from '../keys/key-holder.ts'
import { mayDo } from '../access/access.ts'
import { assertFactor } from '../access/assert-factor.ts'
import { isSamePerson } from '../keys/same-person.store.ts'
import { propose } from '../proposals/propose.ts'
import type { AdminPorts } from '../ports.ts'
import { sayChange as say } from '../saying/say-change.ts'

/** The word of the second person: the proposal, and the digest of exactly this change. */
export interface Approval {
  readonly proposal: string
  readonly digest: string
}

export interface SharedChange {
  readonly scope: TenantScope
  readonly subject: string
  readonly change: unknown
  readonly by: Decider
  readonly approval: Approval | undefined
}

export type Shared =
  | { readonly kind: 'approved' }
  /** Somebody else has to approve it now. */
  | { readonly kind: 'proposed'; readonly approval: Approval }
  | { readonly kind: 'refused'; readonly problem: Said }

/** Who asks, as far as it matters to a change that takes two. */
export type Decider = Pick<KeyHolder, 'actor' | 'madeAt' | 'person' | 'secondFactor' | 'role' | 'scopes'>

/** Four eyes: the first call proposes a change, the same call of somebody else with the approval carries it out. */
export async function shareChange(
  tx: Transaction,
  shared: SharedChange,
  { ids, clock, sandbox }: AdminPorts,
): Promise<Shared> {
  const { scope, subject, change, by, approval } = shared
  const now = clock.now()
  const { actor } = by
  if (!approval) {
    const { proposal, digest } = await propose(tx, scope, { subject, change, maker: actor, ids, now })
    return { kind: 'proposed', approval: { proposal, digest } }
  }
  // Who may make a change is not yet who may approve one, whatever call it is approved with.
  if (!mayDo(by, 'proposal.decide')) return { kind: 'refused', problem: say('decide.role', { role: by.role }) }
  assertFactor(by)
  const [made] = await listProposals(tx, scope, { id: approval.proposal, limit: 1 })
  // Whoever may make keys could else make a second one for the occasion. In a sandbox people are alone.
  if (made && !sandbox && by.madeAt >= made.createdAt) return { kind: 'refused', problem: say('decide.key_younger') }
  if (made && (await isSamePerson(tx, made.maker, by))) return { kind: 'refused', problem: say('decide.maker') }
  // Looked at before it is decided: what nobody carries out must not be stored as approved.
  if (made && (made.subject !== subject || canonicalJson(made.change) !== canonicalJson(change)))
    return { kind: 'refused', problem: say('decide.other_change') }
  try {
    const decision = {
      id: approval.proposal,
      digest: approval.digest,
      checker: actor,
      verdict: 'approved' as const,
      now,
    }
    await commitDecision(tx, scope, decision)
    return { kind: 'approved' }
  } catch (error) {
    if (!isFault(error, 'proposal.not_decidable')) throw error
    return { kind: 'refused', problem: say('decide.somebody_else') }
  }
}
