import type { SealedBooks } from '../customers/customers.store.ts'
import { findAccount, type Account } from '../ledger/accounts.store.ts'

/** One for each customer; its id follows from theirs. */
export function walletAccountOf(books: SealedBooks, customerId: string): string {
  return books.vault.idOf('acc', 'wallet', customerId)
}

export function findWalletAccount(books: SealedBooks, customerId: string): Account | undefined {
  return findAccount(books.db, walletAccountOf(books, customerId))
}
