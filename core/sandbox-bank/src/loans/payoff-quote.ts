import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { prepayStrategies } from '../credit/after-start.ts'
import { addDays, findDayStartMs } from '../credit/calendar.ts'
import { renderAmount, renderYuan } from '../credit/words.ts'
import { findLink } from '../customers/links.store.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { buildNestedQuote } from '../quotes/nested-quotes.ts'
import type { QuoteDraft } from '../quotes/quote-routes.ts'
import type { Payee } from '../quotes/quotes.store.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import type { Route } from '../routes/define-route.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { buildRepayment, findEarly, sumPrincipalLeft, type Repayment, type RepaymentWish } from './loan-book.ts'
import { cny, loans, today, type Loan } from './loan-kind.ts'
import { allocationSchema, renderAllocation, showAllocation, type PayoffFacts } from './repayment.ts'

const lifeMs = 30 * 60_000

const body = Type.Object({
  kind: Type.Enum(['due', 'payoff', 'part'], {
    description: 'due: what is due, or the next instalment; payoff: everything; part: some principal early.',
  }),
  amount: Type.Optional(money),
  n: Type.Optional(Type.Integer({ minimum: 1, description: 'One instalment alone.' })),
  strategy: Type.Optional(Type.Enum([...prepayStrategies])),
})

type Wish = Static<typeof body>

const view = Type.Object({
  loan: Type.String(),
  kind: Type.Enum(['due', 'payoff', 'part']),
  on: Type.String({ format: 'date', description: 'The figures are those of this day.' }),
  allocation: allocationSchema,
  principalLeft: money,
})

/** What paying back would come to today. */
export function buildPayoffRoute(bank: Bank): Route {
  return buildNestedQuote(bank, {
    ...{ kind: 'payoff', prefix: 'pof', name: 'PayoffQuote', below: 'payoff-quotes', of: loans, body, view },
    summary: 'What paying back comes to today: POST /v1/loan-repayments commits to it.',
    problems: ['below_min', 'above_max', 'bad_amount', 'bad_currency'],
    lifeMs: () => Math.min(lifeMs, findDayStartMs(addDays(today(bank), 1)) - bank.clock.now()),
    draw: (_bank, deed, wish) => {
      const loan = deed as Loan
      if (loan.state === 'active' || loan.state === 'overdue')
        return drawPayoff(bank, loan, { ...wish, on: today(bank) })
      throw new Problem('state_conflict', `The loan is ${loan.state}: nothing is owed.`)
    },
  })
}

function drawPayoff(bank: Bank, loan: Loan, wish: Wish & { on: string }): QuoteDraft {
  const { kind, on, n, strategy, amount } = wish
  const asked: RepaymentWish = {
    ...{ kind, on },
    ...(n === undefined ? {} : { n }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(amount ? { amountMinor: readAmount(amount) } : {}),
  }
  const repayment = buildRepayment(loan.facts, asked)
  assertFits(loan, asked, repayment)
  const { amountMinor, allocation, lines } = repayment
  const facts: PayoffFacts = { ...asked, loan: loan.id, version: loan.version }
  const left = sumPrincipalLeft(lines)
  const shown = showAllocation(renderAllocation(allocation))
  const viewed = { loan: loan.id, kind, on, allocation: shown, principalLeft: cny(left) }
  const kept = JSON.parse(JSON.stringify(facts, (name, value: unknown) => (name === 'amountMinor' ? undefined : value)))
  return {
    amountMinor,
    payee: buildBankPayee(bank, loan),
    terms: buildRows(loan, repayment, left),
    view: viewed,
    facts: kept,
  }
}

function readAmount({ value, currency }: { value: string; currency: string }): bigint {
  if (currency !== 'CNY') throw new Problem('bad_currency', 'Loans of this bank are in CNY.')
  return BigInt(value)
}

/** A part must lower the principal without ending the loan; less than all that is due is taken as it is. */
function assertFits(loan: Loan, wish: RepaymentWish, { amountMinor, allocation }: Repayment): void {
  const early = findEarly(loan.facts, wish.on)
  const whole = buildRepayment(loan.facts, { on: wish.on, kind: wish.kind === 'due' ? 'due' : 'payoff' }).amountMinor
  if (amountMinor <= 0n || (wish.kind === 'part' && allocation.principalMinor <= 0n)) {
    throw new Problem('below_min', 'The amount pays back nothing of the principal.')
  }
  if (amountMinor > whole || (wish.kind === 'part' && (!early || amountMinor >= whole))) {
    throw new Problem('above_max', `Today no more than ${renderAmount(whole)} CNY is owed.`)
  }
}

/** The bank itself, as it calls itself in the customer's language. */
export function buildBankPayee(bank: Bank, { clientId, linkId }: Pick<Deed, 'clientId' | 'linkId'>): Payee {
  const { id, name } = bank.terms
  const link = linkId === undefined ? undefined : findLink(bank, clientId, linkId)
  return { id: `bnk_${id}`, name: link?.locale === 'en' ? name.en : name.zh, account: '****0000' }
}

function buildRows(loan: Loan, { allocation, lines }: Repayment, leftMinor: bigint): Term[] {
  const next = lines.find((line) => line.paidPrincipal !== line.principal)
  return [
    term('loan', text('贷款', 'Loan'), loan.facts.name),
    ...(allocation.penaltyMinor > 0n
      ? [term('penalty', text('罚息', 'Penalty'), renderYuan(allocation.penaltyMinor))]
      : []),
    term('interest', text('利息', 'Interest'), renderYuan(allocation.interestMinor)),
    term('principal', text('本金', 'Principal'), renderYuan(allocation.principalMinor)),
    term('left', text('剩余本金', 'Principal left'), renderYuan(leftMinor)),
    ...(next ? [term('next', text('下期还款', 'Next payment'), renderYuan(BigInt(next.payment)))] : []),
  ]
}
