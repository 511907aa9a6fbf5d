import { findMove, machines, type EventOf, type Machine, type StateOf } from '@inthread/sdk/capabilities'
import { Fault } from '@inthread/sdk/fault'

/** The machines that the books run themselves. */
export const refundMachine = machines.refund
export const consentMachine = machines.consent
export const breakMachine = machines.break

export type RefundState = StateOf<typeof refundMachine>
export type RefundEvent = EventOf<typeof refundMachine>
export type ConsentState = StateOf<typeof consentMachine>
export type ConsentEvent = EventOf<typeof consentMachine>
export type BreakState = StateOf<typeof breakMachine>
export type BreakEvent = EventOf<typeof breakMachine>

export interface Step<M extends Machine> {
  readonly from: StateOf<M>
  readonly event: EventOf<M>
}

/** Where a step leads; where the machine does not list it, a fault, and nothing was changed. */
export function moveBy<M extends Machine>(machine: M, { from, event }: Step<M>): StateOf<M> {
  const move = findMove(machine, from, event)
  if (move === undefined) throw new Fault('books.step_refused', { data: { from, event } })
  return move.to as StateOf<M>
}
