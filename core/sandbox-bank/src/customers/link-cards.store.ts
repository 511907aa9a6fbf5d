import { buildAccount, type Account } from '../ledger/accounts.store.ts'
import { settlementAccountOf } from '../ledger/settlement-account.ts'
import type { Database } from '../store/database.store.ts'
import type { SealedBooks } from './customers.store.ts'
import type { Link } from './links.store.ts'

/** What the customer of a link may pay with, the default first: all accounts that need no binding, and the bound. */
export function listMethodsOfLink(db: Database, link: Link): Account[] {
  const select =
    `select accounts.* from accounts left join link_cards on account_id = accounts.id and link_id = ? ` +
    `where customer_id = ? and kind in ('customer', 'card', 'wallet') and (listed = 1 or link_id is not null) ` +
    `order by accounts.id = ? desc, preferred desc, case kind when 'customer' then 0 when 'card' then 1 else 2 end, ` +
    'accounts.id limit 50'
  return db.list(select, link.id, link.customerId ?? '', link.defaultAccountId ?? '').map(buildAccount)
}

/** A customer's card that this link does not show yet. The account of a business is no card, and pays for nobody. */
export function findUnboundCard(books: SealedBooks, link: Link, mask: string): Account | undefined {
  const customerId = link.customerId ?? ''
  const select =
    `select * from accounts where customer_id = ? and mask = ? and listed = 0 and kind in ('customer', 'card') ` +
    'and id <> ? and not exists (select 1 from link_cards where link_id = ? and account_id = accounts.id)'
  const row = books.db.find(select, customerId, mask, settlementAccountOf(books, customerId), link.id)
  return row && buildAccount(row)
}

export function commitLinkCard(db: Database, linkId: string, accountId: string): void {
  db.run('insert into link_cards (link_id, account_id) values (?, ?)', linkId, accountId)
}

/** False when the card was not bound. A card that is the default is not any more. */
export function commitLinkCardRemoval(db: Database, linkId: string, accountId: string): boolean {
  return db.run('delete from link_cards where link_id = ? and account_id = ?', linkId, accountId) === 1
}
