import { commitGrantChanges, readPlace } from '@inthread/finance'
import { appendAudit, type Actor, type TenantScope, type Transaction } from '@inthread/store'
import type { KeyHolder } from '../keys/key-holder.ts'
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

/** What the bank allows a tenant is decided by the bank or the platform, never by that tenant. */
export function isBanks(place: string): boolean {
  return readPlace(place).side === 'bank'
}

/** Every subject that a second person can approve. */
export const subjects: Readonly<Record<string, ProposalSubject>> = {
  'grant.raise': grants,
  'grant.switch_on': grants,
  'grant.unblock': grants,
}
