import type { Bank } from '../app/bank.ts'
import { consents } from '../consents/consent-deed.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import type { DeedChange } from '../deeds/deed-kind.ts'
import { findDeed } from '../deeds/deeds.store.ts'
import { commitQuoteState, findQuote } from '../quotes/quotes.store.ts'
import { Problem } from '../transport/problem.ts'
import {
  applicationLifeMs,
  isOpen,
  offerLifeMs,
  stepWords,
  type Application,
  type ApplicationFacts,
} from './application-facts.ts'
import { commitOffer, type OfferChange } from './offer.ts'

type Change = DeedChange<ApplicationFacts>

/** What the bank does by itself: decides when the time of the review is over, closes what nobody went on with. */
export function runReview(bank: Bank, application: Application): Change {
  if (isUnderReview(application)) return approve(bank, application)
  return { state: 'expired' }
}

export function approve(bank: Bank, application: Application, change: OfferChange = {}): Change {
  assertUnderReview(application)
  const offer = commitOffer(bank, application, change)
  const lower = change.limitMinor !== undefined
  return {
    state: lower ? 'approved_lower' : stepWords[application.facts.type].offered,
    facts: { ...application.facts, offer: offer.id },
    dueAt: bank.clock.now() + offerLifeMs,
  }
}

export function decline(_bank: Bank, application: Application): Change {
  assertUnderReview(application)
  return { state: 'declined', failureCode: 'credit_declined' }
}

export function needMore(bank: Bank, application: Application): Change {
  assertUnderReview(application)
  return { state: 'need_more', dueAt: bank.clock.now() + applicationLifeMs }
}

/** The bank thinks better of it: the old offer is worth nothing, and what was confirmed of it neither. */
export function changeTerms(bank: Bank, application: Application): Change {
  if (application.state !== stepWords[application.facts.type].offered) {
    throw new Problem('state_conflict', `The application is ${application.state}: there is no offer to change.`)
  }
  closeQuote(bank, application, application.facts.offer)
  const change = application.facts.type === 'loan' ? { annualRate: '0.102' } : { limitMinor: 500_000n }
  const offer = commitOffer(bank, application, change)
  return {
    state: application.state,
    facts: { ...application.facts, offer: offer.id },
    dueAt: bank.clock.now() + offerLifeMs,
  }
}

/** The customer does not want it any more: nothing is left open, and what was agreed to for it ends. */
export function withdraw(bank: Bank, application: Application): Change {
  if (!isOpen(application)) {
    throw new Problem('state_conflict', `The application is ${application.state}: it cannot be withdrawn.`)
  }
  closeQuote(bank, application, application.facts.offer)
  closeQuote(bank, application, application.facts.authorisation)
  for (const id of application.facts.consents) {
    const deed = findDeed(bank, { clientId: application.clientId, kind: consents.thing, id })
    if (deed?.state === 'granted') commitDeedChange(bank, consents, { deed, change: { state: 'withdrawn' } })
  }
  return { state: 'withdrawn' }
}

function closeQuote(bank: Bank, { clientId }: Application, id: string | undefined): void {
  const quote = id === undefined ? undefined : findQuote(bank, clientId, id)
  if (quote?.state === 'open') commitQuoteState(bank, quote, { state: 'expired', at: bank.clock.now() })
}

function isUnderReview({ state, facts }: Application): boolean {
  return state === stepWords[facts.type].reviewing
}

function assertUnderReview(application: Application): void {
  if (isUnderReview(application)) return
  throw new Problem('state_conflict', `The application is ${application.state}: nobody is looking at it.`)
}
