import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { changedSchema, settledSchema } from '../payment.ts'

const payee = z.object({ id: z.string(), name: z.string(), account: z.string() })

export const billerSchema = z.object({
  id: z.string(),
  /** `water`, `power`, `gas`, `phone`, `insurance`. */
  category: z.string(),
  name: z.string(),
  /** `fixed`: exactly what is owed; `open`: any amount, and nothing to query. */
  amountRule: z.string(),
  /** What its account numbers look like, a regular expression. */
  accountPattern: z.string(),
})

/** What is owed: a quote that `pay` names, for ten minutes. */
export const billSchema = z.object({
  id: z.string(),
  expiresAt: z.number().int(),
  amount: moneySchema,
  payee,
  biller: z.string(),
  /** Masked. */
  account: z.string(),
  /** `2026-02`. */
  period: z.string(),
  /** Minor units as text; it is in the amount. */
  lateFee: z.string(),
  /** This bank has paid this very bill within a day: ask before it is paid once more. */
  paidAt: z.number().int().optional(),
})

/** What has been debited and is being sorted out with the biller: never pay again. */
const checking = z.object({ receipt: z.string(), id: z.string() })
const billEnds = { ...orderEnds, checking }
const states = {
  settled: 'succeeded',
  failed: 'declined',
  reversed: 'declined',
  settlement_unknown: 'checking',
} as const

/** Through clearing to the biller; what it does not take comes back before the order has succeeded. */
const book = {
  hold: { debit: 'bank:{bank}:clearing', credit: 'ext:customer:{user}' },
  then: { debit: 'ext:biller:{payee}', credit: 'bank:{bank}:clearing' },
}

/**
 * Bills of water, power, gas and insurances, and credit for a phone. Debited first, then the biller is told; when it
 * does not take the money, the bank gives it back, which is told as `declined`.
 */
export const bills = defineCapability({
  id: 'bills',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    billers: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(billerSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/billers', otherwise: 'listed' },
    },
    /** What is owed for an account of a biller with a fixed rule. */
    query: {
      class: 'quote',
      input: z.strictObject({ biller: z.string().min(1).max(64), account: z.string().min(4).max(32) }),
      outcomes: {
        found: z.object({ bills: z.array(billSchema) }),
        none: nothing,
        /** The biller has no such account number. */
        not_an_account: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/bills/queries',
        states: { answered: 'found', no_bills: 'none' },
        otherwise: 'none',
        refusals: { malformed: 'not_an_account' },
      },
    },
    pay: {
      class: 'commit',
      input: z.strictObject({
        /** A bill of `query`. */
        quote,
        /** The user wants a bill paid once more that was paid within a day. */
        again: z.boolean().optional(),
        purpose,
      }),
      outcomes: billEnds,
      bank: { method: 'POST', path: '/v1/bill-payments', states, product: true },
      book,
      confirm: { op: 'bill-payment', title: { 'zh-CN': '确认缴费', en: 'Confirm bill payment' } },
    },
    /** Credit for a phone, the user's own when none is named. At most 500 a day for one number. */
    topUpQuote: {
      class: 'quote',
      input: z.strictObject({
        /** E.164. */
        phone: z.string().min(5).max(16).optional(),
        amount: moneySchema,
      }),
      outcomes: {
        quoted: z.object({ ...quoteFields, amount: moneySchema, payee, phone: z.string() }),
        /** Less than the least, or more than is left for this number today. */
        limited: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/top-ups/quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { above_max: 'limited', below_min: 'limited' },
      },
    },
    topUp: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: billEnds,
      bank: { method: 'POST', path: '/v1/top-ups', states, product: true },
      book,
      confirm: { op: 'top-up', title: { 'zh-CN': '确认充值', en: 'Confirm top-up' } },
    },
  },
  events: { settled: settledSchema, changed: changedSchema },
})
