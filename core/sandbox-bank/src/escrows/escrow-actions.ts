import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { defineAction, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { Problem } from '../transport/problem.ts'
import type { Escrow, EscrowFacts, Party } from './escrow-facts.ts'
import { payOut } from './escrow-steps.ts'
import { escrowTerms } from './escrow-terms.ts'

type Change = DeedChange<EscrowFacts>

const link = Type.String({ minLength: 1, maxLength: 64 })
const byBuyer = Type.Object({ link })
const parcel = Type.String({ minLength: 1, maxLength: 60 })

/** What each of the two may do. The buyer is known by the link that paid, the seller is the client. */
export const escrowActions = {
  ship: defineAction({
    summary: 'The seller has sent it: from now on the buyer is waited for.',
    body: Type.Object({ parcel: Type.Optional(parcel) }),
    problems: ['state_conflict'],
    run: (bank, escrow: Escrow, { parcel: name }): Change => {
      assertState(escrow, ['held'])
      const facts = { ...escrow.facts, ...(name === undefined ? {} : { parcel: name }) }
      return { state: 'shipped', facts, dueAt: bank.clock.now() + escrowTerms.answerMs }
    },
  }),
  receipt: defineAction({
    summary: 'The buyer has it: the money goes to the seller.',
    body: byBuyer,
    problems: ['state_conflict'],
    run: (bank, escrow: Escrow, body): Change => {
      assertBuyer(escrow, body.link)
      assertState(escrow, ['shipped', 'disputed'])
      return payOut(bank, escrow, { to: 'seller', decidedBy: 'parties' })
    },
  }),
  return: defineAction({
    summary: 'One of the two wants it given back; when both do, it is.',
    body: Type.Object({ by: Type.Enum(['buyer', 'seller']), link: Type.Optional(link) }),
    problems: ['state_conflict'],
    run: (bank, escrow: Escrow, body): Change => {
      const by = body.by as Party
      if (by === 'buyer') assertBuyer(escrow, body.link)
      assertState(escrow, ['held', 'shipped', 'disputed'])
      return askBack(bank, escrow, by)
    },
  }),
  dispute: defineAction({
    summary: 'The buyer objects: nothing is paid out until the bank has decided, or both agree.',
    body: byBuyer,
    problems: ['state_conflict'],
    run: (bank, escrow: Escrow, body): Change => {
      assertBuyer(escrow, body.link)
      assertState(escrow, ['shipped'])
      return { state: 'disputed', facts: escrow.facts, dueAt: bank.clock.now() + escrowTerms.decideMs }
    },
  }),
}

function askBack(bank: Bank, escrow: Escrow, by: Party): Change {
  const { facts, state, dueAt } = escrow
  const wantsBack = [...new Set([...(facts.wantsBack ?? []), by])]
  const asked = { ...escrow, facts: { ...facts, wantsBack } }
  if (wantsBack.length === 2) return payOut(bank, asked, { to: 'buyer', decidedBy: 'parties' })
  return { state, facts: asked.facts, event: 'return_asked', ...(dueAt === undefined ? {} : { dueAt }) }
}

/** Somebody else's hold is none that they could know of. */
function assertBuyer({ linkId }: Escrow, named: string | undefined): void {
  if (named !== linkId) throw new Problem('not_found', 'There is no escrow with this id for this link.')
}

function assertState(escrow: Escrow, allowed: readonly string[]): void {
  if (!allowed.includes(escrow.state))
    throw buildStateProblem('escrow', escrow, escrow.state === 'released' ? 'done' : 'none')
}
