import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { assertConsents } from '../consents/assert-consents.ts'
import { buildOpenedRoutes, type OpeningDesk } from '../deeds/opening-routes.ts'
import { findDeed, listDeedsOfCustomer } from '../deeds/deeds.store.ts'
import { getLoanProduct } from '../loans/loan-quote.ts'
import { assertLoanWish } from '../loans/loan-terms.ts'
import { findSettlementAccount } from '../ledger/settlement-account.ts'
import type { LoanProduct } from '../products/loan-products.ts'
import { findCardProduct } from '../products/card-products.ts'
import { getQuote } from '../quotes/quotes.store.ts'
import type { Route } from '../routes/define-route.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import {
  applicationLifeMs,
  applicationTypes,
  isOfAge,
  isOpen,
  stepWords,
  type Application,
  type ApplicationFacts,
} from './application-facts.ts'
import { applications } from './application-kind.ts'

const word = Type.String({ minLength: 1, maxLength: 64 })

const body = Type.Object({
  type: Type.Enum([...applicationTypes]),
  product: word,
  amount: Type.Optional(money),
  periods: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  use: Type.Optional(word),
  quote: Type.Optional(word),
  payee: Type.Optional(Type.Object({ id: word })),
  consents: Type.Array(word, { maxItems: 10 }),
})

type Wish = Static<typeof body>

/** Everything of an application but its form and its decision. */
export function buildApplicationRoutes(bank: Bank): Route[] {
  return buildOpenedRoutes(bank, {
    kind: applications,
    summary: 'Begins an application. Each purpose was agreed to on its own before.',
    body,
    problems: [
      ...(['bad_amount', 'bad_currency', 'below_min', 'above_max'] as const),
      ...(['payee_mismatch', 'consent_missing', 'duplicate_business', 'credit_declined'] as const),
    ],
    open: (desk, wish) => {
      assertNoOther(desk, wish)
      if (!isOfAge(bank, desk.link.customerId)) {
        throw new Problem('credit_declined', 'The bank lends to nobody under eighteen.')
      }
      const purposes = ['personal-data']
      assertConsents(bank, wish.consents, { clientId: desk.client.id, linkId: desk.link.id, purposes })
      const facts = wish.type === 'loan' ? buildLoanFacts(desk, wish) : buildCardFacts(wish)
      return { state: stepWords[wish.type].begun, facts, dueAt: desk.now + applicationLifeMs }
    },
  })
}

/** One at a time, and it is told where it is; not to a client that did not begin it. */
function assertNoOther({ bank, client, link }: OpeningDesk, { type, product }: Wish): void {
  const which = { customerId: link.customerId, kind: applications.thing, sinceMs: 0 }
  const other = listDeedsOfCustomer(bank, which).find((deed) => {
    const { facts } = deed as Application
    return isOpen(deed) && facts.type === type && facts.product === product
  })
  if (!other) return
  const mine = findDeed(bank, { clientId: client.id, kind: applications.thing, id: other.id })
  throw new Problem('duplicate_business', {
    detail: 'There is an open application for this already.',
    ...(mine ? { instance: `${applications.url}/${mine.id}` } : {}),
  })
}

function buildLoanFacts({ bank, client, link }: OpeningDesk, wish: Wish): ApplicationFacts {
  const quoted = wish.quote === undefined ? undefined : getQuote(bank, client.id, wish.quote)
  const product = getLoanProduct(wish.product)
  const periods = wish.periods ?? findPeriods(quoted?.facts) ?? product.periods[0] ?? 12
  const amountMinor = quoted?.amountMinor ?? BigInt(wish.amount?.value ?? '0')
  if (wish.amount && wish.amount.currency !== 'CNY') throw new Problem('bad_currency', 'This bank lends in CNY only.')
  const use = findNamedUse(product, wish)
  assertLoanWish(product, { amountMinor, periods, ...use })
  if (product.business && !findSettlementAccount(bank, link.customerId)) {
    throw new Problem('credit_declined', 'This loan is for businesses with a settlement account at the bank.')
  }
  if (wish.payee && wish.payee.id !== client.payeeId) {
    throw new Problem('payee_mismatch', 'The loan is paid to the merchant of this client.')
  }
  const { payeeId: id, names, accountMask: account } = client
  return {
    ...{ type: 'loan', product: product.id, amount: amountMinor.toString(), periods, ...use },
    ...(product.payout === 'entrusted' ? { payee: { id, name: names.zh, account } } : {}),
    ...(wish.quote === undefined ? {} : { quote: wish.quote }),
    ...{ consents: wish.consents, fields: {}, documents: [] },
  }
}

/** Where the product has several uses, nobody applies without saying which. */
function findNamedUse({ uses }: LoanProduct, { use }: Wish): { use?: string } {
  if (use !== undefined) return { use }
  if (!uses) return {}
  const detail = `This product needs a use: ${uses.map(({ code }) => code).join(', ')}.`
  throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/use', code: 'required', detail }] })
}

function findPeriods(facts: unknown): number | undefined {
  if (typeof facts !== 'object' || facts === null || !('periods' in facts)) return undefined
  return typeof facts.periods === 'number' ? facts.periods : undefined
}

function buildCardFacts(wish: Wish): ApplicationFacts {
  const product = findCardProduct(wish.product)
  if (!product) throw new Problem('not_found', 'There is no such card: GET /v1/capabilities lists the products.')
  return { type: 'card', product: product.id, consents: wish.consents, fields: {}, documents: [] }
}
