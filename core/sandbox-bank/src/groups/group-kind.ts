import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { getClient } from '../clients/clients.store.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { defineAction, defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { currency, getAccount } from '../ledger/accounts.store.ts'
import { money, payee, renderMoney } from '../routes/fields.ts'
import { holdGroup, postMember, releaseMember, type HeldMember } from './group-money.ts'
import type { GroupFacts } from './group-quotes.ts'

const heldMs = 7 * 24 * 3_600_000

export interface GroupDeedFacts {
  readonly members: readonly HeldMember[]
  readonly capture: 'automatic' | 'manual'
}

const body = Type.Object({
  capture: Type.Optional(
    Type.Enum(['automatic', 'manual'], { description: 'manual: only held, until it is posted or voided.' }),
  ),
})

const noBody = Type.Object({})

/** Points and money, or several merchants: held together, and together posted or given back. */
export const groupKind = defineCommit<GroupDeedFacts, typeof body>({
  thing: 'group',
  prefix: 'grp',
  url: '/v1/groups',
  name: 'Group',
  summary: 'Makes the payments of a quote, all or none.',
  ops: ['points-payment', 'group-payment'],
  states: ['processing', 'authorised', 'succeeded', 'failed', 'cancelled'],
  outcomes: { succeeded: 'done', failed: 'none', cancelled: 'none' },
  body,
  problems: ['insufficient_funds', 'account_frozen', 'above_limit'],
  view: Type.Object({
    members: Type.Array(Type.Object({ payee, amount: money, points: Type.String() })),
  }),
  render: (bank, { facts }) => ({ members: (facts.members ?? []).map((member) => renderMember(bank, member)) }),
  begin: ({ bank, id, clientRef, link, account, quote, now, body: { capture = 'automatic' } }) => {
    const { members } = quote?.facts as GroupFacts
    if (!account) throw new Error('a group was confirmed without a payer')
    const held = holdGroup(bank, { id, clientRef, customerId: link.customerId, account, members })
    if ('refusal' in held) return { state: 'failed', facts: { members: [], capture }, refusal: held.refusal }
    const facts = { members: held.held, capture }
    return { state: 'processing', facts, dueAt: now + bank.terms.settleDelayMs }
  },
  step: (bank, deed) => {
    if (deed.state === 'authorised') return release(bank, deed, { state: 'cancelled' })
    if (getAccount(bank.db, deed.accountId ?? '').state === 'frozen') {
      return release(bank, deed, { state: 'failed', failureCode: 'account_frozen' })
    }
    if (deed.facts.capture === 'automatic') return post(bank, deed)
    return { state: 'authorised', dueAt: bank.clock.now() + heldMs }
  },
  actions: {
    post: defineAction({
      summary: 'Takes what is held, all of it.',
      body: noBody,
      problems: ['state_conflict'],
      run: (bank, deed) => post(bank, assertState(deed, ['authorised'])),
    }),
    void: defineAction({
      summary: 'Gives back what is held, all of it.',
      body: noBody,
      problems: ['state_conflict'],
      run: (bank, deed) => release(bank, assertState(deed, ['processing', 'authorised']), { state: 'cancelled' }),
    }),
  },
})

type GroupDeed = Deed<GroupDeedFacts>

function assertState(deed: GroupDeed, states: readonly string[]): GroupDeed {
  if (states.includes(deed.state)) return deed
  throw buildStateProblem('group', deed, deed.state === 'succeeded' ? 'done' : 'none')
}

function post(bank: Bank, deed: GroupDeed): DeedChange<GroupDeedFacts> {
  let feeMinor = 0n
  for (const member of deed.facts.members) {
    // The others know nothing of the caller's reference.
    const own = member.clientId === deed.clientId
    const taken = postMember(bank, member, own ? deed.clientRef : undefined)
    if (own) feeMinor += taken
  }
  return { state: 'succeeded', feeMinor }
}

function release(bank: Bank, deed: GroupDeed, change: DeedChange<GroupDeedFacts>): DeedChange<GroupDeedFacts> {
  for (const member of deed.facts.members) releaseMember(bank, member)
  return change
}

function renderMember(bank: Bank, member: HeldMember): object {
  const { payeeId: id, names, accountMask: account } = getClient(bank.db, member.clientId)
  return {
    payee: { id, name: names.zh, account },
    amount: renderMoney(BigInt(member.money), currency),
    points: member.points,
  }
}
