import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { askEnds, nothing } from '../outcomes.ts'
import { changedSchema } from '../payment.ts'

/** A decimal with up to four places, in yuan for one unit. */
const price = z.string().regex(/^(0|[1-9][0-9]{0,6})(\.[0-9]{1,4})?$/)
const product = z.string().min(1).max(64)

export const priceAlertSchema = z.object({
  id: z.string(),
  /** `watching`, or over. */
  state: z.string(),
  product: z.string(),
  name: z.string(),
  direction: z.enum(['above', 'below']),
  price: z.string(),
  /** What it was when it crossed last. */
  seen: z.string().optional(),
})

/**
 * The user is told of a price when it crosses what they have set: once each time, by the bank's event
 * `price_alert.crossed`, and not at night. It is what the user has asked for and no advertising: it is neither stopped
 * by a refusal of offers nor a consent to them, and ends when the user takes it back.
 */
export const priceAlert = defineCapability({
  id: 'price-alert',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    prices: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: {
        listed: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), price: z.string() })) }),
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/prices', otherwise: 'listed' },
    },
    set: {
      class: 'hold',
      input: z.strictObject({ product, direction: z.enum(['above', 'below']), price }),
      outcomes: { watching: priceAlertSchema, too_many: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/price-alerts',
        states: { watching: 'watching' },
        otherwise: 'unknown',
        refusals: { above_max: 'too_many' },
        product: true,
      },
    },
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(priceAlertSchema) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/price-alerts?link={link}', otherwise: 'listed' },
    },
    find: {
      class: 'read',
      input: z.strictObject({ alert: product }),
      outcomes: { found: priceAlertSchema, ...askEnds },
      bank: { method: 'GET', path: '/v1/price-alerts/{alert}', otherwise: 'found' },
    },
    withdraw: {
      class: 'hold',
      input: z.strictObject({ alert: product }),
      outcomes: { withdrawn: nothing, over: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/price-alerts/{alert}/withdraw',
        states: { withdrawn: 'withdrawn' },
        otherwise: 'over',
        refusals: { state_conflict: 'over' },
      },
    },
  },
  events: { changed: changedSchema },
})
