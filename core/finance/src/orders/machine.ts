import { Fault } from '@inthread/sdk/fault'

export type OrderState =
  | 'created'
  | 'awaiting_confirmation'
  | 'confirmed'
  | 'processing'
  | 'requires_action'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'conflicted'

export type OrderEvent =
  | 'card_sent'
  | 'order_withdrawn'
  | 'confirm'
  | 'cancel'
  | 'order_changed'
  | 'expire'
  | 'submit'
  | 'step_up'
  | 'answer'
  | 'step_up_failed'
  | 'step_up_expired'
  | 'bank_succeeded'
  | 'bank_failed'
  | 'bank_mismatch'
  | 'resolve_paid'
  | 'resolve_unpaid'

interface Transition {
  readonly from: OrderState
  readonly event: OrderEvent
  readonly to: OrderState
}

/** The payment machine, as data. Whatever is not listed is refused without effect. */
export const paymentMachine: readonly Transition[] = [
  { from: 'created', event: 'card_sent', to: 'awaiting_confirmation' },
  { from: 'created', event: 'order_withdrawn', to: 'cancelled' },
  { from: 'awaiting_confirmation', event: 'confirm', to: 'confirmed' },
  { from: 'awaiting_confirmation', event: 'cancel', to: 'cancelled' },
  { from: 'awaiting_confirmation', event: 'order_changed', to: 'cancelled' },
  { from: 'awaiting_confirmation', event: 'expire', to: 'expired' },
  { from: 'confirmed', event: 'submit', to: 'processing' },
  { from: 'processing', event: 'step_up', to: 'requires_action' },
  { from: 'requires_action', event: 'answer', to: 'processing' },
  { from: 'requires_action', event: 'step_up_failed', to: 'failed' },
  { from: 'requires_action', event: 'step_up_expired', to: 'failed' },
  { from: 'processing', event: 'bank_succeeded', to: 'succeeded' },
  { from: 'processing', event: 'bank_failed', to: 'failed' },
  { from: 'processing', event: 'bank_mismatch', to: 'conflicted' },
  { from: 'conflicted', event: 'resolve_paid', to: 'succeeded' },
  { from: 'conflicted', event: 'resolve_unpaid', to: 'failed' },
]

export const terminalStates: ReadonlySet<OrderState> = new Set(['succeeded', 'failed', 'cancelled', 'expired'])

/** Where an event leads, or undefined where the machine refuses it. */
export function findTransition(from: OrderState, event: OrderEvent): OrderState | undefined {
  return paymentMachine.find((transition) => transition.from === from && transition.event === event)?.to
}

export function moveOrder(from: OrderState, event: OrderEvent): OrderState {
  const to = findTransition(from, event)
  if (to === undefined) throw new Fault('order.transition_refused', { data: { from, event } })
  return to
}
