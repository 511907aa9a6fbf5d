import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, orderEnds, purpose, quote, quoteFields } from '../outcomes.ts'
import { changedSchema, settledSchema } from '../payment.ts'

const id = z.string().min(1).max(190)

export const policySchema = z.object({
  id: z.string(),
  state: z.string(),
  product: z.string(),
  name: z.string(),
  /** Days like `2026-03-06`; `to` is the first that is no longer covered. */
  from: z.string(),
  to: z.string(),
  policyNo: z.string().optional(),
  /** The one that follows it. */
  renewedBy: z.string().optional(),
  amount: moneySchema,
})

const quoted = z.object({
  ...quoteFields,
  amount: moneySchema,
  product: z.string(),
  name: z.string(),
  /** What the insured has to declare; a commit says that they did. */
  declaration: z.string(),
  from: z.string(),
  to: z.string(),
})

export const claimSchema = z.object({
  id: z.string(),
  state: z.string(),
  policy: z.string(),
  kind: z.string(),
  claimed: moneySchema,
  /** What the insurer would pay; the insured has to agree. */
  offered: moneySchema.optional(),
  /** Of a denial. */
  reasons: z.string().optional(),
})

/** Words or a picture that say what happened; of a picture its digest. */
const documentSchema = z.strictObject({
  kind: z.string().min(1).max(64),
  text: z.string().min(1).max(500).optional(),
  sha256: z.string().length(64).optional(),
})

const claim = z.strictObject({ claim: id })
const told = { told: claimSchema, too_late: nothing, ...askEnds }
const late = { state_conflict: 'too_late' } as const

/**
 * Insurances of the bank's partner: premium, policy, next year's policy, and claims. The premium is taken first; when
 * the insurer does not bind within a day everything comes back, which is told as `declined`.
 */
export const insurance = defineCapability({
  id: 'insurance',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    policies: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(policySchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/policies?link={link}', otherwise: 'listed' },
    },
    quote: {
      class: 'quote',
      input: z.strictObject({ product: id }),
      outcomes: { quoted, not_sold: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/policies/quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: { not_found: 'not_sold' },
      },
    },
    /** The next year of a policy that runs out, for today's premium. */
    renew: {
      class: 'quote',
      input: z.strictObject({ policy: id }),
      outcomes: {
        quoted,
        /** It has a next year, or has ended. */
        not_renewable: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/policies/quotes',
        states: { open: 'quoted' },
        otherwise: 'unknown',
        refusals: {
          duplicate_business: 'not_renewable',
          state_conflict: 'not_renewable',
          not_found: 'not_renewable',
        },
      },
    },
    bind: {
      class: 'commit',
      input: z.strictObject({
        /** Of `quote` or `renew`. */
        quote,
        /** The user has declared what the quote says. */
        declared: z.literal(true),
        purpose,
      }),
      outcomes: {
        ...orderEnds,
        /** The premium is paid, and the insurer has not bound it yet. */
        binding: z.object({ receipt: z.string() }),
      },
      bank: {
        method: 'POST',
        path: '/v1/policies',
        states: {
          ...{ in_force: 'succeeded', premium_paid: 'binding' },
          ...{ failed: 'declined', refunded: 'declined', cancelled_cooling_off: 'declined' },
        },
        product: true,
      },
      book: {
        hold: { debit: 'ext:insurer:{payee}', credit: 'ext:customer:{user}' },
        after: {
          refunded: { debit: 'ext:customer:{user}', credit: 'ext:insurer:{payee}' },
          cancelled_cooling_off: { debit: 'ext:customer:{user}', credit: 'ext:insurer:{payee}' },
        },
      },
      confirm: { op: 'policy', title: { 'zh-CN': '确认投保', en: 'Confirm insurance' } },
    },
    claim: {
      class: 'hold',
      input: z.strictObject({
        policy: id,
        kind: z.string().min(1).max(64),
        /** A day like `2026-03-06`. */
        happenedOn: z.string(),
        description: z.string().max(500),
        amount: moneySchema,
        documents: z.array(documentSchema).max(20),
      }),
      outcomes: {
        told: claimSchema,
        /** More than the policy covers. */
        too_much: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/insurance-claims',
        otherwise: 'told',
        refusals: { above_max: 'too_much' },
        product: true,
      },
    },
    claims: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(claimSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/insurance-claims?link={link}', otherwise: 'listed' },
    },
    claimState: {
      class: 'read',
      input: claim,
      outcomes: { told: claimSchema, ...askEnds },
      bank: { method: 'GET', path: '/v1/insurance-claims/{claim}', otherwise: 'told' },
    },
    /** What the insurer asked for. */
    document: {
      class: 'hold',
      input: claim.extend(documentSchema.shape),
      outcomes: told,
      bank: { method: 'POST', path: '/v1/insurance-claims/{claim}/documents', otherwise: 'told', refusals: late },
    },
    /** Takes what is offered; it is paid within ten days. */
    agree: {
      class: 'hold',
      input: claim,
      outcomes: told,
      bank: { method: 'POST', path: '/v1/insurance-claims/{claim}/agree', otherwise: 'told', refusals: late },
    },
    /** Has a denial looked at again. */
    object: {
      class: 'hold',
      input: claim,
      outcomes: told,
      bank: { method: 'POST', path: '/v1/insurance-claims/{claim}/object', otherwise: 'told', refusals: late },
    },
  },
  events: { settled: settledSchema, changed: changedSchema },
})
