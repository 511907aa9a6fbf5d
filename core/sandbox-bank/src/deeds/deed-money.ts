import type { Bank } from '../app/bank.ts'
import { startOfDay } from '../app/business-day.ts'
import { currency, type Account } from '../ledger/accounts.store.ts'
import { commitPending, commitPost, commitSingle, commitVoid, findPending } from '../ledger/transfers.store.ts'
import type { FailureCode } from '../payments/failure.ts'
import { sumTakenMinor } from '../ledger/taken.store.ts'

/** Class 4, opened by phone number alone. */
export const walletLimits = { balanceMinor: 1_000_000n, singleMinor: 200_000n, dayMinor: 500_000n } as const

export interface Hold {
  /** Id of the deed or payment it is made for; one hold each. */
  readonly id: string
  readonly clientRef: string
  /** Who gives. */
  readonly account: Account
  /** Who receives when it is posted. */
  readonly dr: string
  readonly amountMinor: bigint
}

/** Reserves money for a deed: the reason why it cannot be, or undefined when it is. */
export function holdMoney(bank: Bank, { id, clientRef, account, dr, amountMinor }: Hold): FailureCode | undefined {
  if (account.state !== 'open') return 'account_frozen'
  if (account.kind === 'wallet' && !isWithinWallet(bank, account, amountMinor)) return 'above_limit'
  const names = { id: bank.vault.idOf('trf', id, 'pending'), paymentId: id, clientRef }
  const movement = { dr, cr: account.id, amountMinor, currency: account.currency, at: bank.clock.now() }
  return commitPending(bank.db, { ...names, ...movement }) ? undefined : 'insufficient_funds'
}

function isWithinWallet(bank: Bank, account: Account, amountMinor: bigint): boolean {
  const takenMinor = sumTakenMinor(bank.db, account.id, startOfDay(bank.clock.now()))
  return amountMinor <= walletLimits.singleMinor && takenMinor + amountMinor <= walletLimits.dayMinor
}

/** Moves what is held for a deed. */
export function postMoney(bank: Bank, id: string): void {
  commitPost(bank.db, getHold(bank, id), { id: bank.vault.idOf('trf', id, 'post'), at: bank.clock.now() })
}

/** Gives back what is held for a deed. */
export function releaseMoney(bank: Bank, id: string): void {
  commitVoid(bank.db, getHold(bank, id), { id: bank.vault.idOf('trf', id, 'void'), at: bank.clock.now() })
}

function getHold(bank: Bank, id: string): NonNullable<ReturnType<typeof findPending>> {
  const pending = findPending(bank.db, id)
  if (!pending) throw new Error('nothing is held for a deed that says so')
  return pending
}

export interface Move {
  readonly id: string
  readonly clientRef?: string
  /** Word for this line among those of the deed. */
  readonly part: string
  readonly dr: string
  readonly cr: string
  readonly amountMinor: bigint
  /** CNY if left out. */
  readonly asset?: string
}

/** Moves at once, for a deed. Nothing is moved where there is nothing to move. */
export function moveMoney(bank: Bank, { id, clientRef, part, dr, cr, amountMinor, asset = currency }: Move): void {
  if (amountMinor === 0n) return
  commitSingle(bank.db, {
    ...{ id: bank.vault.idOf('trf', id, part), paymentId: id, dr, cr, amountMinor, currency: asset },
    ...(clientRef === undefined ? {} : { clientRef }),
    at: bank.clock.now(),
  })
}
