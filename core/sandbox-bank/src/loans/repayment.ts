import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { countDays } from '../credit/calendar.ts'
import type { Claims, PrepayStrategy } from '../credit/after-start.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { getDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { commitHeld, commitLines, ensureAccount, holdMoney, sides } from '../products/money.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { buildRepayment, isPaid, type LoanLine, type RepaymentWish } from './loan-book.ts'
import { cny, findNextMoment, listLoanAccounts, loans, today, type Loan, type LoanFacts } from './loan-kind.ts'

/** What a quote of a repayment remembers. */
export interface PayoffFacts {
  readonly loan: string
  /** Of the loan, when it was worked out: when it has changed, the figures have too. */
  readonly version: number
  readonly kind: RepaymentWish['kind']
  readonly on: string
  readonly n?: number
  readonly strategy?: PrepayStrategy
}

interface Facts extends PayoffFacts {
  readonly allocation: Record<'penalty' | 'fee' | 'interest' | 'principal', string>
}

export const allocationSchema = Type.Object({ penalty: money, fee: money, interest: money, principal: money })

export function renderAllocation(claims: Claims): Facts['allocation'] {
  return {
    penalty: claims.penaltyMinor.toString(),
    fee: claims.feeMinor.toString(),
    interest: claims.interestMinor.toString(),
    principal: claims.principalMinor.toString(),
  }
}

/** The customer pays back: what is due, part of it, or everything. */
export const repayments = defineCommit<Facts, TObject>({
  thing: 'loan_repayment',
  prefix: 'rep',
  url: '/v1/loan-repayments',
  name: 'LoanRepayment',
  states: ['processing', 'succeeded', 'failed'],
  outcomes: { succeeded: 'done', failed: 'none' },
  view: Type.Object({ loan: Type.Optional(Type.String()), allocation: Type.Optional(allocationSchema) }),
  render: (_bank, { facts: { loan, allocation } }) =>
    loan === undefined ? {} : { loan, allocation: showAllocation(allocation) },
  summary: 'Pays back what a payoff quote says.',
  ops: ['repayment'],
  body: Type.Object({}),
  problems: ['insufficient_funds', 'account_frozen'],
  begin: ({ bank, id, clientRef, amountMinor, account, quote, now }) => {
    const facts = quote?.facts as PayoffFacts
    const loan = getDeedRow(bank, facts.loan) as Loan
    if (quote?.kind !== 'payoff' || loan.version !== facts.version) {
      throw new Problem('state_conflict', 'The loan has changed since the quote: ask for a new one.')
    }
    if (!account) throw new Problem('payer_mismatch', 'A repayment needs an account to pay from.')
    const { allocation } = buildRepayment(loan.facts, { ...facts, amountMinor })
    const kept = { ...facts, allocation: renderAllocation(allocation) }
    const to = ensureAccount(bank, sides.collections)
    const refusal = holdMoney(bank, id, { from: account.id, to, amountMinor, clientRef })
    if (refusal) return { state: 'failed', facts: kept, refusal }
    return { state: 'processing', facts: kept, parentId: loan.id, dueAt: now + bank.terms.settleDelayMs }
  },
  step: settle,
})

export function showAllocation(allocation: Facts['allocation']): object {
  return Object.fromEntries(Object.entries(allocation).map(([name, value]) => [name, cny(BigInt(value))]))
}

/** Money and what is owed change together (P14): as it is now, on the day the customer paid. */
function settle(bank: Bank, deed: Deed<Facts>): DeedChange<Facts> {
  const { facts, amountMinor = 0n } = deed
  if (!commitHeld(bank, deed)) return { state: 'failed', facts, failureCode: 'account_frozen' }
  const loan = getDeedRow(bank, facts.loan) as Loan
  const { allocation, lines, early } = buildRepayment(loan.facts, { ...facts, amountMinor })
  commitAllocation(bank, deed, { loanId: loan.id, allocation })
  commitDeedChange(bank, loans, { deed: loan, change: buildLoanChange(bank, loan, { lines, early }) })
  return { state: 'succeeded', facts: { ...facts, allocation: renderAllocation(allocation) } }
}

function commitAllocation(
  bank: Bank,
  deed: Deed,
  { loanId, allocation }: { loanId: string; allocation: Claims },
): void {
  const { principal, interest, penalty, memo } = listLoanAccounts(loanId)
  const { interestMinor, penaltyMinor, principalMinor } = allocation
  commitLines(bank, deed, [
    { part: 'accrue-interest', dr: interest.id, cr: memo.id, amountMinor: interestMinor },
    { part: 'accrue-penalty', dr: penalty.id, cr: memo.id, amountMinor: penaltyMinor },
    { part: 'penalty', dr: memo.id, cr: penalty.id, amountMinor: penaltyMinor },
    { part: 'interest', dr: memo.id, cr: interest.id, amountMinor: interestMinor },
    { part: 'principal', dr: memo.id, cr: principal.id, amountMinor: principalMinor },
  ])
}

/** A loan after principal or arrears were paid. */
export function buildLoanChange(
  bank: Bank,
  { facts, state }: Loan,
  { lines, early }: { lines: readonly LoanLine[]; early: boolean },
): DeedChange<LoanFacts> {
  const after = { ...facts, lines }
  if (lines.every(isPaid)) return { state: findEnd(bank, facts, early), facts: after }
  const dueAt = findNextMoment(bank, lines)
  const late = lines.some((line) => !isPaid(line) && line.due < today(bank))
  const next = late ? state : 'active'
  return { state: next, facts: after, event: 'paid', ...(dueAt === undefined ? {} : { dueAt }) }
}

function findEnd(bank: Bank, { coolingOffDays, terms }: LoanFacts, early: boolean): string {
  if (!early) return 'closed_paid'
  const days = countDays(terms.start, today(bank))
  return coolingOffDays !== undefined && days <= coolingOffDays ? 'cancelled_cooling_off' : 'closed_prepaid'
}
