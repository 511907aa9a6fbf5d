import { Type } from 'typebox'
import { loanProducts } from '../products/loan-products.ts'
import { defineQuote } from '../quotes/quote-routes.ts'
import { term, text } from '../quotes/terms.ts'
import { bilingual, money } from '../routes/fields.ts'
import { listEstimates, type Estimate } from './estimate.ts'
import { cny } from './loan-kind.ts'
import { getLoanProduct } from './loan-quote.ts'

const lifeMs = 24 * 3_600_000

const itemSchema = Type.Object({
  product: Type.String(),
  name: bilingual,
  business: Type.Optional(Type.Boolean({ description: 'For businesses, paid to their settlement account.' })),
  payout: Type.Enum(['entrusted', 'self']),
  min: money,
  max: money,
  annualRate: Type.String({ description: 'Decimal fraction, as text: it is shown wherever the amounts are.' }),
  periods: Type.Array(Type.Integer()),
})

/**
 * How much somebody could borrow, as far as the bank knows by itself. It is no offer: nothing can be confirmed by it,
 * and an application is decided as if nobody had asked.
 */
export const loanPrechecks = defineQuote({
  kind: 'loan-precheck',
  prefix: 'lpc',
  url: '/v1/loan-prechecks',
  name: 'LoanPrecheck',
  summary: 'Amounts that could be lent, from what the bank knows already: no credit query, no consent, and no offer.',
  body: Type.Object({
    product: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'All products if left out.' })),
  }),
  view: Type.Object({
    items: Type.Array(itemSchema, { description: 'Empty where the bank has no amount to tell; it never says why.' }),
  }),
  lifeMs,
  problems: [],
  draw: ({ bank, link }, { product }) => {
    const products = product === undefined ? loanProducts : [getLoanProduct(product)]
    const items = listEstimates(bank, link.customerId, products).map(renderEstimate)
    return { state: 'prechecked', terms: rows, view: { items } }
  },
})

const rows = [
  term(
    'basis',
    text('依据', 'Based on'),
    text('本行已有的账户和贷款情况，没有查询征信', 'your accounts and loans here; no credit report was looked up'),
  ),
  term(
    'meaning',
    text('说明', 'Note'),
    text('这是预估，不是审批结果，以申请后的审批为准', 'an estimate, not a decision: that follows an application'),
  ),
]

function renderEstimate({ product, mostMinor }: Estimate): object {
  const { id, name, business, payout, minMinor, annualRate, periods } = product
  return {
    ...{ product: id, name, payout, min: cny(minMinor), max: cny(mostMinor), annualRate, periods: [...periods] },
    ...(business ? { business } : {}),
  }
}
