import type { SealedBooks } from '../customers/customers.store.ts'
import { minorOf } from '../store/row.ts'

/** What is given back of a payment already. */
export function sumRefundedMinor(books: SealedBooks, paymentId: string): bigint {
  return sum(books, paymentId, `state = 'succeeded'`)
}

/** What is given back or on its way: all that may not be given back again. */
export function sumCommittedMinor(books: SealedBooks, paymentId: string): bigint {
  return sum(books, paymentId, `state <> 'failed'`)
}

function sum(books: SealedBooks, paymentId: string, condition: string): bigint {
  const select =
    `select coalesce(sum(amount_minor), 0) as total from deeds ` + `where parent_id = ? and kind = 'refund' and `
  const row = books.db.find(select + condition, paymentId)
  return row ? minorOf(row, 'total') : 0n
}
