import type { BreakState, ConsentState, RefundState } from './book-machines.ts'

/** The rows of refunds, consents, statements and what is found in them. */
export interface BookTables {
  refund: RefundRow
  consent: ConsentRow
  statement: StatementRow
  statement_line: StatementLineRow
  break_item: BreakRow
  book_terms: BookTermsRow
  bank_link: BankLinkRow
}

export interface RefundRow {
  tenant_id: string
  id: string
  order_id: string
  bank_id: string
  state: RefundState
  version: number
  amount_minor: bigint
  currency: string
  /** What the bank gave back of its fee. */
  fee_minor: bigint | null
  /** Sealed: a person's or a scene's words. */
  reason: string | null
  asked_by: string
  /** What a second person has to approve, and until when. */
  proposal_id: string | null
  expires_at: number | null
  /** Who is told what became of it; null when a person asked for it at the desk. */
  conversation_id: string | null
  run_id: string | null
  bank_ref: string | null
  bank_version: number
  /** Why it failed, as far as a merchant may know. */
  failure: string | null
  told_unknown: number
  task: 'submit' | 'query' | null
  task_at: number | null
  /** How often it was sent, always with its own id as the key; how many of them nobody answered. */
  attempts: number
  unanswered: number
  sent_at: number | null
  queries: number
  /** How often in a row it could not be worked on. */
  failures: number
  lease_owner: string
  lease_until: number
  created_at: number
  settled_at: number | null
  updated_at: number
  /** Of whatever asked for it. */
  traceparent: string | null
}

export interface ConsentRow {
  tenant_id: string
  id: string
  subscriber_id: string
  bank_id: string | null
  purpose: string
  data_classes: string
  receiver: string
  /** What is needed to go on, or what may be refused without a consequence. */
  marketing: number
  text_version: string
  /** Of exactly the text that was shown. */
  text_sha256: string
  state: ConsentState
  version: number
  asked_at: number
  answered_at: number | null
  ended_at: number | null
  expires_at: number | null
  conversation_id: string | null
  run_id: string | null
  visit_id: string | null
  bank_ref: string | null
  /** What the bank has yet to be told. */
  task: 'grant' | 'withdraw' | null
  task_at: number | null
  tries: number
  updated_at: number
}

export interface StatementRow {
  tenant_id: string
  bank_id: string
  day: string
  id: string
  sha256: string
  /** Signed by the bank over all that it says. */
  head: string
  lines: number
  breaks: number
  imported_at: number
}

/** What a line of a statement was found to be. */
export type MatchResult =
  'matched' | 'missing_here' | 'missing_at_bank' | 'amount_differs' | 'state_differs' | 'duplicate'

export interface StatementLineRow {
  tenant_id: string
  bank_id: string
  day: string
  seq: number
  bank_ref: string
  client_ref: string | null
  kind: string
  amount_minor: bigint
  currency: string
  value_date: string
  booked_at: number
  payer_mask: string | null
  payee_mask: string | null
  status: string
  reversal_of: string | null
  /** Whether it takes back what another one has booked; null of lines that came before this was kept. */
  takes_back: number | null
  result: MatchResult
  /** The order or refund that it speaks of. */
  object_id: string | null
}

export interface BreakRow {
  tenant_id: string
  id: string
  /** The order it is about, of a refund its order; empty when the bank knows something that nobody here does. */
  order_id: string
  kind: string
  state: BreakState
  detail: string
  opened_at: number
  bank_id: string
  refund_id: string | null
  assignee: string | null
  decision: string | null
  decided_at: number | null
  alarmed_at: number | null
}

export interface BookTermsRow {
  tenant_id: string
  version: number
  terms: string
  in_force_at: number
}

export interface BankLinkRow {
  tenant_id: string
  bank_id: string
  subscriber_id: string
  link: string
  updated_at: number
  /** SHA-256 of the link, by which a notice finds it. */
  link_digest?: string | null
}
