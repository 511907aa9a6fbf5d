import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { askEnds, nothing } from '../outcomes.ts'

const card = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string(),
  mask: z.string(),
  canPay: z.boolean(),
  default: z.boolean(),
})

/** What the user's link with the bank shows, and which of it pays unless told otherwise. */
export const cardBinding = defineCapability({
  id: 'card-binding',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ methods: z.array(card) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/links/{link}/methods', otherwise: 'listed' },
    },
    choose: {
      class: 'hold',
      input: z.strictObject({ method: z.string().min(1).max(64) }),
      outcomes: { chosen: nothing, ...askEnds },
      bank: { method: 'POST', path: '/v1/links/{link}/default', otherwise: 'chosen' },
    },
    /** One more card of the same customer. Five tries a day. */
    bind: {
      class: 'hold',
      input: z.strictObject({ last4: z.string().regex(/^[0-9]{4}$/) }),
      outcomes: { bound: nothing, no_such_card: nothing, limited: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/links/{link}/cards',
        otherwise: 'bound',
        refusals: { not_found: 'no_such_card', rate_limited: 'limited' },
      },
    },
    unbind: {
      class: 'hold',
      input: z.strictObject({ card: z.string().min(1).max(64) }),
      outcomes: { unbound: nothing, not_bound: nothing, ...askEnds },
      bank: {
        method: 'DELETE',
        path: '/v1/links/{link}/cards/{card}',
        otherwise: 'unbound',
        // Whoever asks again because an answer was lost finds it gone: it is off, as was wished.
        refusals: { not_found: 'unbound', state_conflict: 'not_bound' },
      },
    },
  },
  events: {},
})
