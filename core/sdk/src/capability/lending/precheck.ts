import { z } from 'zod'
import { defineCapability, type BankRoute } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing, quoteFields } from '../outcomes.ts'

/** One product of the bank: what could be borrowed on it, beside what it costs by the year. */
export const loanEstimateSchema = z.object({
  product: z.string(),
  name: z.string(),
  min: moneySchema,
  max: moneySchema,
  /** As a share, like `0.0899`. */
  annualRate: z.string().regex(/^[0-9]{1,3}(\.[0-9]{1,18})?$/),
  /** For businesses. */
  business: z.boolean().optional(),
})

export const precheckEnds = {
  /** `items` is empty where the bank has no amount to tell. `facts`: what it was worked out of, in the bank's words. */
  estimated: z.object({
    id: quoteFields.id,
    expiresAt: quoteFields.expiresAt,
    facts: quoteFields.facts,
    items: z.array(loanEstimateSchema),
  }),
  /** This bank tells nobody before they apply, or not of this product: there is the application all the same. */
  not_offered: nothing,
  ...askEnds,
}

export const precheckRoute = {
  method: 'POST',
  path: '/v1/loan-prechecks',
  states: { prechecked: 'estimated' },
  otherwise: 'not_offered',
  refusals: { not_found: 'not_offered', capability_off: 'not_offered', tenant_not_allowed: 'not_offered' },
} as const satisfies BankRoute

/**
 * How much a user could borrow, as far as the bank knows by itself: nobody's credit report is looked at, nothing is
 * agreed to, and an application is decided as if nobody had asked. It is no offer. For the bank's own threads: a
 * merchant has no business to know it, so a bank grants it to its own tenants alone.
 */
export const loanPrecheck = defineCapability({
  id: 'loan-precheck',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    ask: {
      class: 'quote',
      /** All products of the bank when none is named. */
      input: z.strictObject({ product: z.string().min(1).max(64).optional() }),
      outcomes: precheckEnds,
      bank: precheckRoute,
    },
  },
  events: {},
})
