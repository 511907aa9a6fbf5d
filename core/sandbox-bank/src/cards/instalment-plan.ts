import { Type, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { findDayStartMs } from '../credit/calendar.ts'
import { takePart, readDecimal } from '../credit/exact.ts'
import type { WireCredit, WireLine } from '../credit/render-credit.ts'
import { renderFirstDue } from '../credit/words.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { defineCommit, type DeedChange } from '../deeds/deed-kind.ts'
import { getDeedRow, type Deed } from '../deeds/deeds.store.ts'
import { getClient } from '../clients/clients.store.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { cny } from '../loans/loan-kind.ts'
import { commitHeld, commitLines, holdMoney } from '../products/money.ts'
import { termSchema } from '../quotes/quote-resource.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { cardBills, countLeft, type CardBill } from './card-bill.ts'
import { getProduct, type InstalmentFacts } from './instalment-offer.ts'

export interface PlanFacts extends InstalmentFacts {
  /** The card's account. */
  readonly account: string
  readonly lines: readonly WireLine[]
  /** How many lines have been billed. */
  readonly billed: number
  readonly refunded: string
}

export type Plan = Deed<PlanFacts>
type Change = DeedChange<PlanFacts>

const states = ['submitted', 'active', 'rejected', 'settled', 'early_settled', 'defaulted', 'failed'] as const
const day = Type.String({ format: 'date' })

/** A purchase or a bill that is paid in parts by card. */
export const instalmentPlans = defineCommit<PlanFacts, TObject>({
  thing: 'instalment_plan',
  prefix: 'pln',
  url: '/v1/instalment-plans',
  listed: true,
  name: 'InstalmentPlan',
  states,
  outcomes: {
    active: 'done',
    settled: 'done',
    early_settled: 'done',
    defaulted: 'done',
    rejected: 'none',
    failed: 'none',
  },
  view: Type.Object({
    product: Type.Optional(Type.String()),
    bill: Type.Optional(Type.String()),
    principal: Type.Optional(money),
    principalLeft: Type.Optional(money),
    refunded: Type.Optional(money),
    billed: Type.Optional(Type.Integer()),
    facts: Type.Optional(Type.Array(termSchema, { description: 'Rows of the receipt of a plan that runs.' })),
    lines: Type.Optional(
      Type.Array(Type.Object({ n: Type.Integer(), due: day, payment: Type.String(), fee: Type.String() })),
    ),
  }),
  render: (_bank, plan) => renderPlan(plan as Plan),
  summary: 'Pays a purchase in parts by card, or turns a bill into a plan.',
  ops: ['instalments'],
  body: Type.Object({}),
  problems: ['insufficient_funds', 'account_frozen', 'duplicate_business'],
  begin: ({ bank, id, clientRef, amountMinor, account, quote, now }) => {
    const offer = readOffer(quote)
    const dueAt = now + bank.terms.settleDelayMs
    const begun = { ...offer, lines: (quote?.credit as WireCredit).schedule, billed: 0, refunded: '0' }
    if (offer.bill !== undefined) {
      const bill = takeBill(bank, offer.bill, BigInt(offer.principal))
      return { state: 'submitted', facts: { ...begun, account: bill.facts.account }, parentId: bill.id, dueAt }
    }
    if (account?.kind !== 'card') throw new Problem('payer_mismatch', 'Instalments need a credit card to pay with.')
    const facts = { ...begun, account: account.id }
    const refusal = holdMoney(bank, id, { from: account.id, to: ownAccounts.clearing, amountMinor, clientRef })
    return refusal ? { state: 'failed', facts, refusal } : { state: 'submitted', facts, dueAt }
  },
  step: (bank, plan) => (plan.state === 'submitted' ? activate(bank, plan) : billLine(bank, plan)),
})

function readOffer(quote: { readonly kind: string; readonly facts: unknown } | undefined): InstalmentFacts {
  if (quote?.kind === 'instalment-offer') return quote.facts as InstalmentFacts
  throw new Problem('not_found', 'The confirmed quote is no offer of instalments.')
}

/** A bill makes one plan: whoever comes second is refused, and an offer from before a part of it was paid. */
function takeBill(bank: Bank, id: string, principalMinor: bigint): CardBill {
  const bill = getDeedRow(bank, id) as CardBill
  if (bill.state !== 'open') throw new Problem('duplicate_business', `The bill is ${bill.state} already.`)
  if (countLeft(bill) !== principalMinor)
    throw new Problem('duplicate_business', 'Some of the bill was paid since the offer: ask for a new one.')
  commitDeedChange(bank, cardBills, { deed: bill, change: { state: 'planned' } })
  return bill
}

/** The shop has its money, less what it pays for its customers' instalments. */
function activate(bank: Bank, plan: Plan): Change {
  const { facts, clientId, amountMinor = 0n } = plan
  const active = { state: 'active', facts, ...findNextBilling(facts) }
  if (facts.bill !== undefined) return active
  if (!commitHeld(bank, plan)) return { state: 'rejected', facts, failureCode: 'account_frozen' }
  const merchant = getClient(bank.db, clientId).accountId
  const feeMinor = takePart(amountMinor, readDecimal(getProduct(facts.product).merchantFeeRate))
  commitLines(bank, plan, [
    { part: 'share', dr: merchant, cr: ownAccounts.clearing, amountMinor },
    { part: 'fee', dr: ownAccounts.fees, cr: merchant, amountMinor: feeMinor },
  ])
  return { ...active, feeMinor }
}

export function findNextBilling({ lines, billed }: PlanFacts): { dueAt?: number } {
  const next = lines[billed]
  return next ? { dueAt: findDayStartMs(next.due) } : {}
}

/** A line comes due: its fee is charged to the card, and after the last one the plan is over. */
function billLine(bank: Bank, plan: Plan): Change {
  const { facts, id, clientRef } = plan
  const line = facts.lines[facts.billed]
  if (!line) return { state: 'settled', facts }
  const { balanceMinor, heldMinor, limitMinor } = getAccount(bank.db, facts.account)
  const feeMinor = BigInt(line.fee)
  if (balanceMinor - heldMinor + limitMinor < feeMinor) return { state: 'defaulted', facts }
  const deed = { id, ...(clientRef === undefined ? {} : { clientRef }) }
  commitLines(bank, deed, [{ part: `fee-${line.n}`, dr: ownAccounts.fees, cr: facts.account, amountMinor: feeMinor }])
  const after = { ...facts, billed: facts.billed + 1 }
  if (after.billed === facts.lines.length) return { state: 'settled', facts: after }
  return { state: 'active', facts: after, event: 'line_billed', ...findNextBilling(after) }
}

export function sumPlanLeft({ lines, billed }: PlanFacts): { principalMinor: bigint; feeMinor: bigint } {
  const rest = lines.slice(billed)
  const sum = (take: (line: WireLine) => string): bigint => rest.reduce((total, line) => total + BigInt(take(line)), 0n)
  return { principalMinor: sum((line) => line.principal), feeMinor: sum((line) => line.fee) }
}

function renderPlan({ facts, state }: Plan): object {
  if (facts.lines === undefined) return {}
  const { product, bill, principal, refunded, billed, lines } = facts
  const leftMinor = state === 'early_settled' ? 0n : sumPlanLeft(facts).principalMinor
  return {
    ...{ product, principal: cny(BigInt(principal)), principalLeft: cny(leftMinor), billed },
    refunded: cny(BigInt(refunded)),
    ...(bill === undefined ? {} : { bill }),
    ...(state === 'active' ? { facts: [...renderFirstDue(lines)] } : {}),
    lines: lines.map(({ n, due, payment, fee }) => ({ n, due, payment, fee })),
  }
}
