import { assertWithin, type Limit } from '../app/limits.ts'
import type { Bank } from '../app/bank.ts'
import { startOfDay } from '../app/business-day.ts'
import type { Client } from '../clients/clients.store.ts'
import { findLastVerification } from '../confirmations/confirmations.store.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import { listMethodsOfLink } from '../customers/link-cards.store.ts'
import type { Account } from '../ledger/accounts.store.ts'
import { commitTally } from '../store/tallies.store.ts'
import { Problem } from '../transport/problem.ts'

const freshMs = 10 * 60_000
const viewsADay = 30
const dayMs = 24 * 3_600_000

/** The link of somebody who proved a moment ago that the phone is in their hands. */
export function getViewer(bank: Bank, client: Client, linkId: string): CustomerLink {
  const link = getLinked(bank, client.id, linkId)
  const sinceMs = bank.clock.now() - freshMs
  if (findLastVerification(bank.db, { linkId, op: 'account-view', sinceMs }) !== undefined) return link
  const detail =
    'Let the customer confirm the operation account-view first (amount 0, payer none): it holds ten minutes.'
  throw new Problem('step_up_required', detail)
}

/** One of the accounts the link shows. Throws for any other, also for one that is another customer's. */
export function getShownAccount(bank: Bank, link: CustomerLink, accountId: string): Account {
  const account = listMethodsOfLink(bank.db, link).find(({ id }) => id === accountId)
  if (!account) throw new Problem('not_found', 'The link shows no account with this id.')
  return account
}

/** Looking is counted, whatever is looked at; turning a page is not. */
export function countView(bank: Bank, link: CustomerLink): void {
  const now = bank.clock.now()
  const limit: Limit = {
    subject: `view ${link.customerId}`,
    most: viewsADay,
    sinceMs: startOfDay(now),
    freeAfterMs: dayMs,
    detail: `A customer may look ${viewsADay} times a day: look again tomorrow.`,
  }
  assertWithin(bank, limit)
  commitTally(bank.db, limit.subject, now)
}
