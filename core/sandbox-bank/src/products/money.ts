import type { Bank } from '../app/bank.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { commitAccount, currency, findAccount, getAccount, type NewAccount } from '../ledger/accounts.store.ts'
import { commitPending, commitPost, commitSingle, commitVoid, getPending } from '../ledger/transfers.store.ts'
import type { FailureCode } from '../payments/failure.ts'

/** More than all money there is: the bank's own side is never short. */
const boundless = 10n ** 15n

/** The bank's own side of its products; each is opened when it is first needed. */
export const sides = {
  lending: { id: 'acc_lending', kind: 'lending', limitMinor: boundless },
  collections: { id: 'acc_collections', kind: 'collections', limitMinor: boundless },
  wealth: { id: 'acc_wealth', kind: 'product', limitMinor: boundless },
  insurer: { id: 'acc_insurer', kind: 'insurer', limitMinor: boundless },
} as const satisfies Record<string, NewAccount>

/** Its id; opens it if it is not there yet. */
export function ensureAccount(bank: Bank, account: NewAccount): string {
  if (!findAccount(bank.db, account.id)) commitAccount(bank.db, account)
  return account.id
}

interface Money {
  readonly from: string
  readonly to: string
  readonly amountMinor: bigint
  readonly clientRef?: string
}

/** The reason why the money cannot be held for a deed, or undefined when it is. */
export function holdMoney(bank: Bank, deedId: string, money: Money): FailureCode | undefined {
  if (getAccount(bank.db, money.from).state !== 'open') return 'account_frozen'
  const held = commitPending(bank.db, {
    id: bank.vault.idOf('trf', deedId, 'pending'),
    ...{ dr: money.to, cr: money.from, amountMinor: money.amountMinor, currency, paymentId: deedId },
    ...(money.clientRef === undefined ? {} : { clientRef: money.clientRef }),
    at: bank.clock.now(),
  })
  return held ? undefined : 'insufficient_funds'
}

/**
 * Moves what was held, or a part of it and gives back the rest. False when the account was frozen meanwhile: then all
 * is given back.
 */
export function commitHeld(bank: Bank, deed: Pick<Deed, 'id'>, partMinor?: bigint): boolean {
  const pending = getPending(bank.db, deed.id)
  const at = bank.clock.now()
  if (getAccount(bank.db, pending.cr).state === 'frozen') {
    commitVoid(bank.db, pending, { id: bank.vault.idOf('trf', deed.id, 'void'), at })
    return false
  }
  const part = partMinor === undefined ? {} : { amountMinor: partMinor }
  commitPost(bank.db, pending, { id: bank.vault.idOf('trf', deed.id, 'post'), at, ...part })
  return true
}

export function giveBackHeld(bank: Bank, deed: Pick<Deed, 'id'>): void {
  const pending = getPending(bank.db, deed.id)
  commitVoid(bank.db, pending, { id: bank.vault.idOf('trf', deed.id, 'void'), at: bank.clock.now() })
}

interface Line {
  /** Tells the lines of one deed apart. */
  readonly part: string
  readonly dr: string
  readonly cr: string
  readonly amountMinor: bigint
  readonly currency?: string
}

/** Moves at once, line by line; lines of nothing are left out. */
export function commitLines(bank: Bank, deed: Pick<Deed, 'id' | 'clientRef'>, lines: readonly Line[]): void {
  for (const { part, dr, cr, amountMinor, currency: asset = currency } of lines) {
    if (amountMinor === 0n) continue
    commitSingle(bank.db, {
      id: bank.vault.idOf('trf', deed.id, part),
      ...{ dr, cr, amountMinor, currency: asset, paymentId: deed.id, at: bank.clock.now() },
      ...(deed.clientRef === undefined ? {} : { clientRef: deed.clientRef }),
    })
  }
}
