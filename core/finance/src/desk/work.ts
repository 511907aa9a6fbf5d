import type { BankConnection } from '@inthread/sdk/bank'
import type { DeskReason } from '@inthread/sdk/capabilities'
import { deriveId } from '@inthread/store'
import { commitChange } from '../orders/order.store.ts'
import type { OrderRow } from '../schema/tables.ts'
import type { DeskAnswer, DeskEffect } from './effect.ts'
import { dropLink } from './link.store.ts'
import type { LinkedUser } from './user-link.ts'

/** One step that a dialogue takes with its order. */
export interface Work {
  readonly effect: DeskEffect
  readonly order: OrderRow
  readonly bank: BankConnection
}

export const nothing = (): Promise<void> => Promise.resolve()
export const expired: DeskAnswer = { outcome: { name: 'expired', data: {} }, again: false, record: nothing }

export function userOf({ order, effect }: Work): LinkedUser {
  const { bank_id: bankId, subscriber_id: subscriberId } = order
  return { scope: effect.scope, bankId, subscriberId, key: deriveId(order.id, 'link'), locale: order.locale }
}

/**
 * No answer yet. If none comes, the dialogue ends for now; no money can have moved, because nothing was handed over.
 */
export function unanswered({ order }: Work): DeskAnswer {
  return {
    outcome: { name: 'unknown', data: {} },
    again: true,
    record: (tx) => commitChange(tx, order, { reason: 'try_later' }),
  }
}

/**
 * The dialogue ends with this reason; a link that the bank no longer knows is forgotten, so that the next try asks
 * anew. Who has no card is told so in the dialogue alone.
 */
export function refuse({ order }: Work, reason: DeskReason, staleLink?: string): DeskAnswer {
  return {
    outcome: { name: 'declined', data: { reason } },
    again: false,
    record: async (tx) => {
      await commitChange(tx, order, { reason: reason === 'no_card' ? 'declined' : reason })
      if (staleLink !== undefined) await dropLink(tx, order)
    },
  }
}
