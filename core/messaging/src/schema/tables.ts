/** The rows of messaging's own tables, as its stores see them. Nobody else writes them. */
export interface MessagingTables {
  conversation: ConversationRow
  inbox: InboxRow
  nonce: { tenant_id: string; operator_id: string; nonce: string; digest: string; seen_at: number }
  run: RunRow
  journal: { run_id: string; seq: number; tenant_id: string; kind: string; entry: string; at: number }
  outbox: OutboxRow
  delivery: DeliveryRow
  effect: EffectRow
  counter: { tenant_id: string; id: string; taken: number }
  reservation: ReservationRow
  document: DocumentRow
  document_index: { tenant_id: string; index_id: string; value: string; key: string; expires_at: number }
  personal_document: DocumentRow & { owner: string }
  desk_case: CaseRow
  canned_answer: CannedAnswerRow
  publication: PublicationRow
  announcement: AnnouncementRow
}

interface Leased {
  lease_owner: string
  /** Database time. */
  lease_until: number
}

/** What was announced under a key of the caller's own, so that it is announced once. */
export interface AnnouncementRow {
  tenant_id: string
  key: string
  /** Of the recipient and the words. */
  digest: string
  conversation_id: string
  /** The user wanted no announcements: nothing was said. */
  opted_out: number
  created_at: number
}

/** Something for a person to look at, or a conversation that a person has taken over. */
export interface CaseRow {
  id: string
  tenant_id: string
  conversation_id: string
  reason: string
  state: 'open' | 'claimed' | 'closed'
  /** Who has claimed it. */
  agent: string | null
  claimed_at: number | null
  closed_at: number | null
  /** When the user is told that nobody has come yet. */
  due_at: number | null
  created_at: number
}

/** A sentence that people at the desk say often. */
export interface CannedAnswerRow {
  tenant_id: string
  id: string
  title: string
  text: string
  version: number
  updated_by: string
  updated_at: number
}

export interface ConversationRow extends Leased {
  id: string
  tenant_id: string
  bot_id: string
  subscriber_id: string
  /** The account the user last wrote through: answers go back the same way. */
  operator_id: string
  /** The provider's name of the user's last message, which an answer repeats. */
  in_reply_to: string | null
  out_seq: number
  /** Until then, bare digits are taken for a late code and destroyed. */
  secret_until: number
  stopped: number
  /** The case of the person who answers instead of the plugins; null while the plugins do. */
  desk_case: string | null
  fence: number
  /**
   * The process that has all unsent messages in its memory; empty before the first one, `?` when they are scattered.
   */
  last_owner: string
  updated_at: number
}

export interface InboxRow {
  id: string
  tenant_id: string
  conversation_id: string | null
  source: string
  kind: string
  key: string
  /** The run that an item of our own speaks to. */
  run_id: string | null
  /** The provider's name of a user's message, which our answer repeats. */
  reply_ref: string | null
  body: string | null
  body_key: string | null
  /** `waiting`: an event of another plugin that lets an open dialogue finish first. */
  state: 'new' | 'waiting' | 'done' | 'failed'
  /** The case that a user's message went to. */
  case_id: string | null
  /** What the turn's trace goes on from. */
  traceparent: string | null
  received_at: number
}

export interface RunRow {
  id: string
  tenant_id: string
  conversation_id: string
  parent_id: string | null
  /** The scene at the bottom; null in rows from before there were sub-flows, where the parent is. */
  root_id: string | null
  order_id: string | null
  plugin: string
  version: string
  flow: string
  revision: number
  voice: string
  bank_id: string | null
  state: 'open' | 'ended'
  snapshot: string
  seq: number
  visit: number
  due_at: number | null
  due_kind: string | null
  started_at: number
  ended_at: number | null
  /** The outcome that the scene was told when this dialogue with the bank ended; empty where there was none. */
  told: string
}

export interface OutboxRow extends Leased {
  id: string
  tenant_id: string
  conversation_id: string
  operator_id: string
  subscriber_id: string
  seq: number
  voice: string
  body: string
  in_reply_to: string | null
  state: string
  rank: number
  provider_ref: string | null
  reason: string | null
  attempts: number
  /** Database time. */
  not_before: number
  created_at: number
  sent_at: number | null
  /** Of the turn that says it. */
  traceparent: string | null
}

export interface DeliveryRow {
  tenant_id: string
  operator_id: string
  message_ref: string
  state: string
  reason: string | null
  at: number
  applied: number
  /** Of the push that brought it. */
  traceparent: string | null
}

export interface EffectRow extends Leased {
  id: string
  tenant_id: string
  conversation_id: string
  run_id: string
  visit: number
  /** A call of the bank, or a request to a declared host. */
  kind: 'call' | 'fetch'
  /** Empty for a request to a host. */
  order_id: string
  operation: string
  /** What a request to a host says. */
  request: string | null
  /** The inbox row with a confidential answer that this effect passes on. */
  secret_id: string | null
  state: 'new' | 'done'
  attempts: number
  /** Database time. */
  not_before: number
  deadline_at: number
  created_at: number
  /** Of the turn that asks. */
  traceparent: string | null
}

export interface ReservationRow {
  id: string
  tenant_id: string
  counter_id: string
  run_id: string
  unit: number
  state: 'held' | 'committing' | 'taken' | 'released'
  until: number
  created_at: number
}

export interface DocumentRow {
  tenant_id: string
  collection_id: string
  /** Of a personal document the blind index. */
  key: string
  body: string
  version: number
  /** Version and indexes of the declaration that the row was last brought to; the sweep looks for others. */
  shape: string
  /** Which write it was; later ones sort behind. */
  stamp: string
  /** `never` when it does not expire. */
  expires_at: number
  updated_at: number
}

export interface PublicationRow {
  tenant_id: string
  operator_id: string
  kind: string
  digest: string
  body: string
  state: 'new' | 'done' | 'failed'
  attempts: number
  not_before: number
  reason: string | null
}
