import { Refusal } from '../router/refusal.ts'
import { commitGrantChanges, readPlace } from '@inthread/finance'
import { appendAudit, type Actor, type TenantScope, type Transaction } from '@inthread/store'
import type { KeyHolder } from '../keys/key-holder.ts'
import { commitLift } from '../packages/commit-lift.ts'
import type { AdminPorts } from '../ports.ts'
import { readGrantProposal } from './propose.ts'

export interface CarryingOut {
  readonly change: unknown
  readonly actor: Actor
  readonly ports: AdminPorts
  readonly now: number
}

/** What kind of change a proposal is: who may decide it, and what is done once it is approved. */
export interface ProposalSubject {
  mayDecide(holder: KeyHolder, change: unknown): boolean
  /** In the transaction of the approval: both happen, or neither. */
  carryOut(tx: Transaction, scope: TenantScope, work: CarryingOut): Promise<void>
}

const grants: ProposalSubject = {
  mayDecide: ({ role }, change) =>
    !role.startsWith('tenant:') || readGrantProposal(change).grants.every(({ place }) => !isBanks(place)),
  carryOut: async (tx, scope, { change, actor, ports, now }) => {
    const { grants: changes } = readGrantProposal(change)
    await commitGrantChanges(tx, scope, { changes, now })
    const records = changes.map(({ place }) => ({
      scope,
      actor,
      action: 'grant.changed',
      object: { kind: 'grant', id: place },
    }))
    await appendAudit(tx, records, { ids: ports.ids, now })
  },
}

const killLift: ProposalSubject = {
  mayDecide: ({ role }) => !role.startsWith('tenant:'),
  carryOut: (tx, scope, { change, actor, ports, now }) => {
    const { kill } = change as { readonly kill: string }
    return commitLift(tx, scope, { id: kill, actor, now, ids: ports.ids })
  },
}

/** What an upgrade means is computed once more when it is carried out, which takes code and is no transaction. */
const upgrade: ProposalSubject = {
  mayDecide: () => true,
  carryOut: () => {
    const message = 'approve it with installations.upgrade: it takes this proposal and its digest as its approval'
    throw new Refusal({ code: 'BAD_REQUEST', message })
  },
}

/** What the bank allows a tenant is decided by the bank or the platform, never by that tenant. */
export function isBanks(place: string): boolean {
  return readPlace(place).side === 'bank'
}

/** Every subject that a second person can approve. */
export const subjects: Readonly<Record<string, ProposalSubject>> = {
  'grant.raise': grants,
  'grant.switch_on': grants,
  'grant.unblock': grants,
  'kill.lift': killLift,
  'installation.upgrade': upgrade,
}
