import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, quote, quoteFields } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'

const loan = z.object({
  id: z.string(),
  name: z.string(),
  /** `active`, `overdue`, or closed. */
  state: z.string(),
  principalLeft: moneySchema,
  /** As a share, like `0.0899`. */
  annualRate: z.string().optional(),
  next: z.object({ n: z.number().int(), due: z.string(), payment: moneySchema }).optional(),
  /** What is late: all of it today, and the penalty that is part of it. */
  arrears: z
    .object({ n: z.number().int(), days: z.number().int(), amount: moneySchema, penalty: moneySchema })
    .optional(),
})

/** A repayment is paid from an account, and what is paid goes to the bank itself. */
const repayment = {
  class: 'commit',
  input: z.strictObject({ quote }),
  outcomes: { ...orderEnds, processing: z.object({ receipt: z.string() }) },
  confirm: { op: 'repayment', title: { 'zh-CN': '确认还款', en: 'Confirm repayment' }, payer: 'debit' },
  book: { hold: { debit: 'ext:bank:{bank}:collections', credit: 'ext:customer:{user}' } },
} as const
const repaid = { succeeded: 'succeeded', failed: 'declined', processing: 'processing' } as const

/** What somebody owes the bank, a loan or the bill of a card: what paying it back comes to today, and paying it. */
export const loanAccount = defineCapability({
  id: 'loan-account',
  version: '1.1.0',
  audience: 'scene',
  operations: {
    loans: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(loan) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/loans?link={link}', otherwise: 'listed' },
    },
    /** `due`: what is due now, or the next instalment; `part`: some principal early; `payoff`: everything. */
    payoff: {
      class: 'quote',
      input: z.strictObject({
        loan: z.string().min(1).max(190),
        kind: z.enum(['due', 'part', 'payoff']),
        amount: moneySchema.optional(),
        strategy: z.enum(['lower-instalment', 'shorter-term']).optional(),
      }),
      outcomes: {
        quoted: z.object({ ...quoteFields, amount: moneySchema, principalLeft: moneySchema.optional() }),
        /** More than is owed, too little, or nothing owed any more. */
        not_possible: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/loans/{loan}/payoff-quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: {
          ...{ above_max: 'not_possible', below_min: 'not_possible' },
          ...{ bad_amount: 'not_possible', state_conflict: 'not_possible' },
        },
      },
    },
    /** Pays what a quote of today says: penalty, fee, interest and principal in the bank's order. */
    repay: { ...repayment, bank: { method: 'POST', path: '/v1/loan-repayments', states: repaid } },
    /** A card's bill: `full` is all that is left of it, `minimum` the least that the bank wants by its day. */
    billPayoff: {
      class: 'quote',
      input: z.strictObject({ bill: z.string().min(1).max(190), kind: z.enum(['full', 'minimum']) }),
      outcomes: {
        quoted: z.object({ ...quoteFields, amount: moneySchema }),
        /** Paid meanwhile, or paid in parts by now. */
        not_possible: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/card-bills/{bill}/payoff-quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { state_conflict: 'not_possible', below_min: 'not_possible', above_max: 'not_possible' },
      },
    },
    /** Pays what a quote of a bill says to the card. */
    repayBill: { ...repayment, bank: { method: 'POST', path: '/v1/card-repayments', states: repaid } },
  },
  events: { settled: settledSchema },
})
