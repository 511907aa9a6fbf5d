import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { moveMoney, postMoney, releaseMoney } from '../deeds/deed-money.ts'
import { defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { currency, getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { points, pointsAccounts } from '../points/points.store.ts'
import { giveToLots, type LotUse } from '../points/spend-points.ts'
import { money, renderMoney } from '../routes/fields.ts'

/** What is given back of one member of a group; digits. */
export interface GroupRefundFacts {
  readonly member: number
  /** The customer's account that paid. */
  readonly to: string
  readonly moneyBack: string
  readonly pointsBack: string
  readonly feeBack: string
  /** Points go back to where they came from. */
  readonly lots: readonly LotUse[]
  readonly pointsAccount?: string
}

/** Money first, and points when there is no more money. */
export const groupRefund = defineDeed<GroupRefundFacts>({
  thing: 'group_refund',
  prefix: 'grf',
  url: '/v1/group-refunds',
  name: 'GroupRefund',
  states: ['processing', 'succeeded', 'failed'],
  outcomes: { succeeded: 'done', failed: 'none' },
  view: Type.Object({ group: Type.String(), money, points: Type.String() }),
  render: (_bank, { parentId, facts }) => ({
    group: parentId,
    money: renderMoney(BigInt(facts.moneyBack), currency),
    points: facts.pointsBack,
  }),
  step: (bank, deed) => {
    if (getAccount(bank.db, deed.facts.to).state === 'frozen') return fail(bank, deed, 'account_frozen')
    return commitGroupRefunded(bank, deed)
  },
  controls: {
    failed: (bank, deed) => {
      if (deed.state !== 'processing') throw buildStateProblem('refund', deed)
      return fail(bank, deed, 'declined')
    },
  },
})

type GroupRefund = Deed<GroupRefundFacts>

function fail(bank: Bank, deed: GroupRefund, failureCode: string): DeedChange<GroupRefundFacts> {
  if (merchantPart(deed) > 0n) releaseMoney(bank, deed.id)
  return { state: 'failed', failureCode }
}

/** What the merchant has to give: the bank adds the fee it had taken. */
export function merchantPart({ amountMinor = 0n, facts }: Pick<GroupRefund, 'amountMinor' | 'facts'>): bigint {
  return amountMinor - BigInt(facts.feeBack)
}

/** All of it goes through clearing: to the customer, and to whoever paid for the points. */
function commitGroupRefunded(bank: Bank, deed: GroupRefund): DeedChange<GroupRefundFacts> {
  const { id, clientRef, facts } = deed
  const { clearing } = ownAccounts
  const names = { id, ...(clientRef === undefined ? {} : { clientRef }) }
  const pointsMinor = BigInt(facts.pointsBack)
  if (merchantPart(deed) > 0n) postMoney(bank, id)
  moveMoney(bank, { ...names, part: 'fee', dr: clearing, cr: ownAccounts.fees, amountMinor: BigInt(facts.feeBack) })
  moveMoney(bank, { ...names, part: 'money', dr: facts.to, cr: clearing, amountMinor: BigInt(facts.moneyBack) })
  moveMoney(bank, { ...names, part: 'issuer', dr: pointsAccounts.issuer, cr: clearing, amountMinor: pointsMinor })
  if (facts.pointsAccount !== undefined) {
    const back = { dr: facts.pointsAccount, cr: pointsAccounts.pool, amountMinor: pointsMinor, asset: points }
    moveMoney(bank, { ...names, part: 'points', ...back })
    giveToLots(bank, facts.lots)
  }
  return { state: 'succeeded' }
}
