import type { OrderState } from '../orders/machine.ts'
import type { BookTables } from './book-tables.ts'

/** The rows of finance's own tables, as its stores see them. Nobody else writes them. */
export interface FinanceTables extends BookTables {
  bank_order: OrderRow
  attempt: AttemptRow
  movement: MovementRow
  confirmation: ConfirmationRow
  notice: NoticeRow
  feed: { tenant_id: string; bank_id: string; cursor: string; read_at: number }
  quote: QuoteRow
  product: ProductRow
  grant_rule: GrantRow
  grant_use: GrantUseRow
  grant_hold: GrantHoldRow
  known_payee: KnownPayeeRow
}

/** What one side allows. Every change is a new version, so that what was agreed on an older one is recognised. */
export interface GrantRow {
  tenant_id: string
  place: string
  state: 'active' | 'blocked' | 'revoked'
  terms: string
  version: number
  updated_at: number
}

/** What has been used in one stretch of time. */
export interface GrantUseRow {
  tenant_id: string
  place: string
  span: string
  used_minor: bigint
  calls: number
  forget_at: number
}

/** What an order holds of its grants, until it is released or for good. */
export interface GrantHoldRow {
  tenant_id: string
  order_id: string
  bot_id: string
  plugin: string
  need: string
  state: 'held' | 'released'
  amount_minor: bigint
  /** Places and spans as JSON. */
  windows: string
  /** How surely the bank must know who confirms, and how surely it does. */
  strength_asked: string | null
  strength_reached: string | null
}

/** Since when a user has paid somebody. */
export interface KnownPayeeRow {
  tenant_id: string
  bank_id: string
  subscriber_id: string
  payee: string
  first_at: number
}

export interface OrderRow {
  tenant_id: string
  id: string
  /** For people to read out. */
  number: string
  conversation_id: string
  run_id: string
  subscriber_id: string
  bank_id: string
  capability: string
  operation: string
  state: OrderState
  version: number
  amount_minor: bigint
  currency: string
  purpose: string
  expires_at: number
  locale: string
  time_zone: string
  /** What the bank offered: link, payee and ways to pay. */
  offer: string | null
  /** What the user was shown, with the payload it was made from. */
  sheet: string | null
  payload_digest: string | null
  rendered_digest: string | null
  consented_at: number | null
  submitted_at: number | null
  settled_at: number | null
  /** The bank's name and version of the payment. */
  bank_ref: string | null
  bank_version: number
  fee_minor: bigint | null
  /** What the caller handed in beside amount and purpose; it goes to the bank with the order. */
  input: string | null
  /** How it is carried out and confirmed, as its capability said when it was opened; null for a payment. */
  route: string | null
  /** The bank's quote that it takes up. */
  quote_id: string | null
  /** The outcome that was told while the bank goes on, like `scheduled`. */
  told: string | null
  /** What the bank's resource said at the end. */
  result: string | null
  /** Since when the merchant has it, and how much: of an order with a route, once it has. */
  captured_at: number | null
  captured_minor: bigint | null
  /** What has been given back, or is about to be: never more than what was paid. */
  refunded_minor: bigint
  /** Why it was refused, as far as a merchant may know. */
  reason: string | null
  /** The user has been told that the bank is still checking. */
  told_unknown: number
  /** What has to be done next for an order in processing, and from when on (business time). */
  task: 'submit' | 'query' | null
  task_at: number | null
  queries: number
  /** How often in a row it could not be worked on. */
  failures: number
  lease_owner: string
  lease_until: number
  created_at: number
  updated_at: number
  /** Of the turn that opened it, and then of the one that handed it over. */
  traceparent: string | null
}

export interface AttemptRow {
  tenant_id: string
  order_id: string
  n: number
  bank_key: string
  /** Just before the bank heard of it; 0 while it is only planned. */
  sent_at: number
  answered_at: number | null
  outcome: string | null
  code: string | null
}

export interface MovementRow {
  tenant_id: string
  id: string
  order_id: string
  kind: 'pending' | 'post' | 'void' | 'single'
  dr: string
  cr: string
  amount_minor: bigint
  currency: string
  /** The hold that a post or void ends. */
  pending_id: string | null
  at: number
}

export interface ConfirmationRow {
  tenant_id: string
  id: string
  order_id: string
  state: 'pending' | 'verified' | 'locked' | 'expired' | 'superseded' | 'used'
  bank_ref: string
  tries_left: number
  expires_at: number
  /** The bank's token, bound to the payload's digest. */
  authorisation: string | null
  payload_digest: string
  created_at: number
  updated_at: number
}

export interface NoticeRow {
  tenant_id: string
  bank_id: string
  id: string
  type: string
  order_id: string | null
  version: number
  state: string
  received_at: number
}

export interface BreakRow {
  tenant_id: string
  id: string
  order_id: string
  kind: string
  state: string
  detail: string
  opened_at: number
}

/** What a bank has promised one user, until it is over: a commit names it. */
export interface QuoteRow {
  tenant_id: string
  bank_id: string
  /** The bank's own name for it. */
  id: string
  subscriber_id: string
  capability: string
  operation: string
  /** As the bank wrote it. */
  body: string
  expires_at: number
  created_at: number
}

/** A product of the bank, mirrored: the bank is its master, and only versions that grow are believed. */
export interface ProductRow {
  tenant_id: string
  bank_id: string
  /** Our reference, under which the bank knows it. */
  client_ref: string
  bank_ref: string
  capability: string
  operation: string
  subscriber_id: string
  conversation_id: string
  run_id: string
  state: string
  version: number
  created_at: number
  updated_at: number
}
