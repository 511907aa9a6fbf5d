import { moneySchema, z } from '@inthread/sdk'
import { defineCapability } from '@inthread/sdk/capability'
import { changedSchema, declineReasons } from '@inthread/sdk/capabilities'

const nothing = z.object({})
const ends = { declined: z.object({ reason: z.enum(declineReasons) }), unknown: nothing }
const claim = z.object({ id: z.string(), amount: moneySchema.optional() })
const known = z.object({ state: z.string() })

/** Red envelopes as the shared bank API has them: the merchant fills them, and each person opens one. */
export const envelopes = defineCapability({
  id: 'envelopes',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    fill: {
      class: 'hold',
      input: z.strictObject({
        name: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
        total: moneySchema,
        count: z.int(),
        split: z.enum(['equal', 'random', 'fixed']),
      }),
      outcomes: { filled: z.object({ id: z.string() }), ...ends },
      bank: { method: 'POST', path: '/v1/campaigns', otherwise: 'filled', product: true },
    },
    open: {
      class: 'hold',
      input: z.strictObject({ campaign: z.string() }),
      outcomes: { paying: claim, paid: claim, known, empty: nothing, over: nothing, ...ends },
      bank: {
        method: 'POST',
        path: '/v1/campaigns/{campaign}/claims',
        states: { paying: 'paying', paid: 'paid', empty: 'empty' },
        otherwise: 'over',
        product: true,
        once: { per: ['campaign'], again: { paying: 'known', paid: 'known' } },
      },
    },
  },
  events: { changed: changedSchema },
})
