import type { Bank } from '../app/bank.ts'
import { Problem } from '../transport/problem.ts'
import { findLink, type Link } from './links.store.ts'

/** A link behind which there is a customer. */
export type CustomerLink = Link & { readonly customerId: string }

export function getLinked(bank: Bank, clientId: string, linkId: string): CustomerLink {
  const link = findLink(bank, clientId, linkId)
  if (!link) throw new Problem('not_found', 'There is no link with this id: make one with POST /v1/links.')
  if (link.state === 'active' && link.customerId !== undefined) return { ...link, customerId: link.customerId }
  throw new Problem('state_conflict', 'The number of this link belongs to no customer of the bank.')
}
