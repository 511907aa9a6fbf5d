import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { commitExpiry, listConfirmationsByPhone } from '../confirmations/confirmations.store.ts'
import { listAccounts, type Account } from '../ledger/accounts.store.ts'
import { listTotals, listTransfers, type Transfer } from '../ledger/transfers.store.ts'
import { listAllPayments } from '../payments/payments.store.ts'
import { renderPayment } from '../routes/payment-resource.ts'

const codesShown = 50
const linesShown = 10_000

/** The codes a phone was sent, newest first: what its owner can read on it. */
export function renderCodes(bank: Bank, phone: string): object {
  commitExpiry(bank.db, bank.clock.now())
  const confirmations = listConfirmationsByPhone(bank.db, bank.vault.blindIndexOf(phone), codesShown)
  const codes = confirmations.map(({ id, clientRef, state, expiresAt }) => ({
    ...{ confirmationId: id, clientRef, code: bank.vault.codeOf(id), state },
    expiresAt: renderInstant(expiresAt),
  }))
  return { codes }
}

/** The books: every account, the newest transfers in their order, and the proof that they add up to nothing. */
export function renderLedger(bank: Bank): object {
  return {
    accounts: listAccounts(bank.db, linesShown).map(renderAccount),
    transfers: listTransfers(bank.db, linesShown).map(renderTransfer),
    totals: Object.fromEntries(
      listTotals(bank.db).map(({ currency, totalMinor }) => [currency, totalMinor.toString()]),
    ),
  }
}

/** All payments of all clients, newest first, with the number of requests that asked for each. */
export function renderAllPayments(bank: Bank): object {
  const payments = listAllPayments(bank.db, linesShown)
  return { payments: payments.map((payment) => ({ ...renderPayment(bank, payment), attempts: payment.attempts })) }
}

function renderAccount(account: Account): object {
  const { id, kind, customerId, clientId, mask, state, currency } = account
  return {
    ...{ id, kind, owner: customerId ?? clientId ?? null, mask: mask ?? null, state, currency },
    balanceMinor: account.balanceMinor.toString(),
    heldMinor: account.heldMinor.toString(),
  }
}

function renderTransfer(transfer: Transfer): object {
  const { amountMinor, at, ...rest } = transfer
  return { ...rest, amountMinor: amountMinor.toString(), at: renderInstant(at) }
}
