import { Fault } from '@inthread/sdk/fault'

/** One step of a machine, as data. Whatever a machine does not list is refused without effect. */
export interface Step<S extends string = string, E extends string = string> {
  readonly from: S
  readonly event: E
  readonly to: S
}

export type RefundState = 'requested' | 'awaiting_approval' | 'processing' | 'rejected' | 'succeeded' | 'failed'
export type RefundEvent = 'over_threshold' | 'submit' | 'approve' | 'reject' | 'bank_succeeded' | 'bank_failed'

export const refundMachine: readonly Step<RefundState, RefundEvent>[] = [
  { from: 'requested', event: 'over_threshold', to: 'awaiting_approval' },
  { from: 'requested', event: 'submit', to: 'processing' },
  { from: 'awaiting_approval', event: 'approve', to: 'processing' },
  { from: 'awaiting_approval', event: 'reject', to: 'rejected' },
  { from: 'processing', event: 'bank_succeeded', to: 'succeeded' },
  { from: 'processing', event: 'bank_failed', to: 'failed' },
]

export type ConsentState = 'asked' | 'granted' | 'refused' | 'lapsed' | 'withdrawn' | 'expired' | 'suspended'
export type ConsentEvent = 'grant' | 'refuse' | 'expire' | 'withdraw' | 'number_changed' | 'reverified'

export const consentMachine: readonly Step<ConsentState, ConsentEvent>[] = [
  { from: 'asked', event: 'grant', to: 'granted' },
  { from: 'asked', event: 'refuse', to: 'refused' },
  { from: 'asked', event: 'expire', to: 'lapsed' },
  { from: 'granted', event: 'withdraw', to: 'withdrawn' },
  { from: 'granted', event: 'expire', to: 'expired' },
  { from: 'granted', event: 'number_changed', to: 'suspended' },
  { from: 'suspended', event: 'reverified', to: 'granted' },
  { from: 'suspended', event: 'expire', to: 'expired' },
]

export type BreakState = 'open' | 'auto_matched' | 'assigned' | 'resolved'
export type BreakEvent = 'late_line_found' | 'take' | 'resolve' | 'give_back'

export const breakMachine: readonly Step<BreakState, BreakEvent>[] = [
  { from: 'open', event: 'late_line_found', to: 'auto_matched' },
  { from: 'open', event: 'take', to: 'assigned' },
  { from: 'assigned', event: 'resolve', to: 'resolved' },
  { from: 'assigned', event: 'give_back', to: 'open' },
]

/** Where a machine refuses it, undefined. */
export function findStep<S extends string, E extends string>(
  machine: readonly Step<S, E>[],
  { from, event }: { readonly from: S; readonly event: E },
): S | undefined {
  return machine.find((step) => step.from === from && step.event === event)?.to
}

export function moveBy<S extends string, E extends string>(
  machine: readonly Step<S, E>[],
  step: { readonly from: S; readonly event: E },
): S {
  const to = findStep(machine, step)
  if (to === undefined) throw new Fault('books.step_refused', { data: { ...step } })
  return to
}
