import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { changedSchema, settledSchema } from '../payment.ts'

export const wealthProductSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `R1` (careful) to `R5`. */
  risk: z.string(),
  term: z.string(),
  /** What it is measured by; nothing that is promised. */
  benchmark: z.string(),
  min: moneySchema,
  step: moneySchema,
  /** By the user's valid assessment; absent without one. */
  suitable: z.boolean().optional(),
})

export const holdingSchema = z.object({
  product: z.string(),
  name: z.string(),
  units: z.string(),
  free: z.string(),
  value: moneySchema,
})

/** Taken by the bank and held; confirmed a working day later, and until the cut-off it may be cancelled. */
const placed = z.object({ receipt: z.string(), id: z.string(), confirmOn: z.string().optional() })
/** `partly_confirmed`: units for a part of the money, and the rest of it is free again. */
const filled = z.object({ receipt: z.string(), state: z.string().optional() })
const states = {
  ...{ confirmed: 'succeeded', partly_confirmed: 'succeeded', paid: 'succeeded', accepted: 'placed' },
  ...{ rejected: 'declined', cancelled: 'declined', failed: 'declined' },
} as const

/** Wealth products, only for those whom they suit: the bank judges it, and there is no way round. */
export const wealth = defineCapability({
  id: 'wealth',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    products: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(wealthProductSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/wealth/products?link={link}', otherwise: 'listed' },
    },
    holdings: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(holdingSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/wealth/holdings?link={link}', otherwise: 'listed' },
    },
    /** Five answers from 1 (careful) to 5 (bold); good for a year. */
    assess: {
      class: 'hold',
      input: z.strictObject({ answers: z.array(z.int().min(1).max(5)).length(5) }),
      outcomes: { assessed: z.object({ profile: z.string() }), ...askEnds },
      bank: { method: 'POST', path: '/v1/wealth/assessments', otherwise: 'assessed', product: true },
    },
    /** What has to be read before: risk, price, days, and that nothing is promised. */
    quote: {
      class: 'quote',
      input: z.strictObject({
        product: z.string().max(64),
        side: z.enum(['subscribe', 'redeem']),
        /** To subscribe. */
        amount: moneySchema.optional(),
      }),
      outcomes: {
        quoted: z.object({
          ...quoteFields,
          amount: moneySchema.optional(),
          name: z.string(),
          risk: z.string(),
          units: z.string(),
          tradeOn: z.string(),
          confirmOn: z.string(),
        }),
        /** The user's profile is missing or too old. */
        assessment_needed: nothing,
        /** It does not suit the user. */
        unsuitable: nothing,
        /** Too little, or not in the product's steps. */
        bad_amount: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/wealth/quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: {
          ...{ expired: 'assessment_needed', suitability_mismatch: 'unsuitable' },
          ...{ bad_amount: 'bad_amount', below_min: 'bad_amount', above_max: 'bad_amount' },
        },
      },
    },
    subscribe: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: { ...orderEnds, succeeded: filled, placed },
      bank: { method: 'POST', path: '/v1/wealth/orders', states, product: true },
      confirm: { op: 'wealth', title: { 'zh-CN': '确认购买', en: 'Confirm the purchase' } },
    },
    redeem: {
      class: 'commit',
      input: z.strictObject({ quote, purpose }),
      outcomes: { ...orderEnds, placed },
      bank: { method: 'POST', path: '/v1/wealth/orders', states, product: true },
      confirm: {
        op: 'wealth',
        title: { 'zh-CN': '确认赎回', en: 'Confirm the redemption' },
        payer: false,
        payee: false,
      },
    },
    /** Until the cut-off. */
    cancel: {
      class: 'hold',
      /** What the bank calls the order that it has taken. */
      input: z.strictObject({ placed: z.string().max(64) }),
      outcomes: { cancelled: nothing, too_late: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/wealth/orders/{placed}/cancel',
        states: { cancelled: 'cancelled' },
        otherwise: 'too_late',
        refusals: { state_conflict: 'too_late' },
      },
    },
  },
  events: { settled: settledSchema, changed: changedSchema },
})
