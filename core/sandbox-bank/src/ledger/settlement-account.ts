import type { SealedBooks } from '../customers/customers.store.ts'
import { findAccount, type Account } from './accounts.store.ts'

/** The account of somebody's business: takings and business loans arrive there; no link lists it to pay from. */
export function settlementAccountOf(books: SealedBooks, customerId: string): string {
  return books.vault.idOf('acc', 'settlement', customerId)
}

export function findSettlementAccount(books: SealedBooks, customerId: string): Account | undefined {
  return findAccount(books.db, settlementAccountOf(books, customerId))
}
