import type { Bank } from '../app/bank.ts'
import { commitPending, commitPost, commitVoid, getPending } from '../ledger/transfers.store.ts'
import { commitLotLife, commitLotUse, findPointsAccount, listOpenLots, points, pointsAccounts } from './points.store.ts'

/** Given back to a lot that has ended meanwhile, points live on for a while. */
const graceMs = 30 * 24 * 3_600_000

/** What was taken of which lot; digits. */
export interface LotUse {
  readonly lot: string
  readonly points: string
}

/** What a customer can spend now: in lots that have not ended. */
export function countPoints(bank: Bank, customerId: string): bigint {
  const account = findPointsAccount(bank, customerId)
  if (!account) return 0n
  const lots = listOpenLots(bank.db, account.id, bank.clock.now())
  return lots.reduce((sum, { leftMinor }) => sum + leftMinor, 0n)
}

export interface PointsHold {
  /** Of the hold; one each. */
  readonly id: string
  readonly clientRef: string
  readonly customerId: string
  readonly points: bigint
}

/** Reserves points, those that end first; undefined when there are too few. */
export function holdPoints(
  bank: Bank,
  { id, clientRef, customerId, points: wanted }: PointsHold,
): LotUse[] | undefined {
  const account = findPointsAccount(bank, customerId)
  if (!account || countPoints(bank, customerId) < wanted) return undefined
  const movement = { dr: pointsAccounts.pool, cr: account.id, amountMinor: wanted, currency: points }
  const names = { id: bank.vault.idOf('trf', id, 'pending'), paymentId: id, clientRef, at: bank.clock.now() }
  if (!commitPending(bank.db, { ...names, ...movement })) return undefined
  return takeFromLots(bank, account.id, wanted)
}

function takeFromLots(bank: Bank, accountId: string, wanted: bigint): LotUse[] {
  let left = wanted
  const uses: LotUse[] = []
  for (const lot of listOpenLots(bank.db, accountId, bank.clock.now())) {
    const taken = lot.leftMinor < left ? lot.leftMinor : left
    if (taken > 0n) uses.push({ lot: lot.id, points: taken.toString() })
    commitLotUse(bank.db, lot.id, taken)
    left -= taken
  }
  return uses
}

export function postPoints(bank: Bank, id: string): void {
  commitPost(bank.db, getPending(bank.db, id), { id: bank.vault.idOf('trf', id, 'post'), at: bank.clock.now() })
}

export function releasePoints(bank: Bank, id: string, uses: readonly LotUse[]): void {
  commitVoid(bank.db, getPending(bank.db, id), { id: bank.vault.idOf('trf', id, 'void'), at: bank.clock.now() })
  giveToLots(bank, uses)
}

/** Back to where they came from. */
export function giveToLots(bank: Bank, uses: readonly LotUse[]): void {
  for (const { lot, points: taken } of uses) {
    commitLotUse(bank.db, lot, -BigInt(taken))
    commitLotLife(bank.db, lot, { nowMs: bank.clock.now(), graceMs })
  }
}
