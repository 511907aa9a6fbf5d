import { column, type Migration } from '@inthread/store'

const { added, count, flag, id, instant, json, money, nullable, ref, sealed, table, text } = column

const refund = table(
  'refund',
  {
    tenant_id: ref(),
    id: id(),
    order_id: id(),
    bank_id: ref(),
    state: ref(),
    version: count(),
    amount_minor: money(),
    currency: ref(),
    fee_minor: nullable(money()),
    reason: nullable(sealed()),
    asked_by: ref(),
    proposal_id: nullable(id()),
    expires_at: nullable(instant()),
    conversation_id: nullable(id()),
    run_id: nullable(id()),
    bank_ref: nullable(ref()),
    bank_version: count(),
    failure: nullable(ref()),
    told_unknown: flag(),
    task: nullable(ref()),
    task_at: nullable(instant()),
    attempts: count(),
    unanswered: count(),
    sent_at: nullable(instant()),
    queries: count(),
    lease_owner: ref(),
    lease_until: instant(),
    created_at: instant(),
    settled_at: nullable(instant()),
    updated_at: instant(),
  },
  {
    primary: ['tenant_id', 'id'],
    index: {
      task: ['task', 'task_at'],
      order: ['tenant_id', 'order_id'],
      recent: ['tenant_id', 'created_at'],
      settled: ['tenant_id', 'settled_at'],
      bank: ['tenant_id', 'bank_ref'],
      open: ['state', 'expires_at'],
    },
  },
)

const consent = table(
  'consent',
  {
    tenant_id: ref(),
    id: id(),
    subscriber_id: id(),
    bank_id: nullable(ref()),
    purpose: ref(),
    data_classes: json(),
    receiver: ref(),
    marketing: flag(),
    text_version: ref(),
    text_sha256: ref(),
    state: ref(),
    version: count(),
    asked_at: instant(),
    answered_at: nullable(instant()),
    ended_at: nullable(instant()),
    expires_at: nullable(instant()),
    conversation_id: nullable(id()),
    run_id: nullable(id()),
    visit_id: nullable(ref()),
    bank_ref: nullable(ref()),
    task: nullable(ref()),
    task_at: nullable(instant()),
    tries: count(),
    updated_at: instant(),
  },
  {
    primary: ['tenant_id', 'id'],
    index: {
      subscriber: ['tenant_id', 'subscriber_id', 'purpose'],
      recent: ['tenant_id', 'asked_at'],
      task: ['task', 'task_at'],
      open: ['state', 'expires_at'],
    },
  },
)

const statement = table(
  'statement',
  {
    tenant_id: ref(),
    bank_id: ref(),
    day: ref(),
    id: id(),
    sha256: ref(),
    head: text(),
    lines: count(),
    breaks: count(),
    imported_at: instant(),
  },
  { primary: ['tenant_id', 'bank_id', 'day'] },
)

const line = table(
  'statement_line',
  {
    tenant_id: ref(),
    bank_id: ref(),
    day: ref(),
    seq: count(),
    bank_ref: ref(),
    client_ref: nullable(ref()),
    kind: ref(),
    amount_minor: money(),
    currency: ref(),
    value_date: ref(),
    booked_at: instant(),
    payer_mask: nullable(ref()),
    payee_mask: nullable(ref()),
    status: ref(),
    reversal_of: nullable(ref()),
    result: ref(),
    object_id: nullable(ref()),
  },
  { primary: ['tenant_id', 'bank_id', 'day', 'seq'], index: { object: ['tenant_id', 'object_id'] } },
)

const terms = table(
  'book_terms',
  { tenant_id: ref(), version: count(), terms: json(), in_force_at: instant() },
  { primary: ['tenant_id', 'version'] },
)

/** Refunds, consents, statements, and what an order, a break and a link have to know of them. */
export const bookMigration: Migration = {
  id: 'finance.003',
  tables: [refund, consent, statement, line, terms],
  added: [
    {
      table: 'bank_order',
      columns: { refunded_minor: added(money(), 0) },
      index: {
        settled: ['tenant_id', 'settled_at'],
        bank: ['tenant_id', 'bank_ref'],
        subscriber: ['tenant_id', 'subscriber_id'],
      },
    },
    {
      table: 'break_item',
      columns: {
        bank_id: added(ref(), ''),
        refund_id: added(nullable(id()), null),
        assignee: added(nullable(ref()), null),
        decision: added(nullable(ref()), null),
        decided_at: added(nullable(instant()), null),
        alarmed_at: added(nullable(instant()), null),
      },
      index: { order: ['tenant_id', 'order_id'], aged: ['state', 'opened_at'] },
    },
    {
      table: 'bank_link',
      columns: { link_digest: added(nullable(ref()), null) },
      index: { link: ['tenant_id', 'link_digest'] },
    },
  ],
}
