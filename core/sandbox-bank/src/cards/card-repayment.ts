import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { getDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { buildBankPayee } from '../loans/payoff-quote.ts'
import { commitHeld, holdMoney } from '../products/money.ts'
import { buildNestedQuote } from '../quotes/nested-quotes.ts'
import { term, text } from '../quotes/terms.ts'
import type { Route } from '../routes/define-route.ts'
import { renderYuan } from '../credit/words.ts'
import { Problem } from '../transport/problem.ts'
import { cardBills, countLeft, type CardBill } from './card-bill.ts'
import { instalmentPlans, sumPlanLeft, type Plan } from './instalment-plan.ts'

const lifeMs = 30 * 60_000

/** What a quote to pay a card remembers. */
interface Facts {
  readonly of: 'bill' | 'plan'
  readonly id: string
  /** Of the bill or plan, when the quote was made. */
  readonly version: number
  /** The card's account. */
  readonly account: string
}

/** Paying a bill of a card, or the rest of a plan, from an account. */
export const cardRepayments = defineCommit<Facts, TObject>({
  thing: 'card_repayment',
  prefix: 'crp',
  url: '/v1/card-repayments',
  name: 'CardRepayment',
  states: ['processing', 'succeeded', 'failed'],
  outcomes: { succeeded: 'done', failed: 'none' },
  view: Type.Object({ bill: Type.Optional(Type.String()), plan: Type.Optional(Type.String()) }),
  render: (_bank, { facts: { of, id } }) => (of === undefined ? {} : { [of]: id }),
  summary: 'Pays what a quote of a bill or plan says to the card.',
  ops: ['repayment'],
  body: Type.Object({}),
  problems: ['insufficient_funds', 'account_frozen'],
  begin: ({ bank, id, clientRef, amountMinor, account, quote, now }) => {
    const facts = quote?.facts as Facts
    if (quote?.kind !== 'card-payoff' || getDeedRow(bank, facts.id).version !== facts.version) {
      throw new Problem('state_conflict', 'The bill or plan has changed since the quote: ask for a new one.')
    }
    if (account?.kind !== 'customer') throw new Problem('payer_mismatch', 'A card is paid from an account.')
    const refusal = holdMoney(bank, id, { from: account.id, to: facts.account, amountMinor, clientRef })
    if (refusal) return { state: 'failed', facts, refusal }
    return { state: 'processing', facts, parentId: facts.id, dueAt: now + bank.terms.settleDelayMs }
  },
  step: settle,
})

function settle(bank: Bank, deed: Deed<Facts>): DeedChange<Facts> {
  const { facts, amountMinor = 0n } = deed
  if (!commitHeld(bank, deed)) return { state: 'failed', facts, failureCode: 'account_frozen' }
  if (facts.of === 'bill') payBill(bank, getDeedRow(bank, facts.id) as CardBill, amountMinor)
  else endPlan(bank, getDeedRow(bank, facts.id) as Plan)
  return { state: 'succeeded', facts }
}

function payBill(bank: Bank, bill: CardBill, amountMinor: bigint): void {
  const paid = BigInt(bill.facts.paid) + amountMinor
  const state = bill.state === 'open' && paid >= (bill.amountMinor ?? 0n) ? 'paid' : bill.state
  commitDeedChange(bank, cardBills, { deed: bill, change: { state, facts: { ...bill.facts, paid: paid.toString() } } })
}

function endPlan(bank: Bank, plan: Plan): void {
  commitDeedChange(bank, instalmentPlans, { deed: plan, change: { state: 'early_settled' } })
}

const view = Type.Object({ bill: Type.Optional(Type.String()), plan: Type.Optional(Type.String()) })

/** Quotes for paying a bill in full or at its least, and for ending a plan early. */
export function buildCardPayoffRoutes(bank: Bank): Route[] {
  const named = { kind: 'card-payoff', prefix: 'cpf', below: 'payoff-quotes', view, lifeMs: () => lifeMs }
  return [
    buildNestedQuote(bank, {
      ...{ ...named, name: 'BillPayoffQuote', of: cardBills, problems: [] },
      summary: 'Paying a bill: in full, or the least there is to pay.',
      body: Type.Object({ kind: Type.Enum(['full', 'minimum']) }),
      draw: (_bank, deed, { kind }) => drawBill(bank, deed as CardBill, kind),
    }),
    buildNestedQuote(bank, {
      ...{ ...named, name: 'PlanPayoffQuote', of: instalmentPlans, problems: [] },
      summary: 'Ending a plan early: what is left of the principal, no fees of later periods.',
      body: Type.Object({}),
      draw: (_bank, deed) => drawPlan(bank, deed as Plan),
    }),
  ]
}

function drawBill(bank: Bank, bill: CardBill, kind: 'full' | 'minimum'): ReturnType<typeof draw> {
  const { state, facts, id, version } = bill
  if (state !== 'open') throw buildStateProblem('bill', bill)
  const left = countLeft(bill)
  const least = BigInt(facts.minimum)
  const wanted = kind === 'full' || least > left ? left : least
  return draw(bank, bill, { amountMinor: wanted, facts: { of: 'bill', id, version, account: facts.account } })
}

function drawPlan(bank: Bank, plan: Plan): ReturnType<typeof draw> {
  const { state, facts, id, version } = plan
  if (state !== 'active') throw buildStateProblem('plan', plan)
  const amountMinor = sumPlanLeft(facts).principalMinor
  return draw(bank, plan, { amountMinor, facts: { of: 'plan', id, version, account: facts.account } })
}

function draw(bank: Bank, deed: CardBill | Plan, { amountMinor, facts }: { amountMinor: bigint; facts: Facts }) {
  const terms = [
    term(
      'pays',
      text('还款', 'Repayment'),
      facts.of === 'bill' ? text('信用卡账单', 'Card bill') : text('分期提前结清', 'Plan, early'),
    ),
    term('amount', text('金额', 'Amount'), renderYuan(amountMinor)),
  ]
  return { amountMinor, payee: buildBankPayee(bank, deed), terms, view: { [facts.of]: facts.id }, facts }
}
