import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildStateProblem } from '../deeds/deed-routes.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { currency, getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { commitPost, commitSingle, commitVoid, findPending } from '../ledger/transfers.store.ts'

/** What a refund must remember; amounts in digits. */
export interface RefundFacts {
  /** The customer's account that paid. */
  readonly to: string
  /** The part of the fee the bank gives back to the merchant with it. */
  readonly feeBack: string
  readonly reason?: string
}

export const refundKind = defineDeed<RefundFacts>({
  thing: 'refund',
  prefix: 'rfd',
  url: '/v1/refunds',
  name: 'Refund',
  states: ['processing', 'succeeded', 'failed'],
  outcomes: { succeeded: 'done', failed: 'none' },
  view: Type.Object({ payment: Type.String(), reason: Type.Optional(Type.String()) }),
  render: (_bank, { parentId, facts }) => ({
    payment: parentId,
    ...(facts.reason === undefined ? {} : { reason: facts.reason }),
  }),
  step: (bank, deed) => {
    if (getAccount(bank.db, deed.facts.to).state !== 'frozen') return commitRefunded(bank, deed)
    return fail(bank, deed, 'account_frozen')
  },
  controls: {
    failed: (bank, deed) => {
      if (deed.state !== 'processing') throw buildStateProblem('refund', deed)
      return fail(bank, deed, 'declined')
    },
  },
})

/** Nothing is held where all of the amount is fee that comes back. */
function fail(bank: Bank, deed: Deed, failureCode: string): { state: string; failureCode: string } {
  const pending = findPending(bank.db, deed.id)
  if (pending) commitVoid(bank.db, pending, line(bank, deed, 'void'))
  return { state: 'failed', failureCode }
}

/** The merchant pays what it had got of the amount; the bank adds the fee it had taken of it. */
function commitRefunded(bank: Bank, deed: Deed<RefundFacts>): { state: string } {
  const pending = findPending(bank.db, deed.id)
  if (pending) commitPost(bank.db, pending, line(bank, deed, 'post'))
  const feeBackMinor = BigInt(deed.facts.feeBack)
  if (feeBackMinor > 0n) {
    const { to: dr } = deed.facts
    const names = { paymentId: deed.id, ...(deed.clientRef === undefined ? {} : { clientRef: deed.clientRef }) }
    const fee = { dr, cr: ownAccounts.fees, amountMinor: feeBackMinor, currency }
    commitSingle(bank.db, { ...line(bank, deed, 'fee'), ...names, ...fee })
  }
  return { state: 'succeeded' }
}

function line(bank: Bank, { id }: Deed, part: string): { id: string; at: number } {
  return { id: bank.vault.idOf('trf', id, part), at: bank.clock.now() }
}
