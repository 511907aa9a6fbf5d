import type { DeliveryState } from '@inthread/sdk/channel'

/**
 * States come in any order and any number of times; the highest rank wins, and no two are equal. A phone that showed a
 * message has received it, whatever is reported afterwards; a failure beats "sent" and is beaten by a delivery.
 */
const ranks: Readonly<Record<DeliveryState, number>> = {
  sent: 10,
  expired: 11,
  failed: 12,
  revoke_failed: 14,
  fallback_sent: 15,
  delivered: 20,
  displayed: 30,
  revoked: 40,
}

export function rankOf(state: DeliveryState): number {
  return ranks[state]
}
