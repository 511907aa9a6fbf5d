import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { prepayStrategies, type PrepayStrategy } from '../credit/after-start.ts'
import { renderAmount } from '../credit/words.ts'
import { commitDeed, commitDeedChange } from '../deeds/change-deed.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import { buildDeedSchema, renderDeed } from '../deeds/deed-resource.ts'
import { getDeed } from '../deeds/deed-routes.ts'
import { getDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { assertNewRef } from '../deeds/submit-deed.ts'
import { commitHeld, commitLines, ensureAccount, holdMoney, sides } from '../products/money.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from '../routes/define-route.ts'
import { clientRef, idParams, money } from '../routes/fields.ts'
import { commitIdempotencyRecord } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { drawdowns, getMerchantAccount, type Drawdown } from './drawdown.ts'
import { findEarly, lowerPrincipal, sumPrincipalLeft } from './loan-book.ts'
import { cny, listLoanAccounts, loans, today, type Loan } from './loan-kind.ts'
import { buildLoanChange } from './repayment.ts'

interface Facts {
  readonly drawdown: string
  readonly loan: string
  readonly principalLeft: string
}

/** Money that the merchant gives back: it goes to the bank and lowers the principal, never to the customer in cash. */
export const loanRefunds = defineDeed<Facts>({
  thing: 'loan_refund',
  prefix: 'lrf',
  url: '/v1/loan-refunds',
  name: 'LoanRefund',
  states: ['succeeded'],
  outcomes: { succeeded: 'done' },
  view: Type.Object({ payment: Type.String(), drawdown: Type.String(), loan: Type.String(), principalLeft: money }),
  render: (_bank, { facts }) => ({
    ...facts,
    payment: facts.drawdown,
    principalLeft: cny(BigInt(facts.principalLeft)),
  }),
})

interface Wish {
  readonly clientRef: string
  readonly amount: { readonly value: string; readonly currency: string }
  readonly strategy?: PrepayStrategy
}

export function buildLoanRefundRoute(bank: Bank): Route {
  const answer = (deed: Deed): Answer => buildResourceAnswer(201, renderDeed(bank, loanRefunds, deed))
  return defineActing({
    url: '/v1/drawdowns/:id/refunds',
    id: 'createLoanRefund',
    summary: 'The merchant gives back part of what a loan paid: the principal goes down, later instalments with it.',
    params: idParams,
    body: Type.Object({ clientRef, amount: money, strategy: Type.Optional(Type.Enum([...prepayStrategies])) }),
    answers: { 201: buildDeedSchema(loanRefunds) },
    problems: [
      'not_found',
      'state_conflict',
      'above_max',
      'below_min',
      'bad_amount',
      'bad_currency',
      'insufficient_funds',
    ],
    run: ({ client, key, params, body }) =>
      bank.db.transaction(() => {
        const drawdown = getDeed(bank, drawdowns, { clientId: client.id, id: params.id }) as Drawdown
        const deed = commitLoanRefund(bank, drawdown, body)
        commitIdempotencyRecord(bank.db, key, { status: 201, resourceId: deed.id, at: bank.clock.now() })
        return answer(deed)
      }),
    replay: (client, id) => answer(getDeed(bank, loanRefunds, { clientId: client.id, id })),
  })
}

function commitLoanRefund(bank: Bank, drawdown: Drawdown, wish: Wish): Deed {
  const { clientId, linkId, customerId, facts } = drawdown
  assertNewRef(bank, loanRefunds, { clientId, clientRef: wish.clientRef })
  const loan = findRunningLoan(bank, drawdown)
  const amountMinor = readAmount(loan, wish)
  const id = bank.vault.idOf('lrf', clientId, wish.clientRef)
  commitMoney(bank, { id, clientRef: wish.clientRef }, { drawdown, loan, amountMinor })
  const on = today(bank)
  const early = findEarly(loan.facts, on)
  if (!early) throw new Problem('above_max', 'Nothing is left that is not due yet.')
  const lowering = { early, principalMinor: amountMinor, carriedMinor: early.interestMinor }
  const lines = lowerPrincipal(loan.facts, {
    ...lowering,
    wish: { on, ...(wish.strategy ? { strategy: wish.strategy } : {}) },
  })
  commitDeedChange(bank, loans, { deed: loan, change: buildLoanChange(bank, loan, { lines, early: true }) })
  const kept: Facts = { drawdown: drawdown.id, loan: loan.id, principalLeft: sumPrincipalLeft(lines).toString() }
  return commitDeed(bank, loanRefunds, {
    ...{ id, clientId, clientRef: wish.clientRef, state: 'succeeded', facts: kept, amountMinor, parentId: drawdown.id },
    ...(linkId === undefined ? {} : { linkId }),
    ...(customerId === undefined || facts.loan === undefined ? {} : { customerId }),
    createdAt: bank.clock.now(),
  })
}

function findRunningLoan(bank: Bank, { facts, state }: Drawdown): Loan {
  const loan = facts.loan === undefined ? undefined : (getDeedRow(bank, facts.loan) as Loan)
  if (loan && (loan.state === 'active' || loan.state === 'overdue')) return loan
  throw new Problem('state_conflict', `The drawdown is ${state}, its loan ${loan?.state ?? 'none'}: nothing to lower.`)
}

function readAmount(loan: Loan, { amount }: Wish): bigint {
  if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'Loans of this bank are in CNY.')
  const amountMinor = BigInt(amount.value)
  const most = findEarly(loan.facts, loan.facts.terms.start)?.balanceMinor ?? 0n
  if (amountMinor === 0n) throw new Problem('below_min', 'At least one minor unit.')
  if (amountMinor <= most) return amountMinor
  throw new Problem('above_max', `No more than ${renderAmount(most)} CNY of principal is left.`)
}

interface Giving {
  readonly drawdown: Drawdown
  readonly loan: Loan
  readonly amountMinor: bigint
}

function commitMoney(
  bank: Bank,
  deed: { id: string; clientRef: string },
  { drawdown, loan, amountMinor }: Giving,
): void {
  const from = getMerchantAccount(bank, drawdown.clientId)
  const to = ensureAccount(bank, sides.collections)
  if (holdMoney(bank, deed.id, { from, to, amountMinor, clientRef: deed.clientRef })) {
    throw new Problem('insufficient_funds', 'The merchant has too little money for this.')
  }
  commitHeld(bank, deed)
  const { principal, memo } = listLoanAccounts(loan.id)
  commitLines(bank, deed, [{ part: 'principal', dr: memo.id, cr: principal.id, amountMinor }])
}
