import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { declined, nothing } from '../outcomes.ts'

const order = z.string()

/**
 * What a bank's dialogue asks a user to allow: each purpose on its own, in the bank's own words, which are kept with
 * the answer as evidence. For the dialogue alone; the words come from the bank and can be changed by nobody else.
 */
export const consentDesk = defineCapability({
  id: 'consent-desk',
  version: '1.0.0',
  audience: 'dialogue',
  operations: {
    /** Writes down that it is asked, and gives the words to show. */
    askConsent: {
      class: 'hold',
      input: z.strictObject({ order, purpose: z.string().min(1).max(64) }),
      outcomes: {
        asked: z.strictObject({
          consent: z.string(),
          text: z.string(),
          /** Who gets the data, in the user's language. */
          receiver: z.string(),
          /** Of exactly these words: the answer has to name it. */
          sha256: z.string(),
        }),
        /** The bank asks for nothing of this purpose. */
        not_needed: nothing,
        declined,
        expired: nothing,
        unknown: nothing,
      },
    },
    /** The user's answer to what was shown. The bank hears of a yes before the outcome comes. */
    answerConsent: {
      class: 'hold',
      input: z.strictObject({ order, consent: z.string(), granted: z.boolean(), sha256: z.string() }),
      outcomes: {
        /** `ref`: the bank's own name of it. */
        granted: z.strictObject({ ref: z.string() }),
        refused: nothing,
        declined,
        expired: nothing,
        unknown: nothing,
      },
    },
    /** Takes back all that was allowed for this order: it comes to nothing. */
    endConsents: {
      class: 'hold',
      input: z.strictObject({ order }),
      outcomes: { ended: nothing, declined, expired: nothing, unknown: nothing },
    },
  },
  events: {},
})
