import { isFault, type Said } from '@inthread/sdk/fault'
import {
  appendAudit,
  commitDecision,
  listProposals,
  makerNameOf,
  openScope,
  type Proposal,
  type TenantScope,
} from '@inthread/store'
import type { KeyHolder } from '../keys/key-holder.ts'
import { isSamePerson } from '../keys/same-person.store.ts'
import type { AdminPorts } from '../ports.ts'
import { Refusal } from '../router/refusal.ts'
import { subjects, type ProposalSubject } from './subjects.ts'
import { sayChange as say } from '../saying/say-change.ts'
import { sayRefusal } from '../saying/say-refusal.ts'

/** What was proposed does not fit any more. */
const overtaken: ReadonlySet<string> = new Set([
  ...['proposal.not_decidable', 'grant.moved', 'books.terms_moved', 'books.step_refused'],
  ...['refund.more_than_left', 'refund.disputed', 'break.decision_unfit', 'break.order_undecided'],
])

export interface Deciding {
  readonly tenant: string
  readonly id: string
  /** Of exactly the change that was read. */
  readonly digest: string
  readonly verdict: 'approved' | 'rejected'
}

/** A second person's word. What is approved is carried out in the same transaction. */
export async function decide(deciding: Deciding, holder: KeyHolder, ports: AdminPorts): Promise<Proposal> {
  const scope = openScope(deciding.tenant)
  const proposal = await getProposal(scope, deciding.id, ports)
  const subject = subjects[proposal.subject]
  if (!subject && deciding.verdict === 'approved')
    throw new Refusal({
      code: 'BAD_REQUEST',
      said: say('decide.where_proposed'),
    })
  const same = await ports.store.read('proposal.maker', (reader) => isSamePerson(reader, proposal.maker, holder))
  const objection = same ? samePerson : findObjection(proposal, subject, { holder, ports })
  if (objection !== undefined) throw new Refusal({ code: 'FORBIDDEN', said: objection })
  try {
    await commit(scope, deciding, { holder, ports, subject })
  } catch (error) {
    if (isFault(error) && overtaken.has(error.code))
      throw new Refusal({
        code: 'CONFLICT',
        said: say('decide.overtaken'),
        cause: error,
      })
    throw error
  }
  return getProposal(scope, deciding.id, ports)
}

export async function getProposal(scope: TenantScope, id: string, { store }: AdminPorts): Promise<Proposal> {
  const [proposal] = await store.read('proposal.get', (reader) => listProposals(reader, scope, { id, limit: 1 }))
  if (!proposal) throw new Refusal({ code: 'NOT_FOUND', said: sayRefusal('missing.thing', { what: 'proposal' }) })
  return proposal
}

const samePerson = say('decide.same_person')

interface Judging {
  readonly holder: KeyHolder
  readonly ports: AdminPorts
}

/** Why this key cannot decide it, as a sentence; the database refuses the maker once more by itself. */
function findObjection(
  proposal: Proposal,
  subject: ProposalSubject | undefined,
  { holder, ports }: Judging,
): Said | undefined {
  if (proposal.maker === makerNameOf(holder.actor)) return say('decide.same_hand')
  if (subject?.mayDecide(holder, proposal.change) === false)
    return sayRefusal('role.may_not_decide', { role: holder.role })
  // Whoever may make keys could else make a second one for the occasion. In a sandbox people are alone.
  if (!ports.sandbox && holder.madeAt >= proposal.createdAt) return say('decide.younger')
  return undefined
}

async function commit(
  scope: TenantScope,
  { id, digest, verdict }: Deciding,
  { holder, ports, subject }: Judging & { readonly subject: ProposalSubject | undefined },
): Promise<void> {
  const now = ports.clock.now()
  const { actor } = holder
  const told = await ports.store.write(
    'proposal.decide',
    async (tx) => {
      const change = await commitDecision(tx, scope, { id, digest, checker: actor, verdict, now })
      const work = { change, actor, ports, now }
      const carried = verdict === 'approved' ? await subject?.carryOut(tx, scope, work) : undefined
      if (verdict === 'rejected') await subject?.turnDown?.(tx, scope, work)
      const record = { scope, actor, action: `proposal.${verdict}`, object: { kind: 'proposal', id } }
      await appendAudit(tx, [record], { ids: ports.ids, now })
      return carried ?? []
    },
    async (reader) => {
      const [proposal] = await listProposals(reader, scope, { id, limit: 1 })
      return proposal?.state === verdict && proposal.checker === makerNameOf(actor)
    },
  )
  ports.books.wake(told)
}
