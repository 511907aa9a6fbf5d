import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { moneySchema } from '../../money.ts'
import { askEnds, nothing } from '../outcomes.ts'

const notice = z.object({
  id: z.string(),
  state: z.string(),
  amount: moneySchema,
  shop: z.string(),
  mask: z.string(),
  boughtAt: z.number().int(),
  /** Names the dispute for the user. */
  dispute: z.string().optional(),
  /** `open` or `frozen`. */
  card: z.string().optional(),
  /** The amount was put back until it is clear what happened; a dispute that is lost takes it again. */
  credited: z.boolean().optional(),
})

/**
 * A card was used: was that you? A denial freezes the card at once and asks for nothing else. The bank's notice starts
 * the conversation; what it speaks of is read from the bank, never from the notice.
 */
export const cardNotice = defineCapability({
  id: 'card-notice',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    find: {
      class: 'read',
      input: z.strictObject({ notice: z.string().min(1).max(64) }),
      outcomes: { found: notice, ...askEnds },
      bank: { method: 'GET', path: '/v1/transaction-notices/{notice}', otherwise: 'found' },
    },
    list: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(notice) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/transaction-notices?link={link}', otherwise: 'listed' },
    },
    answer: {
      class: 'hold',
      input: z.strictObject({ notice: z.string().min(1).max(64), answer: z.enum(['confirmed', 'denied']) }),
      outcomes: { confirmed: notice, denied: notice, too_late: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/transaction-notices/{notice}/answer',
        states: { confirmed: 'confirmed', denied: 'denied', dispute_open: 'denied', provisional_credit: 'denied' },
        otherwise: 'too_late',
        refusals: { state_conflict: 'too_late' },
      },
    },
  },
  events: {},
})
