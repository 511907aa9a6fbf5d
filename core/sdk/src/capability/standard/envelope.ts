import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing } from '../outcomes.ts'
import { changedSchema } from '../payment.ts'

const claim = z.object({ id: z.string(), amount: moneySchema, state: z.string() })

/** Red envelopes that a merchant has funded at the bank. One tap; whoever taps again has the claim that they have. */
export const envelope = defineCapability({
  id: 'envelope',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    claim: {
      class: 'hold',
      input: z.strictObject({
        /** As the bank calls it. */
        campaign: z.string().min(1).max(64),
      }),
      outcomes: {
        /** On its way to the user's account, or there already. */
        claimed: claim,
        /** Kept for a day: nobody at the bank has this number yet. */
        reserved: claim,
        empty: nothing,
        over: nothing,
        ...askEnds,
      },
      bank: {
        method: 'POST',
        path: '/v1/campaigns/{campaign}/claims',
        states: { paying: 'claimed', paid: 'claimed', reserved: 'reserved' },
        otherwise: 'empty',
        refusals: { expired: 'over', state_conflict: 'over', not_found: 'over' },
        product: true,
        once: { per: ['campaign'] },
        strangers: true,
      },
    },
  },
  events: { changed: changedSchema },
})
