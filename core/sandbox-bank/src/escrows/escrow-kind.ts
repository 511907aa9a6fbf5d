import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { defineCommit, type CommitDesk, type Beginning } from '../deeds/deed-kind.ts'
import { holdMoney, postMoney } from '../deeds/deed-money.ts'
import { commitAccount } from '../ledger/accounts.store.ts'
import { escrowActions } from './escrow-actions.ts'
import type { EscrowFacts } from './escrow-facts.ts'
import type { EscrowWish } from './escrow-quote.ts'
import { escrowTerms } from './escrow-terms.ts'
import { decideFor, goOn } from './escrow-steps.ts'

const states = ['held', 'shipped', 'disputed', 'released', 'returned', 'failed'] as const
const party = Type.Enum(['buyer', 'seller'])

/**
 * Money between a buyer and a seller who do not trust one another: it waits in an account of its own, and leaves it
 * once, to one of the two. What was agreed decides, then the rule, and in a dispute the bank.
 */
export const escrows = defineCommit<EscrowFacts, TObject>({
  thing: 'escrow',
  prefix: 'esc',
  url: '/v1/escrows',
  name: 'Escrow',
  states,
  outcomes: { held: 'done', shipped: 'done', disputed: 'done', released: 'done', returned: 'none', failed: 'none' },
  view: Type.Object({
    item: Type.Optional(Type.String()),
    answerBy: Type.Optional(Type.String({ format: 'date-time', description: 'Until then; afterwards the rule acts.' })),
    reminded: Type.Optional(Type.Boolean()),
    wantsBack: Type.Optional(Type.Array(party, { description: 'Who has asked to have it given back.' })),
    decidedBy: Type.Optional(Type.Enum(['parties', 'rule', 'bank'])),
    parcel: Type.Optional(Type.String()),
  }),
  render: (_bank, { facts: { item, reminded, wantsBack, decidedBy, parcel }, dueAt }) => ({
    ...(item === undefined ? {} : { item }),
    ...(dueAt === undefined ? {} : { answerBy: renderInstant(dueAt) }),
    ...(reminded ? { reminded } : {}),
    ...(wantsBack?.length ? { wantsBack: [...wantsBack] } : {}),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(parcel === undefined ? {} : { parcel }),
  }),
  summary: 'Pays into a hold that buyer and seller release together.',
  ops: ['escrow'],
  body: Type.Object({}),
  problems: ['insufficient_funds', 'account_frozen', 'above_limit'],
  begin,
  step: goOn,
  actions: escrowActions,
  controls: {
    'for-seller': (bank, escrow) => decideFor(bank, escrow, 'seller'),
    'for-buyer': (bank, escrow) => decideFor(bank, escrow, 'buyer'),
  },
})

/** The hold is spoken for and taken in one transaction: who is short of money has paid nothing in. */
function begin({ bank, client, id, clientRef, account, amountMinor, quote, now }: Desk): Beginning<EscrowFacts> {
  if (!account) throw new Error('an escrow was confirmed without a payer')
  const { item } = quote?.facts as EscrowWish
  const escrow = bank.vault.idOf('acc', 'escrow', id)
  const facts: EscrowFacts = { item, escrow, seller: client.accountId }
  commitAccount(bank.db, { id: escrow, kind: 'promo', clientId: client.id })
  const refusal = holdMoney(bank, { id, clientRef, account, dr: escrow, amountMinor })
  if (refusal) return { state: 'failed', facts, refusal }
  postMoney(bank, id)
  return { state: 'held', facts, dueAt: now + escrowTerms.shipMs }
}

type Desk = CommitDesk<unknown> & { readonly bank: Bank }
