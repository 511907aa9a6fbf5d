import type { Bank } from '../app/bank.ts'
import { findPhoneHolder } from '../customers/customers.store.ts'
import { listActiveLinks } from '../customers/links.store.ts'
import { commitDeed } from '../deeds/change-deed.ts'
import { holdMoney, postMoney } from '../deeds/deed-money.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { listAccountsOfCustomer } from '../ledger/accounts.store.ts'
import { renderFailureDetail } from '../payments/failure.ts'
import { Problem } from '../transport/problem.ts'
import { cardAccounts } from './card-accounts.ts'
import { noticeKind, type NoticeFacts } from './notice-kind.ts'

const answerMs = 24 * 3_600_000

export interface CardEvent {
  readonly phone: string
  readonly amountMinor: bigint
  readonly shop: string
  /** Which card; the preferred one if left out. */
  readonly mask?: string
}

/** A card is used in a shop: the money is gone, and every client that the customer is linked with is told. */
export function commitCardEvent(bank: Bank, { phone, amountMinor, shop, mask }: CardEvent): Deed[] {
  return bank.db.transaction(() => {
    const customerId = findPhoneHolder(bank, phone)?.customerId
    const accounts = customerId === undefined ? [] : listAccountsOfCustomer(bank.db, customerId)
    const account = accounts.find((each) => mask === undefined || each.mask === mask)
    if (!account) throw new Problem('not_found', 'Nobody with this number has such a card.')
    const event = `cev_${bank.vault.randomName()}`
    const refusal = holdMoney(bank, { id: event, clientRef: event, account, dr: cardAccounts.shops, amountMinor })
    if (refusal) throw new Problem(refusal, renderFailureDetail(refusal))
    postMoney(bank, event)
    const now = bank.clock.now()
    const facts: NoticeFacts = { shop, mask: account.mask ?? '', boughtAt: now }
    return listActiveLinks(bank, bank.vault.blindIndexOf(phone)).map((link) =>
      commitDeed(bank, noticeKind, {
        ...{ id: bank.vault.idOf(noticeKind.prefix, event, link.id), clientId: link.clientId, linkId: link.id },
        ...{ accountId: account.id, amountMinor, state: 'notified', facts, createdAt: now, dueAt: now + answerMs },
        ...(link.customerId === undefined ? {} : { customerId: link.customerId }),
        parentId: event,
      }),
    )
  })
}
