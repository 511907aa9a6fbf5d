import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { moveMoney } from '../deeds/deed-money.ts'
import { defineAction, defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { commitAccountState, getAccount } from '../ledger/accounts.store.ts'
import { cardAccounts } from './card-accounts.ts'

const dayMs = 24 * 3_600_000
/** A purchase can be denied for this long after nobody answered. */
const disputableMs = 60 * dayMs

export interface NoticeFacts {
  readonly shop: string
  /** Of the card. */
  readonly mask: string
  readonly boughtAt: number
  /** Names the dispute for the customer. */
  readonly dispute?: string
  readonly risk?: 'raised'
  /** The bank has put the amount back until it is clear what happened. */
  readonly credited?: boolean
}

const answers = ['confirmed', 'denied'] as const
const answerBody = Type.Object({ answer: Type.Enum([...answers]) })

/** A card was used somewhere: was that you? */
export const noticeKind = defineDeed<NoticeFacts>({
  thing: 'transaction_notice',
  prefix: 'ntc',
  url: '/v1/transaction-notices',
  name: 'TransactionNotice',
  states: [
    ...(['notified', 'confirmed', 'denied', 'unanswered', 'dispute_open', 'provisional_credit'] as const),
    ...(['resolved_lost', 'resolved_won', 'closed'] as const),
  ],
  outcomes: {},
  view: Type.Object({
    shop: Type.String(),
    mask: Type.String(),
    boughtAt: Type.String({ format: 'date-time' }),
    dispute: Type.Optional(Type.String({ description: 'Names the dispute for the customer.' })),
    risk: Type.Optional(Type.Enum(['raised'])),
    card: Type.Enum(['open', 'frozen', 'inactive']),
    credited: Type.Optional(
      Type.Boolean({
        description: 'The amount was put back until it was clear what happened; a lost dispute takes it.',
      }),
    ),
  }),
  render: (bank, { facts, accountId = '' }) => ({
    ...{ shop: facts.shop, mask: facts.mask, boughtAt: renderInstant(facts.boughtAt) },
    ...(facts.dispute === undefined ? {} : { dispute: facts.dispute }),
    ...(facts.risk === undefined ? {} : { risk: facts.risk }),
    card: getAccount(bank.db, accountId).state,
    ...(facts.credited ? { credited: true } : {}),
  }),
  step: stepNotice,
  actions: {
    answer: defineAction({
      summary: 'The customer says whether it was them. A denial freezes the card at once and needs no confirmation.',
      body: answerBody,
      problems: ['state_conflict'],
      run: answer,
    }),
  },
  controls: {
    won: (_bank, deed) => resolve(deed, 'resolved_won'),
    lost: (bank, deed) => {
      const change = resolve(deed, 'resolved_lost')
      if (deed.state === 'provisional_credit') moveCredit(bank, deed, 'credit-back')
      return change
    },
  },
})

type Change = DeedChange<NoticeFacts>

function answer(bank: Bank, deed: Deed<NoticeFacts>, { answer: said }: Static<typeof answerBody>): Change {
  if (said === 'confirmed') {
    if (deed.state !== 'notified') throw buildStateProblem('notice', deed)
    return { state: 'confirmed', dueAt: bank.clock.now() + dayMs }
  }
  if (!['notified', 'confirmed', 'unanswered'].includes(deed.state)) throw buildStateProblem('notice', deed)
  commitAccountState(bank.db, deed.accountId ?? '', 'frozen')
  const dispute = `D-${deed.id.slice(-8).toUpperCase()}`
  const risk = deed.state === 'confirmed' ? ({ risk: 'raised' } as const) : {}
  return { state: 'denied', facts: { ...deed.facts, dispute, ...risk }, dueAt: bank.clock.now() }
}

/** A denial becomes a dispute, and the dispute a credit, by themselves; silence and a yes run out. */
function stepNotice(bank: Bank, deed: Deed<NoticeFacts>): Change {
  const { dueAt = bank.clock.now() } = deed
  switch (deed.state) {
    case 'notified':
      return { state: 'unanswered', dueAt: dueAt + disputableMs }
    case 'denied':
      return { state: 'dispute_open', dueAt: dueAt + bank.terms.settleDelayMs }
    case 'dispute_open':
      moveCredit(bank, deed, 'credit')
      return { state: 'provisional_credit', facts: { ...deed.facts, credited: true } }
    default:
      return { state: 'closed' }
  }
}

function resolve(deed: Deed<NoticeFacts>, state: string): Change {
  const open = deed.state === 'provisional_credit' || (deed.state === 'dispute_open' && state === 'resolved_lost')
  if (!open) throw buildStateProblem('notice', deed)
  return { state }
}

/** The bank's own money, until it is clear who pays. */
function moveCredit(bank: Bank, { id, accountId = '', amountMinor = 0n }: Deed, part: 'credit' | 'credit-back'): void {
  const [dr, cr] = part === 'credit' ? [accountId, cardAccounts.disputes] : [cardAccounts.disputes, accountId]
  moveMoney(bank, { id, part, dr, cr, amountMinor })
}
