import type { Bank } from '../app/bank.ts'
import { getClient } from '../clients/clients.store.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { commitPost, commitSingle, commitVoid, getPending, type Transfer } from '../ledger/transfers.store.ts'
import {
  commitPaymentEnd,
  findNextSettlementAt,
  getPayment,
  listDuePayments,
  type Payment,
  type PaymentEnd,
} from './payments.store.ts'
import { commitPaymentEvent } from './submit-payment.ts'

/**
 * Ends every payment whose time has come; returns when the next one's comes, in business time. Whatever a killed
 * process left in state `processing` is found here again.
 */
export function runSettlement(bank: Bank): number | undefined {
  for (const payment of listDuePayments(bank.db, bank.clock.now())) commitSettlement(bank, payment)
  return findNextSettlementAt(bank.db)
}

/** Books and state change together or not at all; a payment that has ended meanwhile is left alone. */
function commitSettlement(bank: Bank, payment: Payment): void {
  bank.db.transaction(() => {
    const at = bank.clock.now()
    const frozen = getAccount(bank.db, payment.accountId).state === 'frozen'
    const end: PaymentEnd = frozen ? { state: 'failed', failureCode: 'account_frozen' } : { state: 'succeeded' }
    if (!commitPaymentEnd(bank.db, payment.id, { ...end, at })) return
    const pending = getPending(bank.db, payment.id)
    if (frozen) {
      commitVoid(bank.db, pending, { id: bank.vault.idOf('trf', payment.id, 'void'), at })
    } else {
      commitPost(bank.db, pending, { id: bank.vault.idOf('trf', payment.id, 'post'), at })
      commitAllocation(bank, payment, pending)
    }
    commitPaymentEvent(bank, getPayment(bank.db, payment.clientId, payment.id))
  })
}

/** From clearing to the merchant, and the fee from the merchant to the bank: clearing is left as it was before. */
function commitAllocation(bank: Bank, payment: Payment, pending: Transfer): void {
  const merchant = getClient(bank.db, payment.clientId).accountId
  const { currency, clientRef } = payment
  const references = { currency, paymentId: payment.id, clientRef, at: bank.clock.now() }
  const id = (part: string): string => bank.vault.idOf('trf', payment.id, part)
  const share = { id: id('share'), dr: merchant, cr: pending.dr, amountMinor: payment.amountMinor }
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
