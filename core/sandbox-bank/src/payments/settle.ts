import type { Bank } from '../app/bank.ts'
import { getClient } from '../clients/clients.store.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { buildFeeMinor } from '../ledger/fee.ts'
import { commitPost, commitSingle, commitVoid, getPending, type Transfer } from '../ledger/transfers.store.ts'
import {
  commitPaymentChange,
  findNextSettlementAt,
  getPayment,
  listDuePayments,
  type Payment,
  type PaymentChange,
} from './payments.store.ts'
import { commitPaymentEvent } from './submit-payment.ts'

/**
 * Goes on with every payment whose time has come; returns when the next one's comes, in business time. Whatever a
 * killed process left behind is found here again.
 */
export function runSettlement(bank: Bank): number | undefined {
  for (const payment of listDuePayments(bank.db, bank.clock.now())) {
    bank.db.transaction(() => commitProgress(bank, payment))
  }
  return findNextSettlementAt(bank.db)
}

function commitProgress(bank: Bank, payment: Payment): void {
  if (payment.state === 'authorised') return void commitEnd(bank, payment, { state: 'cancelled' })
  const frozen = getAccount(bank.db, payment.accountId).state === 'frozen'
  if (frozen) return void commitEnd(bank, payment, { state: 'failed', failureCode: 'account_frozen' })
  if (payment.capture === 'automatic') return void commitCapture(bank, payment, payment.amountMinor)
  const settleAt = bank.clock.now() + bank.terms.captureLifeMs
  commitState(bank, payment, { state: 'authorised', settleAt, at: bank.clock.now() })
}

/** Takes this much of what is held and gives the rest back. Undefined when the payment was changed meanwhile. */
export function commitCapture(bank: Bank, payment: Payment, capturedMinor: bigint): Payment | undefined {
  const at = bank.clock.now()
  const feeMinor = payment.capture === 'automatic' ? payment.feeMinor : buildFeeMinor(capturedMinor, bank.terms.feeRate)
  const after = commitState(bank, payment, { state: 'succeeded', capturedMinor, feeMinor, at })
  if (!after) return undefined
  const pending = getPending(bank.db, payment.id)
  commitPost(bank.db, pending, { id: bank.vault.idOf('trf', payment.id, 'post'), at, amountMinor: capturedMinor })
  commitAllocation(bank, after, pending)
  return after
}

/** Gives everything back that is held. Undefined when the payment was changed meanwhile. */
export function commitEnd(bank: Bank, payment: Payment, end: Omit<PaymentChange, 'at'>): Payment | undefined {
  const at = bank.clock.now()
  const after = commitState(bank, payment, { ...end, at })
  if (after)
    commitVoid(bank.db, getPending(bank.db, payment.id), { id: bank.vault.idOf('trf', payment.id, 'void'), at })
  return after
}

/** Books and state change together or not at all; a payment that has ended meanwhile is left alone. */
function commitState(bank: Bank, payment: Payment, change: PaymentChange): Payment | undefined {
  if (!commitPaymentChange(bank.db, payment, change)) return undefined
  const after = getPayment(bank.db, payment.clientId, payment.id)
  commitPaymentEvent(bank, after)
  return after
}

/** From clearing to the merchant, and the fee from the merchant to the bank: clearing is left as it was before. */
function commitAllocation(bank: Bank, payment: Payment, pending: Transfer): void {
  const merchant = getClient(bank.db, payment.clientId).accountId
  const { currency, clientRef } = payment
  const references = { currency, paymentId: payment.id, clientRef, at: bank.clock.now() }
  const id = (part: string): string => bank.vault.idOf('trf', payment.id, part)
  const share = { id: id('share'), dr: merchant, cr: pending.dr, amountMinor: payment.capturedMinor }
  commitSingle(bank.db, { ...references, ...share })
  if (payment.feeMinor === 0n) return
  commitSingle(bank.db, {
    ...references,
    id: id('fee'),
    dr: ownAccounts.fees,
    cr: merchant,
    amountMinor: payment.feeMinor,
  })
}
