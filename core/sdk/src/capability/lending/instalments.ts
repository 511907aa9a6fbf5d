import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'
import { creditRefund } from './borrowing.ts'

const states = {
  ...{ active: 'succeeded', settled: 'succeeded', early_settled: 'succeeded' },
  ...{ rejected: 'declined', failed: 'declined', defaulted: 'succeeded' },
} as const

/** A purchase, or a bill of a credit card, paid in parts. Every offer says what it costs by the year, also nothing. */
export const instalments = defineCapability({
  id: 'instalments',
  version: '1.2.0',
  audience: 'scene',
  operations: {
    offer: {
      class: 'quote',
      input: z.strictObject({
        /** As the bank calls it, like `checkout-instalments`. */
        product: z.string().min(1).max(64),
        periods: z.number().int().min(2).max(60),
        /** Of a purchase. */
        amount: moneySchema.optional(),
        /** Of a bill. */
        bill: z.string().min(1).max(190).optional(),
      }),
      outcomes: {
        offered: z.object({ ...quoteFields, name: z.string() }),
        /** Too little or too much, paid already, or planned already. */
        not_offered: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/instalment-offers',
        states: { open: 'offered' },
        otherwise: 'unknown',
        refusals: {
          ...{ below_min: 'not_offered', above_max: 'not_offered', duplicate_business: 'not_offered' },
          ...{ bad_amount: 'not_offered' },
        },
      },
    },
    /** The bills of this user's cards, the newest first. */
    bills: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: {
        listed: z.object({
          items: z.array(
            z.object({
              id: z.string(),
              state: z.string(),
              amount: moneySchema,
              /** The least to pay by its day. */
              minimum: moneySchema.optional(),
              /** What was paid of it already. */
              paid: moneySchema.optional(),
              dueOn: z.string(),
            }),
          ),
        }),
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/card-bills?link={link}', otherwise: 'listed' },
    },
    /** Pays a purchase in parts with a credit card: the merchant has all of it at once. */
    purchase: {
      class: 'commit',
      input: z.strictObject({ quote, purpose, expiresAt: z.number().int().optional() }),
      outcomes: orderEnds,
      bank: {
        ...{ method: 'POST', path: '/v1/instalment-plans', states },
        refunds: { path: '/v1/instalment-plans/{payment}/refunds', collection: '/v1/instalment-refunds' },
      },
      book: {
        hold: { debit: 'bank:{bank}:clearing', credit: 'ext:customer:{user}' },
        then: { debit: 'ext:tenant:{tenant}:due', credit: 'bank:{bank}:clearing' },
      },
      confirm: {
        op: 'instalments',
        title: { 'zh-CN': '确认分期', en: 'Confirm instalments' },
        payer: 'credit',
      },
    },
    /**
     * It goes to the card, and the bank lowers what is left of the plan, or ends it where nothing is; what becomes of
     * the fees of later periods is the product's to say.
     */
    refund: creditRefund,
    /** Turns a bill into a plan. */
    bill: {
      class: 'commit',
      input: z.strictObject({ quote }),
      outcomes: orderEnds,
      bank: { method: 'POST', path: '/v1/instalment-plans', states },
      // Nothing is paid: what is owed is owed in another way.
      book: { hold: { debit: 'loan:{order}:principal', credit: 'loan:{order}:memo' } },
      confirm: {
        op: 'instalments',
        title: { 'zh-CN': '确认账单分期', en: 'Confirm bill plan' },
        payer: false,
        payee: false,
      },
    },
  },
  events: { settled: settledSchema },
})
