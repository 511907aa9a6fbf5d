import { findDeedRow, type Deed } from '../deeds/deeds.store.ts'
import type { SealedBooks } from '../customers/customers.store.ts'
import { minorOf, numberOf, textOf } from '../store/row.ts'

const holding = `kind = 'claim' and state in ('reserved', 'paying', 'paid')`

/** The shares that are somebody's. */
export function listTakenShares(books: SealedBooks, campaignId: string): bigint[] {
  const rows = books.db.list(`select amount_minor from deeds where parent_id = ? and ${holding}`, campaignId)
  return rows.map((row) => minorOf(row, 'amount_minor'))
}

/** Claims that may still be paid. */
export function countOpenClaims(books: SealedBooks, campaignId: string): number {
  const select = `select count(*) as count from deeds where parent_id = ? and kind = 'claim' and state in `
  const row = books.db.find(`${select} ('reserved', 'paying')`, campaignId)
  return row ? numberOf(row, 'count') : 0
}

/** What a person holds already: by who they are, and by their link for as long as nobody knows who they are. */
export function findClaimOf(
  books: SealedBooks,
  which: { campaignId: string; customerId: string | undefined; linkId: string },
): Deed | undefined {
  const select = `select id from deeds where parent_id = ? and ${holding} and (customer_id = ? or link_id = ?) limit 1`
  const row = books.db.find(select, which.campaignId, which.customerId ?? '', which.linkId)
  return row && findDeedRow(books, textOf(row, 'id'))
}
