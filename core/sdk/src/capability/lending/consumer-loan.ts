import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { hours } from '../../time.ts'
import { askEnds, declined, nothing, orderEnds, quoteFields } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'

/**
 * What somebody buys is paid by a loan of the bank, in the thread: key facts, consents one by one, the bank's own page,
 * the signed credit query, the decision, the contract. The bank pays the merchant; the merchant hears how it ended and
 * never why.
 */
export const consumerLoan = defineCapability({
  id: 'consumer-loan',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** What it would cost. Nobody is asked about anything for it. */
    quote: {
      class: 'quote',
      input: z.strictObject({
        /** As the bank calls it, like `education-loan`. */
        product: z.string().min(1).max(64),
        amount: moneySchema,
        /** How many payments; the product's usual number when left out. */
        periods: z.number().int().min(1).max(60).optional(),
      }),
      outcomes: { quoted: z.object({ ...quoteFields, name: z.string() }), not_offered: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/loan-quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { below_min: 'not_offered', above_max: 'not_offered', bad_amount: 'not_offered' },
      },
    },
    /**
     * The whole way from the key facts to the money. `declined` brings no reason of the bank's decision; `pending`
     * means signed, and the money on its way: the event `settled` says how it ended.
     */
    finance: {
      class: 'commit',
      input: z.strictObject({
        amount: moneySchema,
        product: z.string().min(1).max(64),
        periods: z.number().int().min(1).max(60).optional(),
        /** What is bought, in the merchant's words; stands on the contract's card. */
        purpose: z.string().min(1).max(60),
        /** Microseconds since 1970: until when the purchase is kept. */
        expiresAt: z.number().int().optional(),
      }),
      outcomes: { ...orderEnds, pending: z.object({ receipt: z.string() }) },
      bank: {
        method: 'POST',
        path: '/v1/offers/{quote}/accept',
        states: {
          ...{ disbursed: 'succeeded', drawdown_pending: 'pending' },
          ...{ drawdown_failed: 'declined', failed: 'declined', reversed: 'declined' },
        },
        collection: '/v1/drawdowns',
        refunds: { path: '/v1/drawdowns/{payment}/refunds', collection: '/v1/loan-refunds' },
      },
      confirm: {
        op: 'loan',
        title: { 'zh-CN': '签署贷款合同', en: 'Sign loan contract' },
        payer: false,
        livesMs: hours(48),
      },
    },
    /**
     * Gives back what the loan paid for, or part of it: it goes to the bank and lowers what is owed, never to the user
     * in cash. The user is asked nothing by the bank; a scene asks first. Beyond the tenant's limit a second person has
     * to agree: `unknown` until then.
     */
    refund: {
      class: 'commit',
      dialogue: false,
      input: z.strictObject({
        /** As `finance` gave it. */
        receipt: z.string().min(1).max(64),
        /** All that is left when left out. */
        amount: moneySchema.optional(),
        reason: z.string().min(1).max(60),
      }),
      outcomes: { succeeded: z.object({ receipt: z.string() }), declined, unknown: nothing },
    },
  },
  events: { settled: settledSchema },
})
