import { commitAccount } from '../ledger/accounts.store.ts'
import { settlementAccountOf } from '../ledger/settlement-account.ts'
import type { SealedBooks } from './customers.store.ts'

/** Who has a small business at the bank beside being a customer. */
const businesses = [
  { phone: '+8613800000001', mask: '****3601' },
  { phone: '+8613800000007', mask: '****6011' },
] as const

/** Money arrives in settlement accounts; no link lists them to pay from. */
export function commitBusinessSeed(books: SealedBooks): void {
  for (const { phone, mask } of businesses) {
    const customerId = books.vault.idOf('cus', phone)
    const id = settlementAccountOf(books, customerId)
    commitAccount(books.db, { id, kind: 'customer', customerId, mask, listed: false })
  }
}
