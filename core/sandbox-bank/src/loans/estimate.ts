import { isOfAge } from '../applications/application-facts.ts'
import type { Bank } from '../app/bank.ts'
import { listDeedsOfCustomer } from '../deeds/deeds.store.ts'
import { listAccountsOfCustomer } from '../ledger/accounts.store.ts'
import { findSettlementAccount } from '../ledger/settlement-account.ts'
import type { LoanProduct } from '../products/loan-products.ts'
import { sumPrincipalLeft } from './loan-book.ts'
import { loans, type Loan } from './loan-kind.ts'

/** Up to how much the bank would think about lending on a product. */
export interface Estimate {
  readonly product: LoanProduct
  readonly mostMinor: bigint
}

/** How often what somebody has here would be lent, less what they owe; told in whole thousands. */
const timesMeans = 10n
const stepMinor = 100_000n

/**
 * From the bank's own books alone: age, accounts, loans that run. Nobody's credit report is looked at, nothing is kept
 * of it but the answer, and what is left out is left out without a reason.
 */
export function listEstimates(bank: Bank, customerId: string, products: readonly LoanProduct[]): Estimate[] {
  const running = listRunning(bank, customerId)
  if (!isOfAge(bank, customerId) || running.some(({ state }) => state === 'overdue')) return []
  const owedMinor = running.reduce((sum, { facts }) => sum + sumPrincipalLeft(facts.lines), 0n)
  const roomMinor = sumMeans(bank, customerId) * timesMeans - owedMinor
  const hasBusiness = findSettlementAccount(bank, customerId) !== undefined
  return products
    .filter(({ business }) => hasBusiness || !business)
    .map((product) => ({ product, mostMinor: roundDown(roomMinor < product.maxMinor ? roomMinor : product.maxMinor) }))
    .filter(({ product, mostMinor }) => mostMinor >= product.minMinor)
}

function listRunning(bank: Bank, customerId: string): Loan[] {
  const all = listDeedsOfCustomer(bank, { customerId, kind: loans.thing, sinceMs: 0 }) as Loan[]
  return all.filter(({ state }) => state === 'active' || state === 'overdue')
}

function sumMeans(bank: Bank, customerId: string): bigint {
  return listAccountsOfCustomer(bank.db, customerId)
    .filter(({ kind, balanceMinor }) => kind === 'customer' && balanceMinor > 0n)
    .reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n)
}

function roundDown(minor: bigint): bigint {
  return minor < 0n ? 0n : minor - (minor % stepMinor)
}
