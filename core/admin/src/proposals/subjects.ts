import { Refusal } from '../router/refusal.ts'
import {
  breakSubject,
  commitGrantChanges,
  commitTerms,
  readPlace,
  refundSubject,
  termsSchema,
  type BreakDecision,
} from '@inthread/finance'
import { appendAudit, type Actor, type TenantScope, type Transaction } from '@inthread/store'
import { isOfTenant, mayDo } from '../access/access.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import { commitLift } from '../packages/commit-lift.ts'
import type { AdminPorts } from '../ports.ts'
import { readGrantProposal } from './propose.ts'
import { sayChange as say } from '../saying/say-change.ts'

export interface CarryingOut {
  readonly change: unknown
  readonly actor: Actor
  readonly ports: AdminPorts
  readonly now: number
}

/** What kind of change a proposal is: who may decide it, and what is done once it is approved. */
export interface ProposalSubject {
  mayDecide(holder: KeyHolder, change: unknown): boolean
  /**
   * In the transaction of the approval: both happen, or neither. Gives the conversations that were told of it, if any.
   */
  carryOut(tx: Transaction, scope: TenantScope, work: CarryingOut): Promise<void | readonly string[]>
  /** Likewise, when it is rejected: for what waits for the decision. */
  turnDown?(tx: Transaction, scope: TenantScope, work: CarryingOut): Promise<void>
}

const isNoTenant: ProposalSubject['mayDecide'] = (holder) => !isOfTenant(holder)

const grants: ProposalSubject = {
  mayDecide: (holder, change) =>
    !isOfTenant(holder) || readGrantProposal(change).grants.every(({ place }) => !isBanks(place)),
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
  mayDecide: (holder) => mayDo(holder, 'kill.lift'),
  carryOut: (tx, scope, { change, actor, ports, now }) => {
    const { kill } = change as { readonly kill: string }
    return commitLift(tx, scope, { id: kill, actor, now, ids: ports.ids })
  },
}

/** What an upgrade means is computed once more when it is carried out, which takes code and is no transaction. */
const upgrade: ProposalSubject = {
  mayDecide: () => true,
  carryOut: () => {
    throw new Refusal({ code: 'BAD_REQUEST', said: say('decide.by_upgrade') })
  },
}

/** Any second person of the tenant may: it is the tenant's money. */
const refund: ProposalSubject = {
  mayDecide: () => true,
  carryOut: (tx, scope, { change, actor, ports, now }) =>
    ports.books.approveRefund(tx, { scope, refundId: readRefund(change), by: actor, now }),
  turnDown: (tx, scope, { change, actor, ports, now }) =>
    ports.books.rejectRefund(tx, { scope, refundId: readRefund(change), by: actor, now }),
}

function readRefund(change: unknown): string {
  return (change as { readonly refund: string }).refund
}

/** What the bank and the book do not agree on is not decided by whoever gets the money. */
const breakOf: ProposalSubject = {
  mayDecide: isNoTenant,
  carryOut: (tx, scope, { change, actor, ports, now }) => {
    const { break: breakId, decision } = change as { readonly break: string; readonly decision: BreakDecision }
    return ports.books.resolveBreak(tx, { scope, breakId, decision, by: actor, now })
  },
}

const terms: ProposalSubject = {
  mayDecide: isNoTenant,
  carryOut: async (tx, scope, { change, actor, ports, now }) => {
    const { base, terms: agreed } = change as { readonly base: number; readonly terms: unknown }
    await commitTerms(tx, scope, { base, terms: termsSchema.parse(agreed), now })
    const record = { scope, actor, action: 'terms.changed', object: { kind: 'terms', id: String(base + 1) } }
    await appendAudit(tx, [record], { ids: ports.ids, now })
  },
}

/** What the bank allows a tenant is decided by the bank or the platform, never by that tenant. */
function isBanks(place: string): boolean {
  return readPlace(place).side === 'bank'
}

/** Every subject that a second person can approve. */
export const subjects: Readonly<Record<string, ProposalSubject>> = {
  'grant.raise': grants,
  'grant.switch_on': grants,
  'grant.unblock': grants,
  'kill.lift': killLift,
  'installation.upgrade': upgrade,
  [refundSubject]: refund,
  [breakSubject]: breakOf,
  'books.terms': terms,
}
