import type { BankRoute, EffectClass } from '@inthread/sdk/capability'
import type { TenantScope, Transaction } from '@inthread/store'
import type { Outcome } from './desk.ts'

/** An operation that a run asks of the bank. It is carried out outside of every transaction. */
export interface DeskEffect {
  readonly scope: TenantScope
  readonly effectId: string
  /** Empty where a scene asks without an order. */
  readonly orderId: string
  readonly conversationId: string
  readonly runId: string
  readonly operation: string
  readonly code: string | undefined
  readonly request: BankRequest | undefined
}

/** What one call asks of the bank. Without a route it is one of the steps that are taken for an order. */
export interface BankRequest {
  readonly bankId: string
  readonly input: unknown
  readonly capability?: string
  readonly class?: EffectClass
  readonly route?: BankRoute
  readonly locale?: string
  readonly subscriberId?: string
}

export interface DeskAnswer {
  readonly outcome: Outcome
  /** Asking again with the same keys may bring an answer. */
  readonly again: boolean
  record(tx: Transaction): Promise<void>
}
