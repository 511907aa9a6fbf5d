import type { Bank } from '../app/bank.ts'
import { getClient } from '../clients/clients.store.ts'
import { holdMoney, moveMoney, postMoney, releaseMoney } from '../deeds/deed-money.ts'
import { ownAccounts, type Account } from '../ledger/accounts.store.ts'
import { buildFeeMinor } from '../ledger/fee.ts'
import type { FailureCode } from '../payments/failure.ts'
import { pointsAccounts } from '../points/points.store.ts'
import { holdPoints, postPoints, releasePoints, type LotUse } from '../points/spend-points.ts'
import type { GroupMember } from './group-quotes.ts'

/** A member with what is held for it. */
export interface HeldMember extends GroupMember {
  /** Names its holds; points have `<id>.points`. */
  readonly id: string
  readonly lots: readonly LotUse[]
}

export interface GroupHold {
  readonly id: string
  readonly clientRef: string
  readonly customerId: string
  readonly account: Account
  readonly members: readonly GroupMember[]
}

type Holding = { readonly held: HeldMember[] } | { readonly refusal: FailureCode }

/** Holds everything or nothing. */
export function holdGroup(bank: Bank, { members, ...group }: GroupHold): Holding {
  const held: HeldMember[] = []
  for (const [index, member] of members.entries()) {
    const result = holdMember(bank, { ...group, id: `${group.id}.${index}` }, member)
    if ('refusal' in result) {
      for (const one of held) releaseMember(bank, one)
      return result
    }
    held.push(result)
  }
  return { held }
}

type One = Omit<GroupHold, 'members'>

function holdMember(bank: Bank, { id, ...who }: One, member: GroupMember): HeldMember | { refusal: FailureCode } {
  const { clientRef, customerId, account } = who
  const points = BigInt(member.points)
  const lots = points > 0n ? holdPoints(bank, { id: `${id}.points`, clientRef, customerId, points }) : []
  if (!lots) return { refusal: 'insufficient_funds' }
  const refusal = holdMoney(bank, {
    id,
    clientRef,
    account,
    dr: ownAccounts.clearing,
    amountMinor: BigInt(member.money),
  })
  if (!refusal) return { ...member, id, lots }
  if (lots.length > 0) releasePoints(bank, `${id}.points`, lots)
  return { refusal }
}

export function releaseMember(bank: Bank, { id, lots }: HeldMember): void {
  releaseMoney(bank, id)
  if (lots.length > 0) releasePoints(bank, `${id}.points`, lots)
}

/** Posts what is held, lets the issuer pay for points, gives all to the merchant less the fee, and tells the fee. */
export function postMember(bank: Bank, member: HeldMember, clientRef: string | undefined): bigint {
  const named = clientRef === undefined ? {} : { clientRef }
  const { id, lots, clientId } = member
  const merchant = getClient(bank.db, clientId).accountId
  postMoney(bank, id)
  const pointsMinor = BigInt(member.points)
  if (lots.length > 0) postPoints(bank, `${id}.points`)
  moveMoney(bank, {
    ...{ id, part: 'issuer', dr: ownAccounts.clearing, cr: pointsAccounts.issuer, amountMinor: pointsMinor },
  })
  const amountMinor = BigInt(member.money) + pointsMinor
  moveMoney(bank, { id, ...named, part: 'share', dr: merchant, cr: ownAccounts.clearing, amountMinor })
  const feeMinor = buildFeeMinor(amountMinor, bank.terms.feeRate)
  moveMoney(bank, { id, ...named, part: 'fee', dr: ownAccounts.fees, cr: merchant, amountMinor: feeMinor })
  return feeMinor
}
