import type { BankRoute, BookDeclaration, Ceiling, ConfirmDeclaration } from '@inthread/sdk/capability'
import type { Instant } from '@inthread/sdk/time'
import type { OrderName } from './order.store.ts'

/** A wish for money to move, as a conversation hands it in. */
export interface NewOrder extends OrderName {
  readonly bankId: string
  readonly capability: string
  readonly operation: string
  /** How the bank carries it out and what the user confirms; a payment when left out. */
  readonly route?: BankRoute
  readonly confirm?: ConfirmDeclaration
  readonly book?: BookDeclaration
  /** The bank's own dialogue asks, on its own account: what the scene was granted is what counts. */
  readonly byBank?: boolean
  readonly input: unknown
  /** Of an order whose input names no amount. */
  readonly currency: string
  readonly botId: string
  readonly plugin: string
  /** The plugin's own name for what it needs, and the most it says it will ever ask for. */
  readonly need: string
  readonly ceiling: Ceiling | undefined
  readonly conversationId: string
  readonly subscriberId: string
  readonly runId: string
  readonly locale: string
  readonly timeZone: string
  readonly now: Instant
}

/** Something that a scene asks of the bank without an order. */
export interface AllowedCall extends Omit<
  NewOrder,
  'orderId' | 'operation' | 'input' | 'route' | 'confirm' | 'book' | 'byBank' | 'conversationId' | 'runId' | 'locale'
> {
  /** Names the call. */
  readonly callId: string
}
