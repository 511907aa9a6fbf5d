import type { Bank } from '../app/bank.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { getDeedRow } from '../deeds/deeds.store.ts'
import type { Quote } from '../quotes/quotes.store.ts'
import { Problem } from '../transport/problem.ts'
import type { Application } from './application-facts.ts'
import { applications } from './application-kind.ts'
import type { OfferFacts } from './offer.ts'

/** The offer a commit is for. Throws when it is sent to the address of another one, or is of another type. */
export function readOffer(quote: Quote | undefined, which: { at?: string | undefined; type: string }): OfferFacts {
  const facts = quote?.facts as Partial<OfferFacts> | undefined
  if (quote?.kind !== 'offer' || facts?.type !== which.type || (which.at !== undefined && which.at !== quote.id)) {
    throw new Problem('not_found', 'The confirmed quote is not this offer.')
  }
  return facts as OfferFacts
}

export function commitApplicationState(bank: Bank, id: string, state: string): void {
  commitDeedChange(bank, applications, { deed: getDeedRow(bank, id) as Application, change: { state } })
}
