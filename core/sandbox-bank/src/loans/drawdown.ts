import { Type, type TObject } from 'typebox'
import { commitApplicationState, readOffer } from '../applications/after-offer.ts'
import type { Bank } from '../app/bank.ts'
import { getClient } from '../clients/clients.store.ts'
import { commitDeed, commitDeedChange } from '../deeds/change-deed.ts'
import { defineAction, defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { getDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import type { WireCredit } from '../credit/render-credit.ts'
import { renderFirstDue } from '../credit/words.ts'
import { commitHeld, commitLines, ensureAccount, giveBackHeld, holdMoney, sides } from '../products/money.ts'
import { termSchema } from '../quotes/quote-resource.ts'
import { Problem } from '../transport/problem.ts'
import { getLoanProduct } from './loan-quote.ts'
import { openLines, sumPrincipalLeft } from './loan-book.ts'
import { findNextMoment, listLoanAccounts, loans, today, type Loan, type LoanFacts } from './loan-kind.ts'

export interface DrawdownFacts {
  readonly application: string
  readonly product: string
  readonly credit: WireCredit
  /** The account it is paid to. */
  readonly to: string
  readonly loan?: string
  readonly day: string
}

export type Drawdown = Deed<DrawdownFacts>
type Change = DeedChange<DrawdownFacts>

const states = ['drawdown_pending', 'disbursed', 'drawdown_failed', 'reversed', 'failed'] as const

/** The signed contract, and the money that is paid out on it. */
export const drawdowns = defineCommit<DrawdownFacts, TObject>({
  thing: 'drawdown',
  prefix: 'drw',
  url: '/v1/drawdowns',
  postUrl: '/v1/offers/:id/accept',
  listed: true,
  name: 'Drawdown',
  states,
  outcomes: { disbursed: 'done', drawdown_failed: 'none', reversed: 'none', failed: 'none' },
  view: Type.Object({
    application: Type.Optional(Type.String()),
    product: Type.Optional(Type.String()),
    loan: Type.Optional(Type.String({ description: 'Once it is paid out: GET /v1/loans/{id}.' })),
    facts: Type.Optional(Type.Array(termSchema, { description: 'Rows of the receipt, once it is paid out.' })),
  }),
  render: (_bank, { state, facts: { application, product, loan, credit } }) => ({
    ...{ application, product },
    ...(loan === undefined ? {} : { loan }),
    ...(state === 'disbursed' ? { facts: [...renderFirstDue(credit.schedule)] } : {}),
  }),
  summary: 'Signs the contract of an offer, and has the loan paid out: to the merchant, or to the customer.',
  ops: ['loan'],
  body: Type.Object({}),
  problems: [],
  begin: ({ bank, client, id, clientRef, at, amountMinor, payee, quote, now }) => {
    const { application, product } = readOffer(quote, { at, type: 'loan' })
    const to = payee.id === client.payeeId ? client.accountId : payee.id
    const from = ensureAccount(bank, sides.lending)
    if (holdMoney(bank, id, { from, to, amountMinor, clientRef })) throw new Error('the bank is short of money')
    commitApplicationState(bank, application, 'drawdown_pending')
    const facts = { application, product, to, credit: quote?.credit as WireCredit, day: today(bank) }
    return { state: 'drawdown_pending', facts, parentId: application, dueAt: now + bank.terms.settleDelayMs }
  },
  step: payOut,
  controls: {
    fail: (bank, drawdown) => {
      if (drawdown.state !== 'drawdown_pending') throw buildStateProblem('drawdown', drawdown)
      giveBackHeld(bank, drawdown)
      commitApplicationState(bank, drawdown.facts.application, 'drawdown_failed')
      return { state: 'drawdown_failed', facts: drawdown.facts, failureCode: 'credit_declined' }
    },
  },
  actions: {
    cancel: defineAction({
      summary: 'Takes the loan back on the day it was paid out: nothing is owed, no interest.',
      body: Type.Object({}),
      problems: ['state_conflict', 'insufficient_funds'],
      run: (bank, deed) => reverse(bank, deed as Drawdown),
    }),
  },
})

/** The money is with the merchant, and the loan begins: what is owed is noted in accounts of its own (P13). */
function payOut(bank: Bank, drawdown: Drawdown): Change {
  const { facts, amountMinor = 0n } = drawdown
  if (!commitHeld(bank, drawdown)) throw new Error('the lending side is never frozen')
  const loan = commitLoan(bank, drawdown)
  const accounts = listLoanAccounts(loan.id)
  for (const account of Object.values(accounts)) ensureAccount(bank, account)
  const line = { part: 'memo', dr: accounts.principal.id, cr: accounts.memo.id, amountMinor }
  commitLines(bank, drawdown, [line])
  commitApplicationState(bank, facts.application, 'disbursed')
  commitApplicationState(bank, facts.application, 'loan_open')
  return { state: 'disbursed', facts: { ...facts, loan: loan.id } }
}

function commitLoan(bank: Bank, drawdown: Drawdown): Loan {
  const { facts, clientId, linkId, customerId, id: drawdownId } = drawdown
  const { schedule, principal, method, annualRate, periods, dayCount, rounding, start, firstDue } = facts.credit
  const product = getLoanProduct(facts.product)
  const lines = openLines(schedule)
  const terms = {
    ...{ method: product.method, annualRate, periods, dayCount: product.dayCount, rounding: product.rounding },
    ...{ start, firstDue },
    ...(product.graceMonths > 0 ? { graceMonths: product.graceMonths } : {}),
  }
  if (method !== product.method || dayCount !== product.dayCount || rounding !== product.rounding) {
    throw new Error('an offer was made by another product')
  }
  const loanFacts: LoanFacts = {
    ...{ terms, lines, penaltyMultiplier: product.penaltyMultiplier, lateTold: [] },
    ...{ product: product.id, name: product.name, principal: principal.value },
    ...{ application: facts.application, drawdown: drawdownId },
    ...(product.coolingOffDays === undefined ? {} : { coolingOffDays: product.coolingOffDays }),
  }
  const dueAt = findNextMoment(bank, lines)
  return commitDeed(bank, loans, {
    ...{ id: bank.vault.idOf('lon', drawdownId), clientId, state: 'active', facts: loanFacts, parentId: drawdownId },
    ...(linkId === undefined ? {} : { linkId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(dueAt === undefined ? {} : { dueAt }),
    createdAt: bank.clock.now(),
  }) as Loan
}

/** The merchant gives the money back, and the loan never was. */
function reverse(bank: Bank, drawdown: Drawdown): Change {
  const { facts, amountMinor = 0n, id, state, clientRef } = drawdown
  const loan = facts.loan === undefined ? undefined : (getDeedRow(bank, facts.loan) as Loan)
  const whole = loan?.state === 'active' && sumPrincipalLeft(loan.facts.lines) === amountMinor
  if (state !== 'disbursed' || facts.day !== today(bank) || !loan || !whole) {
    throw buildStateProblem('drawdown', drawdown, state === 'disbursed' ? 'done' : 'none')
  }
  const back = { id: `${id}:back`, ...(clientRef === undefined ? {} : { clientRef }) }
  const to = ensureAccount(bank, sides.lending)
  const refusal = holdMoney(bank, back.id, { from: facts.to, to, amountMinor })
  if (refusal) throw new Problem('insufficient_funds', 'The money is not there any more: it cannot be taken back.')
  commitHeld(bank, back)
  const accounts = listLoanAccounts(loan.id)
  commitLines(bank, back, [{ part: 'memo', dr: accounts.memo.id, cr: accounts.principal.id, amountMinor }])
  commitDeedChange(bank, loans, { deed: loan, change: { state: 'reversed' } })
  commitApplicationState(bank, facts.application, 'reversed')
  return { state: 'reversed', facts }
}

/** The account of the merchant of a client, for refunds. */
export function getMerchantAccount(bank: Bank, clientId: string): string {
  return getClient(bank.db, clientId).accountId
}
