import { z } from 'zod'
import { declineReasons, factSchema } from './payment.ts'

/** What capabilities have in common: how an order ends, and what a quote brings along. */

export const nothing = z.object({})
export const declined = z.object({ reason: z.enum(declineReasons) })

/** Every end of a commit; `succeeded` and the outcomes that are told meanwhile bring the receipt with them. */
export const orderEnds = {
  succeeded: z.object({ receipt: z.string() }),
  declined,
  cancelled: nothing,
  expired: nothing,
  unknown: nothing,
}

/** How a call without an order can end besides its own outcomes. */
export const askEnds = { declined, unknown: nothing }

/**
 * Members of every quote: its id names it in a commit until it expires; `facts` are the rows that the confirm card will
 * have, of a credit the annual rate first, which is also the `headline`.
 */
export const quoteFields = {
  id: z.string(),
  expiresAt: z.number().int(),
  facts: z.array(factSchema),
  headline: z.string().optional(),
}

/** What the card of a commit says it is for; may be left out where the card says enough. */
export const purpose = z.string().max(60).optional()

export const quote = z.string().min(1).max(190)
