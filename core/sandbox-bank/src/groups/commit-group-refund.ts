import type { Bank } from '../app/bank.ts'
import { getClient, type Client } from '../clients/clients.store.ts'
import { commitDeed } from '../deeds/change-deed.ts'
import { holdMoney } from '../deeds/deed-money.ts'
import { listDeedsOfParent, type Deed } from '../deeds/deeds.store.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { assertNewRef } from '../deeds/submit-deed.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { buildFeeMinor, renderDecimal } from '../ledger/fee.ts'
import { findPointsAccount } from '../points/points.store.ts'
import type { LotUse } from '../points/spend-points.ts'
import { Problem } from '../transport/problem.ts'
import type { GroupDeedFacts } from './group-kind.ts'
import type { HeldMember } from './group-money.ts'
import { groupRefund, merchantPart, type GroupRefundFacts } from './group-refund.ts'

export interface GroupRefundRequest {
  readonly clientRef: string
  readonly amount: { readonly value: string; readonly currency: string }
  /** Which member; that of the caller if left out. */
  readonly payee?: { readonly id: string }
}

interface Given {
  readonly moneyMinor: bigint
  readonly points: bigint
}

/** Reserves the merchant's money and writes the refund, in the running transaction. */
export function commitGroupRefund(bank: Bank, { client, group }: Refunding, request: GroupRefundRequest): Deed {
  const { clientRef } = request
  assertNewRef(bank, groupRefund, { clientId: client.id, clientRef })
  if (group.state !== 'succeeded') throw buildStateProblem('group', group)
  const index = findMember(bank, { client, group }, request)
  const member = group.facts.members[index]
  if (!member) throw new Error('a member was found and is not there')
  const amountMinor = readAmount(request)
  const facts = buildFacts(bank, { group, index, member, amountMinor })
  const id = bank.vault.idOf(groupRefund.prefix, client.id, clientRef)
  const account = getAccount(bank.db, getClient(bank.db, member.clientId).accountId)
  const partMinor = merchantPart({ amountMinor, facts })
  const hold = { id, clientRef, account, dr: ownAccounts.clearing, amountMinor: partMinor }
  const refusal = partMinor > 0n ? holdMoney(bank, hold) : undefined
  const now = bank.clock.now()
  return commitDeed(bank, groupRefund, {
    ...{ id, clientId: client.id, clientRef, parentId: group.id, amountMinor, facts, createdAt: now },
    ...(group.linkId === undefined ? {} : { linkId: group.linkId }),
    feeMinor: BigInt(facts.feeBack),
    ...(refusal
      ? { state: 'failed', failureCode: refusal }
      : { state: 'processing', dueAt: now + bank.terms.settleDelayMs }),
  })
}

interface Refunding {
  readonly client: Client
  readonly group: Deed<GroupDeedFacts>
}

function findMember(bank: Bank, { client, group }: Refunding, { payee }: GroupRefundRequest): number {
  const wanted = payee?.id ?? client.payeeId
  const index = group.facts.members.findIndex(({ clientId }) => getClient(bank.db, clientId).payeeId === wanted)
  if (index >= 0) return index
  throw new Problem('payee_mismatch', 'This payee is no member of the group.')
}

function readAmount({ amount }: GroupRefundRequest): bigint {
  if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'The group is in CNY: so is what is given back.')
  const amountMinor = BigInt(amount.value)
  if (amountMinor > 0n) return amountMinor
  throw new Problem('below_min', 'At least one minor unit is given back.')
}

interface Part {
  readonly group: Deed<GroupDeedFacts>
  readonly index: number
  readonly member: HeldMember
  readonly amountMinor: bigint
}

function buildFacts(bank: Bank, { group, index, member, amountMinor }: Part): GroupRefundFacts {
  const given = sumGiven(bank, group.id, index)
  const leftMoney = BigInt(member.money) - given.moneyMinor
  const leftPoints = BigInt(member.points) - given.points
  if (amountMinor > leftMoney + leftPoints) {
    const left = renderDecimal(leftMoney + leftPoints)
    throw new Problem('above_max', `No more than ${left} is left to be given back.`)
  }
  const moneyBack = amountMinor < leftMoney ? amountMinor : leftMoney
  const pointsBack = amountMinor - moneyBack
  const feeOf = (minor: bigint): bigint => buildFeeMinor(minor, bank.terms.feeRate)
  const before = leftMoney + leftPoints
  const account = pointsBack > 0n ? findPointsAccount(bank, group.customerId ?? '') : undefined
  return {
    ...{ member: index, to: group.accountId ?? '', moneyBack: moneyBack.toString(), pointsBack: pointsBack.toString() },
    feeBack: (feeOf(before) - feeOf(before - amountMinor)).toString(),
    lots: chooseLots(member.lots, { skip: given.points, take: pointsBack }),
    ...(account ? { pointsAccount: account.id } : {}),
  }
}

function sumGiven(bank: Bank, groupId: string, index: number): Given {
  const all = listDeedsOfParent(bank, groupId, groupRefund.thing).filter(({ state }) => state !== 'failed')
  // The books give back what the kind wrote.
  const facts = all.map((deed) => deed.facts as GroupRefundFacts).filter(({ member }) => member === index)
  return {
    moneyMinor: facts.reduce((sum, { moneyBack }) => sum + BigInt(moneyBack), 0n),
    points: facts.reduce((sum, { pointsBack }) => sum + BigInt(pointsBack), 0n),
  }
}

/** The uses in their order, without the first so many points, and no more than are taken. */
function chooseLots(uses: readonly LotUse[], { skip, take }: { skip: bigint; take: bigint }): LotUse[] {
  let [toSkip, toTake] = [skip, take]
  return uses.flatMap(({ lot, points: used }) => {
    const skipped = BigInt(used) < toSkip ? BigInt(used) : toSkip
    toSkip -= skipped
    const free = BigInt(used) - skipped
    const taken = free < toTake ? free : toTake
    toTake -= taken
    return taken > 0n ? [{ lot, points: taken.toString() }] : []
  })
}
