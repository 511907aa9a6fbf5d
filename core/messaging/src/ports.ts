import type { Ceiling } from '@inthread/sdk/capability'
import type { ConfirmText } from '@inthread/sdk/confirm'
import type {
  BankRoute,
  BookDeclaration,
  ConfirmDeclaration,
  EffectClass,
  EgressRequest,
  FetchFailure,
} from '@inthread/sdk/engine'
import type { Money } from '@inthread/sdk/money'
import type { Clock, Instant } from '@inthread/sdk/time'
import type { IdSource, Keyring, Reader, Sealer, Store, TenantScope, Transaction } from '@inthread/store'
import type { Traces } from '@inthread/store/trace'
import type { Tenancies } from './tenancy/tenancy.ts'

export type {
  Guest,
  GuestAdvance,
  GuestIntent,
  GuestReact,
  GuestRead,
  GuestSetup,
  GuestUnderstand,
  GuestUpgrade,
} from './tenancy/guest.ts'
export { isKilled, killLevels, type Kill, type KillLevel, type KillSubject } from './tenancy/kill.ts'
export type {
  Bot,
  Hosted,
  Installation,
  MenuEntry,
  OperatorAccount,
  Provider,
  Tenancies,
  Tenancy,
} from './tenancy/tenancy.ts'

/** What messaging is handed by the hall. */
export interface MessagingPorts {
  readonly store: Store
  readonly sealer: Sealer
  readonly keyring: Keyring
  readonly ids: IdSource
  readonly clock: Clock
  readonly timers: Timers
  readonly tenancies: Tenancies
  readonly desk: FinanceDesk
  /** The way to the hosts that plugins have declared; without one, nothing outside can be asked. */
  readonly egress?: Egress
  readonly log: MessagingLog
  readonly traces: Traces
  /** This process among others: the same after a restart at the same place. */
  readonly owner: string
  /** How many conversations go through the pipeline together; 64 unless a test says otherwise. */
  readonly groupSize?: number
}

/** Real time, for pauses between tries and polls; never for what a user is promised. */
export interface Timers {
  /** Milliseconds that only grow; their zero means nothing. */
  elapsedMs(): number
  pause(durationMs: number): Promise<void>
  /** Lets everything that has arrived in: what comes together is then taken together. */
  breathe(): Promise<void>
  /** Calls again and again until stopped; the next call waits for the last one. `name` says what it is to operators. */
  every(intervalMs: number, work: () => Promise<void>, name: string): { stop(): Promise<void> }
}

/** Facts for operators: codes, ids and counts. Nothing a user wrote, no number, no name. */
export interface MessagingLog {
  event(name: string, facts: Readonly<Record<string, string | number | boolean>>): void
}

/** Hosts outside, for `fetch` steps: each call to a declared host over pinned https, and nowhere else. */
export interface Egress {
  /** Never throws for what the other side does; what came back is JSON and not yet checked against its schema. */
  send(call: EgressCall): Promise<EgressReply>
}

export interface EgressCall {
  /** The effect's id, the same through every try: what the other side knows a repetition by. */
  readonly id: string
  /** A declared name, taken from `findEgressHost`. */
  readonly host: string
  readonly request: EgressRequest
  /** For DNS, connection, and the whole answer together; at most 15 seconds count. */
  readonly deadlineMs: number
  /** Sent as it is, or used to sign; only ever given where its declaration names this host. */
  readonly secret?: { readonly value: string; readonly use: 'bearer' | 'standard-webhooks' }
}

export type EgressReply =
  | { readonly kind: 'answered'; readonly data: unknown }
  /** `detail` is for the log: a short word of ours, never anything of theirs. */
  | { readonly kind: 'failed'; readonly reason: FetchFailure; readonly detail: string }

/** An order as a conversation needs to know it. */
export interface OrderRef {
  readonly scope: TenantScope
  readonly orderId: string
}

/** A call that moves money, as the scene made it: it becomes an order before anything else happens. */
export interface NewOrder extends OrderRef {
  readonly bankId: string
  readonly capability: string
  readonly operation: string
  /** How the bank carries it out and what the user confirms; a payment when left out. Kept with the order. */
  readonly route?: BankRoute
  readonly confirm?: ConfirmDeclaration
  readonly book?: BookDeclaration
  /** The bank's own dialogue asks, on its own account: what the scene was granted is what counts. */
  readonly byBank?: boolean
  readonly input: unknown
  /** Of an order whose input names no amount: the tenant's. */
  readonly currency: string
  /** Who asks: the plugin in its bot, the name under which it declared the need, and the most it says it wants. */
  readonly botId: string
  readonly plugin: string
  readonly need: string
  readonly ceiling: Ceiling | undefined
  readonly conversationId: string
  readonly subscriberId: string
  /** The run that holds the bank's dialogue: what happens to the order is told to it. */
  readonly runId: string
  readonly locale: string
  readonly timeZone: string
  readonly now: Instant
}

/** Something that a scene asks of the bank without an order: it has to be allowed all the same. */
export interface AllowedCall extends Omit<
  NewOrder,
  'orderId' | 'operation' | 'input' | 'route' | 'confirm' | 'book' | 'byBank' | 'conversationId' | 'runId' | 'locale'
> {
  /** Names the call: allowed once, however often it is asked for. */
  readonly callId: string
}

/** Money that a scene gives back. */
export interface NewRefund {
  readonly scope: TenantScope
  readonly refundId: string
  /** The order's number, as its receipt says. */
  readonly order: string
  /** All that is left when undefined. */
  readonly amount: Money | undefined
  readonly reason: string | undefined
  readonly by: { readonly kind: 'platform'; readonly id: string }
  readonly scene: {
    readonly botId: string
    readonly plugin: string
    readonly subscriberId: string
    readonly conversationId: string
    readonly runId: string
  }
  readonly now: Instant
}

export type RefundOpening = { readonly kind: 'opened' } | { readonly kind: 'refused'; readonly code: string }

/** Refused by the grants: nothing was opened. `try_later` where a limit is used up and comes back by itself. */
export type Opening =
  { readonly kind: 'opened' } | { readonly kind: 'refused'; readonly reason: 'declined' | 'try_later' }

export interface Outcome {
  readonly name: string
  readonly data: unknown
}

/** An operation that the dialogue asks of the bank. It runs outside of every transaction. */
export interface DeskEffect {
  readonly scope: TenantScope
  /** The same through every try: what keys towards the bank are made of. */
  readonly effectId: string
  /** Empty where a scene asks without an order. */
  readonly orderId: string
  readonly conversationId: string
  readonly runId: string
  readonly operation: string
  /** Opened for this call only, never kept. */
  readonly code: string | undefined
  /** What is asked, where it is more than the operation's name. */
  readonly request: BankRequest | undefined
}

/** What one call asks of the bank. Without a route it is one of the steps that the platform takes for an order. */
export interface BankRequest {
  readonly bankId: string
  readonly input: unknown
  readonly capability?: string
  readonly class?: EffectClass
  readonly route?: BankRoute
  readonly locale?: string
  readonly subscriberId?: string
}

/** The bank's answer and how to record it: `record` runs in the transaction that passes the outcome on. */
export interface DeskAnswer {
  readonly outcome: Outcome
  /** The bank did not answer: asking again with the same keys may bring one. */
  readonly again: boolean
  record(tx: Transaction): Promise<void>
}

export type Presented =
  { readonly kind: 'presented'; readonly text: ConfirmText; readonly expiresAt: Instant } | { readonly kind: 'expired' }

/**
 * The other engine, seen from this one. Everything that takes a transaction touches only the database; only `perform`
 * reaches the bank.
 */
export interface FinanceDesk {
  /** Judges each order by the grants and opens what they allow; an answer for each, in the same order. */
  open(tx: Transaction, orders: readonly NewOrder[]): Promise<readonly Opening[]>
  /** Judges a call without an order by the grants, and counts it. */
  allow(tx: Transaction, call: AllowedCall): Promise<Opening>
  /** Opens a refund of what a plugin sold to a user; one that is there already is left as it is. */
  refund(tx: Transaction, wanted: NewRefund): Promise<RefundOpening>
  /** Completes the payload with the method and gives the text that the user confirms, whose digest it keeps. */
  present(
    tx: Transaction,
    order: OrderRef,
    request: { readonly method: string; readonly now: Instant },
  ): Promise<Presented>
  /** The user tapped confirm on exactly that text. */
  consent(tx: Transaction, order: OrderRef, now: Instant): Promise<'consented' | 'expired'>
  /** Hands the order over for submission; its outcome comes through the inbox. Refused orders end at once. */
  commit(tx: Transaction, order: OrderRef, now: Instant): Promise<Committed>
  /** The platform may not hand it over at present: it ends as declined, and nothing was sent. */
  refuse(tx: Transaction, order: OrderRef, now: Instant): Promise<Outcome>
  /** The dialogue is over: cancels what was not sent and says how it ended for the scene. */
  close(tx: Transaction, order: OrderRef, now: Instant): Promise<Outcome>
  perform(effect: DeskEffect): Promise<DeskAnswer>
  /** In one sentence, how the order stands: the kind answer to a late tap. */
  describe(reader: Reader, order: OrderRef): Promise<OrderStanding | undefined>
  /** New work may have been committed. */
  wake(): void
}

/** `moves` is false where no money is on its way, as with an application: what a scene holds is then not paid for. */
export type Committed =
  { readonly kind: 'accepted'; readonly moves?: boolean } | { readonly kind: 'ended'; readonly outcome: Outcome }

export interface OrderStanding {
  readonly number: string
  readonly state: 'open' | 'checking' | 'succeeded' | 'failed' | 'cancelled' | 'expired'
  /** `false` where no account of the user is charged: nobody speaks of paying then. */
  readonly pays?: boolean
  readonly amount?: Money
  /** `false` where the tenant gets nothing of it, and so has nothing to hand over for it. */
  readonly owed?: boolean
}
