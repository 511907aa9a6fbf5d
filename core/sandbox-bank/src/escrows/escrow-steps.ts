import type { Bank } from '../app/bank.ts'
import type { DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { moveMoney } from '../deeds/deed-money.ts'
import { findMood } from '../sandbox/moods.ts'
import type { Escrow, EscrowFacts, Party } from './escrow-facts.ts'
import { escrowTerms } from './escrow-terms.ts'

type Change = DeedChange<EscrowFacts>

interface Ending {
  readonly to: Party
  readonly decidedBy: NonNullable<EscrowFacts['decidedBy']>
}

/**
 * The money leaves the hold. It can do so once: the account of the hold has this amount and no more, and is never
 * overdrawn, so a second way out is refused by the books themselves.
 */
export function payOut(bank: Bank, escrow: Escrow, { to, decidedBy }: Ending): Change {
  const { id, clientRef, accountId = '', amountMinor = 0n, facts } = escrow
  const dr = to === 'seller' ? facts.seller : accountId
  const names = { id, part: to === 'seller' ? 'release' : 'void', ...(clientRef === undefined ? {} : { clientRef }) }
  moveMoney(bank, { ...names, dr, cr: facts.escrow, amountMinor })
  const after = { ...facts, decidedBy }
  // What nobody in the conversation has done has a word of its own: there somebody has to be told.
  const event = decidedBy === 'parties' ? {} : { event: 'closed' }
  return { state: to === 'seller' ? 'released' : 'returned', facts: after, ...event }
}

/** Nobody has said anything for as long as the terms allow. */
export function goOn(bank: Bank, escrow: Escrow): Change {
  const { state, facts } = escrow
  if (state === 'held') return payOut(bank, escrow, { to: 'buyer', decidedBy: 'rule' })
  if (state === 'disputed')
    return payOut(bank, escrow, {
      to: findMood(bank.db, 'escrow') === 'seller' ? 'seller' : 'buyer',
      decidedBy: 'bank',
    })
  if (state !== 'shipped') return { state, facts }
  if (facts.reminded) return payOut(bank, escrow, { to: 'seller', decidedBy: 'rule' })
  const dueAt = bank.clock.now() + escrowTerms.graceMs
  return { state, facts: { ...facts, reminded: true }, event: 'reminded', dueAt }
}

export function decideFor(bank: Bank, escrow: Escrow, party: Party): Change {
  if (escrow.state !== 'disputed') throw buildStateProblem('escrow', escrow)
  return payOut(bank, escrow, { to: party, decidedBy: 'bank' })
}
