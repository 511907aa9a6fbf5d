import { moneySchema, z } from '@inthread/sdk'
import { defineCapability } from '@inthread/sdk/capability'
import { declineReasons } from '@inthread/sdk/capabilities'

const nothing = z.strictObject({})

/** Buy gold out of the user's account and leave it with the bank: a capability that the platform has never heard of. */
export const goldSaving = defineCapability({
  id: 'gold-saving',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    buy: {
      class: 'commit',
      input: z.strictObject({ amount: moneySchema, purpose: z.string().min(1).max(60), grams: z.string().max(12) }),
      outcomes: {
        succeeded: z.strictObject({ receipt: z.string() }),
        declined: z.strictObject({ reason: z.enum(declineReasons) }),
        cancelled: nothing,
        expired: nothing,
        unknown: nothing,
      },
    },
  },
  events: {},
})
