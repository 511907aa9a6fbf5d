import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, quoteFields } from '../outcomes.ts'
import { changedSchema } from '../payment.ts'
import { loanQuoted, loanQuoteRoute } from './borrowing.ts'
import { precheckEnds, precheckRoute } from './precheck.ts'

const order = z.string()
const application = z.string().min(1).max(190)

/** One payment of a schedule; the amount in minor units, as the bank writes it. */
export const creditLineSchema = z.object({ n: z.number().int(), due: z.string(), payment: z.string() })

const credit = z.object({ schedule: z.array(creditLineSchema).optional() }).optional()

/** An application as its dialogue needs to know it; what the user filled in stays with the bank. */
const applied = z.object({
  id: z.string(),
  page: z.object({ url: z.string() }).optional(),
  authorisation: z.object({ id: z.string() }).optional(),
  offer: z.string().optional(),
})
const listed = z.object({
  id: z.string(),
  type: z.string(),
  product: z.string(),
  state: z.string(),
  amount: moneySchema.optional(),
})
const product = z.object({
  id: z.string(),
  name: z.string(),
  annualRate: z.string().optional(),
  annualFee: moneySchema.optional(),
  limit: moneySchema.optional(),
  /** What has to be known before anybody applies, as rows. */
  terms: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })).optional(),
})

/**
 * Applying for credit at the bank, for the dialogue that leads somebody through it: what it costs, the application, the
 * bank's own page for what must not be typed into a message, the decision, the offer. Loans and cards alike.
 */
export const creditDesk = defineCapability({
  id: 'credit-desk',
  version: '1.1.0',
  audience: 'dialogue',
  operations: {
    products: {
      class: 'read',
      input: z.strictObject({ order }),
      outcomes: { listed: z.object({ products: z.array(product) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/capabilities', otherwise: 'listed' },
    },
    /** Key facts before anybody is asked anything. */
    quote: {
      class: 'quote',
      input: z.strictObject({
        order,
        product: z.string(),
        amount: moneySchema,
        periods: z.number().int().optional(),
        use: z.string().optional(),
      }),
      outcomes: { ...loanQuoted, quoted: z.object({ ...quoteFields, name: z.string(), credit }) },
      bank: loanQuoteRoute,
    },
    /** Up to how much the bank would think about, before anybody applies: only when the user wants to know. */
    precheck: {
      class: 'quote',
      input: z.strictObject({ order, product: z.string().min(1).max(64) }),
      outcomes: precheckEnds,
      bank: precheckRoute,
    },
    apply: {
      class: 'hold',
      input: z.strictObject({
        order,
        type: z.enum(['loan', 'card']),
        product: z.string(),
        amount: moneySchema.optional(),
        periods: z.number().int().optional(),
        /** What the money is for, where the product has several uses. */
        use: z.string().optional(),
        /** The bank's names of what was agreed to. */
        consents: z.array(z.string()),
      }),
      outcomes: { applied, already: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/applications',
        otherwise: 'applied',
        refusals: { duplicate_business: 'already' },
        product: true,
      },
    },
    /** The applications of this user, the newest first. */
    mine: {
      class: 'read',
      input: z.strictObject({ order }),
      outcomes: {
        listed: z.object({
          items: z.array(listed),
        }),
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/applications?link={link}', otherwise: 'listed' },
    },
    /** Opens the bank's own page for the form and the identity number: once, for a while. */
    page: {
      class: 'hold',
      input: z.strictObject({ order, application }),
      outcomes: { opened: z.object({ page: z.object({ url: z.string() }) }), not_now: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/applications/{application}/page',
        otherwise: 'opened',
        refusals: { state_conflict: 'not_now' },
      },
    },
    look: {
      class: 'read',
      input: z.strictObject({ order, application }),
      outcomes: {
        to_fill: applied,
        to_sign: applied,
        reviewing: nothing,
        /** Papers are missing: the bank says which, at the counter or on the phone. */
        need_more: nothing,
        offered: applied,
        /** Signed already, withdrawn, or over. */
        closed: nothing,
        ...askEnds,
      },
      bank: {
        method: 'GET',
        path: '/v1/applications/{application}',
        states: {
          ...{ applied: 'to_fill', collecting: 'to_fill', need_more: 'need_more' },
          ...{ credit_authorisation: 'to_sign', reviewing: 'reviewing', under_review: 'reviewing' },
          ...{ offered: 'offered', approved: 'offered', approved_lower: 'offered', declined: 'declined' },
        },
        otherwise: 'closed',
      },
    },
    /** What the bank offers after it has decided: it is signed word for word, until it expires. */
    offer: {
      class: 'quote',
      input: z.strictObject({ order, offer: z.string().min(1).max(190) }),
      outcomes: {
        open: z.object({ ...quoteFields, name: z.string(), limit: moneySchema.optional(), credit }),
        over: nothing,
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/offers/{offer}', states: { open: 'open' }, otherwise: 'over' },
    },
    withdraw: {
      class: 'hold',
      input: z.strictObject({ order, application }),
      outcomes: { withdrawn: nothing, too_late: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/applications/{application}/withdraw',
        otherwise: 'withdrawn',
        refusals: { state_conflict: 'too_late' },
      },
    },
  },
  events: { changed: changedSchema },
})
