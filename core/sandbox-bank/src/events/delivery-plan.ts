import type { Delivery } from './deliveries.store.ts'

/** How many events of a type are to be collected and sent newest first; undefined in a bank that behaves. */
export type FindReorderSize = (type: string) => number | undefined

export interface DeliveryPlan {
  readonly send: readonly Delivery[]
  /** Whether the collected events are among those sent, so that the order to reorder is carried out. */
  readonly reordered: boolean
}

/** Oldest first, unless the sandbox ordered a mix-up: then the collected ones wait until all of them are there. */
export function buildDeliveryPlan(due: readonly Delivery[], findReorderSize: FindReorderSize): DeliveryPlan {
  const collected = due.filter((delivery) => findReorderSize(delivery.event.type) !== undefined)
  const rest = due.filter((delivery) => !collected.includes(delivery))
  const size = collected[0] ? findReorderSize(collected[0].event.type) : undefined
  if (size === undefined || collected.length < size) return { send: rest, reordered: false }
  return { send: [...rest, ...collected.toReversed()], reordered: true }
}
