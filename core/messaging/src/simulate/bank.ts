import type { Instant } from '@inthread/sdk/time'
import type {
  AllowedCall,
  Committed,
  NewOrder,
  NewRefund,
  OrderRef,
  OrderStanding,
  Outcome,
  Presented,
  RefundOpening,
} from '../ports.ts'
import type { Refusal } from './simulated-thread.ts'

/** Whether a call would be allowed, and what stands in its way. */
export type Judged =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly reason: 'declined' | 'try_later'; readonly refusal: Refusal }

/** A step that a dialogue asks of its own bank. */
export interface BankStep extends OrderRef {
  readonly operation: string
  readonly input: unknown
  readonly now: Instant
}

/**
 * The other engine as a simulation sees it: orders are opened, confirmed and handed over as on the platform, in memory
 * alone, and end as somebody says; see `FinanceDesk`.
 */
export interface SimulatedBank {
  open(order: NewOrder): Promise<Judged>
  allow(call: AllowedCall): Promise<Judged>
  refund(wanted: NewRefund): RefundOpening
  present(order: OrderRef, request: { readonly method: string; readonly now: Instant }): Presented
  consent(order: OrderRef, now: Instant): 'consented' | 'expired'
  commit(order: OrderRef, now: Instant): Committed
  refuse(order: OrderRef): Outcome
  close(order: OrderRef, now: Instant): Outcome
  describe(order: OrderRef): OrderStanding | undefined
  /** What a bank that has nothing against it answers to its own dialogue; undefined for any other operation. */
  perform(step: BankStep): Outcome | undefined
  /** What it has promised with an answer, and can be held to: a quote has an id. */
  promise(data: unknown, now: Instant): void
  /** How the order has ended, or where it stands, as its scene will hear it. */
  decide(order: OrderRef, outcome: Outcome): void
  /** Orders that were handed over and have no end yet, the latest last. */
  listUndecided(): readonly string[]
  /** Keeps what it knows now; what is returned brings it back to that. */
  save(): () => void
}
