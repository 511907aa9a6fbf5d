import { Type } from 'typebox'
import { findDay } from '../credit/calendar.ts'
import { findLoanProduct, type LoanProduct } from '../products/loan-products.ts'
import { defineQuote } from '../quotes/quote-routes.ts'
import { bilingual, money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { assertLoanWish, buildLoanParts } from './loan-terms.ts'

const lifeMs = 30 * 60_000

/** One of the product's `uses`, by its code. */
const loanUse = Type.String({ minLength: 1, maxLength: 64 })

const loanView = Type.Object({
  product: Type.String(),
  name: bilingual,
  purpose: Type.Enum(['education', 'consumption', 'business']),
})

export function renderLoanView({ id, name, purpose }: LoanProduct): object {
  return { product: id, name, purpose }
}

export function getLoanProduct(id: string): LoanProduct {
  const product = findLoanProduct(id)
  if (!product) throw new Problem('not_found', 'There is no such loan: GET /v1/capabilities lists the products.')
  return product
}

/** What a loan would cost. Nobody is asked about anything yet: an application may name it. */
export const loanQuotes = defineQuote({
  kind: 'loan-quote',
  prefix: 'lqt',
  url: '/v1/loan-quotes',
  name: 'LoanQuote',
  summary: 'The schedule and the yearly rates of a loan that begins today.',
  body: Type.Object({
    product: Type.String({ minLength: 1, maxLength: 64 }),
    amount: money,
    periods: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    use: Type.Optional(loanUse),
  }),
  view: loanView,
  lifeMs,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max'],
  draw: ({ bank, now }, body) => {
    const product = getLoanProduct(body.product)
    const periods = body.periods ?? product.periods[0] ?? 12
    const use = body.use === undefined ? {} : { use: body.use }
    const wish = { amountMinor: BigInt(body.amount.value), periods, start: findDay(now, bank.terms.zone), ...use }
    if (body.amount.currency !== 'CNY') throw new Problem('bad_currency', 'This bank lends in CNY only.')
    assertLoanWish(product, wish)
    const { wire, terms } = buildLoanParts(product, wish)
    return { amountMinor: wish.amountMinor, terms, credit: wire, view: renderLoanView(product), facts: { periods } }
  },
})
