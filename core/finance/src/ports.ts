import type { BankConnection } from '@inthread/sdk/bank'
import type { Money } from '@inthread/sdk/money'
import type { Clock } from '@inthread/sdk/time'
import type { IdSource, Sealer, Store, TenantScope, Transaction } from '@inthread/store'
import type { Traces } from '@inthread/store/trace'

/** What finance is handed by the hall. */
export interface FinancePorts {
  readonly store: Store
  readonly sealer: Sealer
  readonly ids: IdSource
  readonly clock: Clock
  readonly timers: Timers
  readonly banks: Banks
  readonly mailbox: Mailbox
  readonly log: FinanceLog
  readonly traces: Traces
  /** This process among others: the same after a restart at the same place. */
  readonly owner: string
}

/** Real time, for polls; never for what a user or a bank is promised. */
export interface Timers {
  pause(durationMs: number): Promise<void>
  every(intervalMs: number, work: () => Promise<void>, name: string): { stop(): Promise<void> }
}

/** The bank connections of all tenants, in their present epoch. */
export interface Banks {
  find(tenantId: string, bankId: string): BankSetup | undefined | Promise<BankSetup | undefined>
  /** Those to look at now and then: in time each of them, sooner those that somebody uses. */
  list(): readonly BankSetup[] | Promise<readonly BankSetup[]>
}

export interface BankSetup {
  readonly scope: TenantScope
  readonly bankId: string
  readonly connection: BankConnection
}

/** How finance tells the conversation that ordered what became of the order. */
export interface Mailbox {
  tell(tx: Transaction, letters: readonly Letter[]): Promise<void>
  /** Of a refund that a person asked for no run hears: the user who had paid does. */
  tellRefund(tx: Transaction, refunds: readonly ToldRefund[]): Promise<void>
  wake(conversationIds: readonly string[]): void
  /** Who of a tenant's plugins hears the bank's news; asked for before the transaction in which they are told. */
  hearing?(scope: TenantScope): Promise<Hearing>
}

/** Passes news of a bank on to the plugins that listen; gives the conversations in which one does. */
export type Hearing = (tx: Transaction, news: BankNews) => Promise<readonly string[]>

/** Something has happened at the bank that nobody here began: of a user, and thin. */
export interface BankNews {
  readonly scope: TenantScope
  readonly subscriberId: string
  /** Unique: the same news told twice is told once. */
  readonly key: string
  /** The type of the bank's notice, like `transaction_notice.notified`. */
  readonly event: string
  readonly data: { readonly id: string; readonly state: string }
}

export interface Letter {
  readonly scope: TenantScope
  readonly conversationId: string
  readonly runId: string
  /** Unique: the same thing told twice is told once. Begins with the id of what it speaks of, and a colon. */
  readonly key: string
  /** null where something has happened that ends nothing. */
  readonly outcome: { readonly name: string; readonly data: unknown } | null
  /** For a run that waits: it has already heard "unknown", or of a product that has changed. */
  readonly event: { readonly name: string; readonly data: unknown } | null
}

/** What the bank has said of money that people have given back. */
export interface ToldRefund {
  readonly scope: TenantScope
  /** In which it was paid. */
  readonly conversationId: string
  /** Unique: the same thing told twice is told once. */
  readonly key: string
  readonly bankId: string
  /** Of the order, as its user knows it. */
  readonly number: string
  readonly amount: Money
  readonly outcome: 'succeeded' | 'declined' | 'unknown'
}

/** Facts for operators: codes, ids and counts. No amount with a name, no number, no account. */
export interface FinanceLog {
  event(name: string, facts: Readonly<Record<string, string | number | boolean>>): void
}
