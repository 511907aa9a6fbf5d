import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { readDecimal, takePart } from '../credit/exact.ts'
import { shrinkPlan } from '../credit/shrink-plan.ts'
import { readLine, renderLine } from '../credit/render-credit.ts'
import { renderAmount } from '../credit/words.ts'
import { commitDeed, commitDeedChange } from '../deeds/change-deed.ts'
import { defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import { buildDeedSchema, renderDeed } from '../deeds/deed-resource.ts'
import { buildStateProblem, getDeed } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { assertNewRef } from '../deeds/submit-deed.ts'
import { ownAccounts } from '../ledger/accounts.store.ts'
import { getMerchantAccount } from '../loans/drawdown.ts'
import { cny } from '../loans/loan-kind.ts'
import { commitHeld, commitLines, holdMoney } from '../products/money.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from '../routes/define-route.ts'
import { clientRef, idParams, money } from '../routes/fields.ts'
import { commitIdempotencyRecord } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { getProduct } from './instalment-offer.ts'
import { findNextBilling, instalmentPlans, sumPlanLeft, type Plan, type PlanFacts } from './instalment-plan.ts'

interface Facts {
  readonly plan: string
  readonly principalLeft: string
}

/**
 * Money that the merchant gives back of a purchase in parts. It goes to the card that pays, and lowers what is left of
 * the plan; what is beyond that was billed already, and stands on the card for what comes next.
 */
export const instalmentRefunds = defineDeed<Facts>({
  thing: 'instalment_refund',
  prefix: 'irf',
  url: '/v1/instalment-refunds',
  name: 'InstalmentRefund',
  states: ['succeeded'],
  outcomes: { succeeded: 'done' },
  view: Type.Object({ payment: Type.String(), plan: Type.String(), principalLeft: money }),
  render: (_bank, { facts: { plan, principalLeft } }) => ({
    ...{ payment: plan, plan, principalLeft: cny(BigInt(principalLeft)) },
  }),
})

interface Wish {
  readonly clientRef: string
  readonly amount: { readonly value: string; readonly currency: string }
}

export function buildInstalmentRefundRoute(bank: Bank): Route {
  const answer = (deed: Deed): Answer => buildResourceAnswer(201, renderDeed(bank, instalmentRefunds, deed))
  return defineActing({
    url: '/v1/instalment-plans/:id/refunds',
    id: 'createInstalmentRefund',
    summary: 'The merchant gives back part of the purchase or all of it: the plan shrinks, or ends with nothing left.',
    params: idParams,
    body: Type.Object({ clientRef, amount: money }),
    answers: { 201: buildDeedSchema(instalmentRefunds) },
    problems: [
      ...(['not_found', 'state_conflict', 'above_max', 'below_min'] as const),
      ...(['bad_amount', 'bad_currency', 'insufficient_funds'] as const),
    ],
    run: ({ client, key, params, body }) =>
      bank.db.transaction(() => {
        const plan = getDeed(bank, instalmentPlans, { clientId: client.id, id: params.id }) as Plan
        const deed = commitPlanRefund(bank, plan, body)
        commitIdempotencyRecord(bank.db, key, { status: 201, resourceId: deed.id, at: bank.clock.now() })
        return answer(deed)
      }),
    replay: (client, id) => answer(getDeed(bank, instalmentRefunds, { clientId: client.id, id })),
  })
}

/** In these the merchant has its money: it can give it back also after the last part was paid. */
const paid: readonly string[] = ['active', 'settled', 'early_settled', 'defaulted']

function commitPlanRefund(bank: Bank, plan: Plan, wish: Wish): Deed {
  const { clientId, linkId, customerId, facts } = plan
  assertNewRef(bank, instalmentRefunds, { clientId, clientRef: wish.clientRef })
  if (!paid.includes(plan.state) || facts.bill !== undefined) throw buildStateProblem('plan', plan)
  const amountMinor = readAmount(plan, wish)
  const id = bank.vault.idOf(instalmentRefunds.prefix, clientId, wish.clientRef)
  const feeMinor = countFeeBack(plan, amountMinor)
  commitMoney(bank, plan, { id, clientRef: wish.clientRef, amountMinor, feeMinor })
  const change = lower(plan, amountMinor)
  commitDeedChange(bank, instalmentPlans, { deed: plan, change })
  const left = change.state === 'active' ? sumPlanLeft(change.facts).principalMinor : 0n
  return commitDeed(bank, instalmentRefunds, {
    ...{ id, clientId, clientRef: wish.clientRef, state: 'succeeded', amountMinor, feeMinor, parentId: plan.id },
    facts: { plan: plan.id, principalLeft: left.toString() },
    ...(linkId === undefined ? {} : { linkId }),
    ...(customerId === undefined ? {} : { customerId }),
    createdAt: bank.clock.now(),
  })
}

/** No more than was paid, in however many refunds. */
function readAmount({ facts }: Plan, { amount }: Wish): bigint {
  if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'Cards of this bank are in CNY.')
  const amountMinor = BigInt(amount.value)
  const most = BigInt(facts.principal) - BigInt(facts.refunded)
  if (amountMinor === 0n) throw new Problem('below_min', 'At least one minor unit.')
  if (amountMinor <= most) return amountMinor
  throw new Problem('above_max', `No more than ${renderAmount(most)} CNY of the purchase is left to be given back.`)
}

/** Of what the shop paid for its instalments it gets back the part of what is given back, however often that is. */
function countFeeBack({ facts }: Plan, amountMinor: bigint): bigint {
  const rate = readDecimal(getProduct(facts.product).merchantFeeRate)
  const beforeMinor = BigInt(facts.principal) - BigInt(facts.refunded)
  return takePart(beforeMinor, rate) - takePart(beforeMinor - amountMinor, rate)
}

interface Giving {
  readonly id: string
  readonly clientRef: string
  readonly amountMinor: bigint
  /** The bank adds it to what the merchant gives. */
  readonly feeMinor: bigint
}

function commitMoney(bank: Bank, plan: Plan, { id, clientRef, amountMinor, feeMinor }: Giving): void {
  const to = plan.facts.account
  const from = getMerchantAccount(bank, plan.clientId)
  const given = { from, to, amountMinor: amountMinor - feeMinor, clientRef }
  if (given.amountMinor > 0n) {
    if (holdMoney(bank, id, given))
      throw new Problem('insufficient_funds', 'The merchant has too little money for this.')
    commitHeld(bank, { id })
  }
  commitLines(bank, { id, clientRef }, [{ part: 'fee', dr: to, cr: ownAccounts.fees, amountMinor: feeMinor }])
}

/** A plan that runs has less left, or nothing: then it is over, and no later fee is charged. Others stay the same. */
function lower(plan: Plan, amountMinor: bigint): DeedChange<PlanFacts> & { state: string; facts: PlanFacts } {
  const { state, facts } = plan
  const refunded = (BigInt(facts.refunded) + amountMinor).toString()
  const event = 'purchase_refunded'
  if (state !== 'active') return { state, facts: { ...facts, refunded }, event }
  const { principalMinor } = sumPlanLeft(facts)
  const leftMinor = principalMinor > amountMinor ? principalMinor - amountMinor : 0n
  if (leftMinor === 0n)
    return { state: 'early_settled', facts: { ...facts, refunded, lines: facts.lines.slice(0, facts.billed) } }
  const { refundFees: fees } = getProduct(facts.product)
  const shrunk = shrinkPlan(facts.lines.map(readLine), { billed: facts.billed, leftMinor, fees })
  const after = { ...facts, refunded, lines: shrunk.map(renderLine) }
  return { state, facts: after, event, ...findNextBilling(after) }
}
