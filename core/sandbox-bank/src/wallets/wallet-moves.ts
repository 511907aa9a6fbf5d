import { Type } from 'typebox'
import type { OperationName } from '../confirmations/operations.ts'
import { defineCommit, type Beginning, type CommitDesk, type CommitKind } from '../deeds/deed-kind.ts'
import { holdMoney, postMoney, releaseMoney, walletLimits } from '../deeds/deed-money.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { Problem } from '../transport/problem.ts'
import type { WalletMove } from './wallet-quotes.ts'

const body = Type.Object({})

/** Final at once: what moves inside the bank needs nobody's answer. */
export const walletLoad = defineMove({ thing: 'wallet_load', prefix: 'wld', op: 'wallet-load', name: 'WalletLoad' })
export const walletUnload = defineMove({
  ...{ thing: 'wallet_unload', prefix: 'wun', op: 'wallet-unload', name: 'WalletUnload' },
})
export const walletPayment = defineMove({
  ...{ thing: 'wallet_payment', prefix: 'wpy', op: 'wallet-payment', name: 'WalletPayment' },
})

interface MoveSpec {
  readonly thing: string
  readonly prefix: string
  readonly op: OperationName
  readonly name: string
}

function defineMove({ thing, prefix, op, name }: MoveSpec): CommitKind {
  return defineCommit<WalletMove, typeof body>({
    ...{ thing, prefix, name, ops: [op] },
    url: `/v1/${op}s`,
    summary: 'Does what was quoted.',
    states: ['processing', 'succeeded', 'failed'],
    outcomes: { succeeded: 'done', failed: 'none' },
    body,
    problems: ['insufficient_funds', 'account_frozen', 'above_limit'],
    view: Type.Object({}),
    render: () => ({}),
    begin: beginMove,
    step: (bank, deed) => {
      if (getAccount(bank.db, deed.accountId ?? '').state !== 'frozen') {
        postMoney(bank, deed.id)
        return { state: 'succeeded' }
      }
      releaseMoney(bank, deed.id)
      return { state: 'failed', failureCode: 'account_frozen' }
    },
  })
}

/** Between the customer's own accounts at once; to a merchant as a payment is. */
function beginMove({
  bank,
  id,
  clientRef,
  account,
  quote,
  amountMinor,
  now,
}: CommitDesk<unknown>): Beginning<WalletMove> {
  const facts = quote?.facts as WalletMove
  assertPayer(facts, account?.id)
  if (!account) throw new Error('a wallet was moved without a payer')
  const wallet = getAccount(bank.db, facts.wallet)
  if (wallet.state !== 'open') return { state: 'failed', facts, feeMinor: 0n, refusal: 'account_frozen' }
  const full = facts.direction === 'load' && wallet.balanceMinor + amountMinor > walletLimits.balanceMinor
  const refusal = full ? 'above_limit' : holdMoney(bank, { id, clientRef, account, dr: facts.dr, amountMinor })
  if (refusal) return { state: 'failed', facts, feeMinor: 0n, refusal }
  if (facts.direction === 'payment') {
    return { state: 'processing', facts, feeMinor: 0n, dueAt: now + bank.terms.settleDelayMs }
  }
  postMoney(bank, id)
  return { state: 'succeeded', facts, feeMinor: 0n }
}

/** A wallet is paid with, or it is loaded from something else. */
function assertPayer({ direction, wallet }: WalletMove, payer: string | undefined): void {
  if ((direction === 'load') !== (payer === wallet)) return
  throw new Problem('payer_mismatch', 'A wallet is loaded from another method; what leaves it is paid by itself.')
}
