import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'
import { buildLoanBook, loanConfirm, loanEnds, loanQuoted, loanQuoteRoute, loanRoute, loanWish } from './borrowing.ts'

/** A loan for businesses, as the bank publishes it; others of its products have no `uses`. */
const product = z.object({
  id: z.string(),
  name: z.string(),
  business: z.boolean().optional(),
  /** `equal-instalment` or `interest-only`, and other words of the bank's. */
  method: z.string().optional(),
  annualRate: z.string().optional(),
  periods: z.array(z.number().int()).optional(),
  min: moneySchema.optional(),
  max: moneySchema.optional(),
  /** What the money may be for. */
  uses: z.array(z.object({ code: z.string(), name: z.string() })).optional(),
})

/** One of the product's uses, by its code. */
const use = z.string().min(1).max(64)

/**
 * A loan to whoever runs a small business, paid to the settlement account of that business: what it is for is one of
 * the bank's codes and stands in the contract. The number of the licence is typed on the bank's page and nowhere else,
 * and the credit query, also of the business, is agreed to and signed on its own.
 */
export const merchantLoan = defineCapability({
  id: 'merchant-loan',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** All products of the bank; loans for businesses say so. */
    products: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ products: z.array(product) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/capabilities', otherwise: 'listed' },
    },
    /** What it would cost. Nobody is asked about anything for it. */
    quote: {
      class: 'quote',
      input: z.strictObject({ ...loanWish, use: use.optional() }),
      outcomes: loanQuoted,
      bank: loanQuoteRoute,
    },
    /** The whole way from the key facts to the money. `declined` brings no reason of the bank's decision. */
    borrow: {
      class: 'commit',
      input: z.strictObject({ ...loanWish, use }),
      outcomes: loanEnds,
      bank: loanRoute,
      book: buildLoanBook('ext:payee:{payee}'),
      confirm: loanConfirm,
    },
  },
  events: { settled: settledSchema },
})
