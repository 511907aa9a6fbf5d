import type { Bank } from '../app/bank.ts'
import { getClient } from '../clients/clients.store.ts'
import { findDay } from '../credit/calendar.ts'
import { getCustomerName } from '../customers/customers.store.ts'
import { currency, listAccountsOfCustomer } from '../ledger/accounts.store.ts'
import { findSettlementAccount } from '../ledger/settlement-account.ts'
import { getLoanProduct, renderLoanView } from '../loans/loan-quote.ts'
import { buildLoanParts } from '../loans/loan-terms.ts'
import { buildCardRows } from '../products/build-card-rows.ts'
import { findCardProduct } from '../products/card-products.ts'
import type { LoanProduct } from '../products/loan-products.ts'
import { commitDraft, type QuoteDraft } from '../quotes/quote-routes.ts'
import type { Payee, Quote } from '../quotes/quotes.store.ts'
import { maskName } from '../vault/mask.ts'
import { offerLifeMs, type Application } from './application-facts.ts'

/** What the bank must remember of an offer that it makes. */
export interface OfferFacts {
  readonly application: string
  readonly type: 'loan' | 'card'
  readonly product: string
  readonly limit?: string
}

/** Another yearly rate or limit than the product's. */
export interface OfferChange {
  readonly annualRate?: string
  readonly limitMinor?: bigint
}

/** Writes the offer into the running transaction: what is signed is this, word for word. */
export function commitOffer(bank: Bank, application: Application, change: OfferChange = {}): Quote {
  const { facts, clientId, linkId } = application
  const draft = facts.type === 'loan' ? drawLoan(bank, application, change) : drawCard(application, change)
  return commitDraft(bank, draft, {
    ...{ kind: 'offer', prefix: 'off', lifeMs: offerLifeMs, clientId },
    ...(linkId === undefined ? {} : { linkId }),
  })
}

function drawLoan(bank: Bank, application: Application, { annualRate }: OfferChange): QuoteDraft {
  const known = getLoanProduct(application.facts.product)
  const product: LoanProduct = { ...known, annualRate: annualRate ?? known.annualRate }
  const amountMinor = BigInt(application.facts.amount ?? '0')
  const start = findDay(bank.clock.now(), bank.terms.zone)
  const { periods = 12, use } = application.facts
  const wish = { amountMinor, periods, start, ...(use === undefined ? {} : { use }) }
  const { wire, terms } = buildLoanParts(product, wish)
  const facts: OfferFacts = { application: application.id, type: 'loan', product: product.id }
  const view = { kind: 'loan', application: application.id, ...renderLoanView(product) }
  return { amountMinor, payee: findPayee(bank, application, product), terms, credit: wire, view, facts }
}

/** The money goes to the merchant, unless the product pays it to the customer, or to the customer's business. */
function findPayee(bank: Bank, { clientId, customerId = '' }: Application, { payout, business }: LoanProduct): Payee {
  if (payout === 'entrusted') {
    const { payeeId: id, names, accountMask: account } = getClient(bank.db, clientId)
    return { id, name: names.zh, account }
  }
  const settlement = business ? findSettlementAccount(bank, customerId) : undefined
  const account = settlement ?? listAccountsOfCustomer(bank.db, customerId).find(({ kind }) => kind === 'customer')
  if (!account) throw new Error('a customer has no account to be paid to')
  return { id: account.id, name: maskName(getCustomerName(bank, customerId)), account: account.mask ?? '' }
}

function drawCard(application: Application, { limitMinor }: OfferChange): QuoteDraft {
  const product = findCardProduct(application.facts.product)
  if (!product) throw new Error('a card was applied for that there is not')
  const limit = limitMinor ?? product.limitMinor
  const facts: OfferFacts = { application: application.id, type: 'card', product: product.id, limit: limit.toString() }
  const { annualRate, name } = product
  return {
    terms: buildCardRows(product, limit),
    credit: { kind: 'card', annualRate, annualSimple: annualRate },
    view: {
      kind: 'card',
      application: application.id,
      product: product.id,
      name,
      limit: { value: limit.toString(), currency },
    },
    facts,
  }
}
