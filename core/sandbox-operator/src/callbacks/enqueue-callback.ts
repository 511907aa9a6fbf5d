import type { Parts } from '../boot/parts.ts'
import type { NewCallback } from './callback.store.ts'

/**
 * Stores a callback for sending; call it inside the transaction of what it reports, and `parts.wake()` after that.
 * A waiting `reorder-callbacks` fault keeps it back until its group is complete, or for a short while.
 */
export function enqueueCallback(parts: Parts, callback: NewCallback): void {
  const now = parts.clock.system()
  const id = parts.callbacks.add(callback, { createdAt: now, nextAt: now })
  const fault = parts.faults.take('callback', (kind) => kind === 'reorder-callbacks')
  if (!fault) return
  parts.held.hold(id, fault.id, now + parts.timings.heldForMs)
  if (fault.remaining === 0) parts.held.release(fault.id)
}
