import { Type } from 'typebox'
import type { OperationName } from '../confirmations/operations.ts'
import { defineCommit, type Beginning, type CommitDesk, type CommitKind } from '../deeds/deed-kind.ts'
import { holdMoney, postMoney, releaseMoney, walletLimits } from '../deeds/deed-money.ts'
import { getAccount, type Account } from '../ledger/accounts.store.ts'
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
      if (getAccount(bank.db, deed.accountId ?? deed.facts.wallet).state !== 'frozen') {
        postMoney(bank, deed.id)
        return { state: 'succeeded' }
      }
      releaseMoney(bank, deed.id)
      return { state: 'failed', failureCode: 'account_frozen' }
    },
  })
}

/** Between the customer's own accounts at once; to a merchant as a payment is. */
function beginMove(desk: CommitDesk<unknown>): Beginning<WalletMove> {
  const { bank, id, clientRef, amountMinor, now } = desk
  const facts = desk.quote?.facts as WalletMove
  const wallet = getAccount(bank.db, facts.wallet)
  const account = getPayer(facts, { wallet, named: desk.account })
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

/** A wallet is loaded from something else; what leaves it comes from itself, named or not. */
function getPayer(
  { direction }: WalletMove,
  { wallet, named }: { wallet: Account; named: Account | undefined },
): Account {
  const account = direction === 'load' ? named : (named ?? wallet)
  if (account && (direction === 'load') !== (account.id === wallet.id)) return account
  throw new Problem('payer_mismatch', 'A wallet is loaded from another method; what leaves it is paid by itself.')
}
