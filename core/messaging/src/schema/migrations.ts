import { column, type Migration } from '@inthread/store'
import { answerMigration, officeMigration, toldMigration } from './office-migration.ts'
import { traceMigration } from './trace-migration.ts'

const { added, count, flag, id, instant, json, nullable, ref, sealed, table, text } = column

/** The moment at which nothing expires: later than any date, and exact as a number. */
export const never = 9_000_000_000_000_000

const leased = { lease_owner: ref(), lease_until: instant() }

/** Messaging's schema. The hot tables are clustered by id alone: our ids are unique everywhere and ordered by time. */
export const messagingMigrations: readonly Migration[] = [
  {
    id: 'messaging.001',
    tables: [
      table(
        'conversation',
        {
          id: id(),
          tenant_id: ref(),
          bot_id: ref(),
          subscriber_id: id(),
          operator_id: ref(),
          in_reply_to: nullable(ref()),
          out_seq: count(),
          secret_until: instant(),
          stopped: flag(),
          ...leased,
          fence: count(),
          last_owner: ref(),
          updated_at: instant(),
        },
        {
          primary: ['id'],
          unique: { subject: ['tenant_id', 'bot_id', 'subscriber_id'] },
          index: { recent: ['tenant_id', 'updated_at'] },
        },
      ),
      table(
        'inbox',
        {
          id: id(),
          tenant_id: ref(),
          conversation_id: nullable(id()),
          source: ref(),
          kind: ref(),
          key: ref(),
          run_id: nullable(id()),
          reply_ref: nullable(ref()),
          body: nullable(sealed()),
          body_key: nullable(sealed()),
          state: ref(),
          received_at: instant(),
        },
        {
          primary: ['id'],
          unique: { once: ['tenant_id', 'source', 'kind', 'key'] },
          index: { waiting: ['state', 'conversation_id', 'id'], thread: ['conversation_id', 'id'] },
        },
      ),
      table(
        'nonce',
        { tenant_id: ref(), operator_id: ref(), nonce: ref(), digest: ref(), seen_at: instant() },
        { primary: ['tenant_id', 'operator_id', 'nonce'], index: { age: ['seen_at'] } },
      ),
      table(
        'run',
        {
          id: id(),
          tenant_id: ref(),
          conversation_id: id(),
          parent_id: nullable(id()),
          order_id: nullable(id()),
          plugin: ref(),
          version: ref(),
          flow: ref(),
          revision: count(),
          voice: ref(),
          bank_id: nullable(ref()),
          state: ref(),
          snapshot: sealed(),
          seq: count(),
          visit: count(),
          due_at: nullable(instant()),
          due_kind: nullable(ref()),
          started_at: instant(),
          ended_at: nullable(instant()),
        },
        { primary: ['id'], index: { open: ['conversation_id', 'state'], due: ['due_at'] } },
      ),
      table(
        'journal',
        { run_id: id(), seq: count(), tenant_id: ref(), kind: ref(), entry: sealed(), at: instant() },
        { primary: ['run_id', 'seq'] },
      ),
      table(
        'outbox',
        {
          id: id(),
          tenant_id: ref(),
          conversation_id: id(),
          operator_id: ref(),
          subscriber_id: id(),
          seq: count(),
          voice: ref(),
          body: sealed(),
          in_reply_to: nullable(ref()),
          state: ref(),
          rank: count(),
          provider_ref: nullable(ref()),
          reason: nullable(ref()),
          attempts: count(),
          not_before: instant(),
          ...leased,
          created_at: instant(),
          sent_at: nullable(instant()),
        },
        {
          primary: ['id'],
          unique: { place: ['conversation_id', 'seq'] },
          index: { waiting: ['state', 'lease_until'], provider: ['provider_ref'] },
        },
      ),
      table(
        'delivery',
        {
          tenant_id: ref(),
          operator_id: ref(),
          message_ref: ref(),
          state: ref(),
          reason: nullable(ref()),
          at: instant(),
          applied: flag(),
        },
        { primary: ['tenant_id', 'operator_id', 'message_ref', 'state'], index: { waiting: ['applied', 'at'] } },
      ),
      table(
        'effect',
        {
          id: id(),
          tenant_id: ref(),
          conversation_id: id(),
          run_id: id(),
          visit: count(),
          order_id: id(),
          operation: ref(),
          secret_id: nullable(id()),
          state: ref(),
          attempts: count(),
          not_before: instant(),
          deadline_at: instant(),
          ...leased,
          created_at: instant(),
        },
        { primary: ['id'], index: { waiting: ['state', 'lease_until'] } },
      ),
      table('counter', { tenant_id: ref(), id: ref(), taken: count() }, { primary: ['tenant_id', 'id'] }),
      table(
        'reservation',
        {
          id: id(),
          tenant_id: ref(),
          counter_id: ref(),
          run_id: id(),
          unit: count(),
          state: ref(),
          until: instant(),
          created_at: instant(),
        },
        {
          primary: ['id'],
          index: { counter: ['tenant_id', 'counter_id', 'state'], lapse: ['state', 'until'], run: ['run_id', 'state'] },
        },
      ),
      table(
        'document',
        { tenant_id: ref(), collection_id: ref(), key: ref(), body: json(), version: count() },
        { primary: ['tenant_id', 'collection_id', 'key'] },
      ),
      table(
        'document_index',
        { tenant_id: ref(), index_id: ref(), value: ref(), key: ref() },
        { primary: ['tenant_id', 'index_id', 'value', 'key'] },
      ),
      table(
        'desk_case',
        { id: id(), tenant_id: ref(), conversation_id: id(), reason: ref(), state: ref(), created_at: instant() },
        { primary: ['id'], index: { open: ['tenant_id', 'state', 'created_at'] } },
      ),
      table(
        'publication',
        {
          tenant_id: ref(),
          operator_id: ref(),
          kind: ref(),
          digest: ref(),
          body: text(),
          state: ref(),
          attempts: count(),
          not_before: instant(),
          reason: nullable(ref()),
        },
        { primary: ['tenant_id', 'operator_id', 'kind'], index: { waiting: ['state', 'not_before'] } },
      ),
    ],
  },
  {
    id: 'messaging.002',
    tables: [
      table(
        'personal_document',
        {
          tenant_id: ref(),
          collection_id: ref(),
          owner: id(),
          key: ref(),
          body: sealed(),
          version: count(),
          shape: ref(),
          stamp: id(),
          expires_at: instant(),
          updated_at: instant(),
        },
        {
          primary: ['tenant_id', 'collection_id', 'owner', 'key'],
          index: {
            mine: ['tenant_id', 'collection_id', 'owner', 'stamp'],
            owner: ['tenant_id', 'owner'],
            shape: ['tenant_id', 'collection_id', 'shape'],
            expiry: ['expires_at'],
          },
        },
      ),
    ],
    added: [
      {
        table: 'document',
        columns: {
          shape: added(ref(), ''),
          stamp: added(id(), ''),
          expires_at: added(instant(), never),
          updated_at: added(instant(), 0),
        },
        index: { shape: ['tenant_id', 'collection_id', 'shape'], expiry: ['expires_at'] },
      },
      {
        table: 'document_index',
        columns: { expires_at: added(instant(), never) },
        index: { key: ['tenant_id', 'key', 'index_id'] },
      },
    ],
  },
  {
    id: 'messaging.003',
    tables: [],
    added: [
      { table: 'effect', columns: { kind: added(ref(), 'call'), request: added(nullable(sealed()), null) } },
      { table: 'run', columns: { root_id: added(nullable(id()), null) } },
      { table: 'conversation', columns: { desk_case: added(nullable(id()), null) } },
      { table: 'inbox', columns: { case_id: added(nullable(id()), null) }, index: { case: ['case_id', 'id'] } },
      {
        table: 'desk_case',
        columns: {
          agent: added(nullable(ref()), null),
          claimed_at: added(nullable(instant()), null),
          closed_at: added(nullable(instant()), null),
          due_at: added(nullable(instant()), null),
        },
        index: { due: ['due_at'], thread: ['conversation_id', 'created_at'] },
      },
    ],
  },
  officeMigration,
  toldMigration,
  answerMigration,
  {
    id: 'messaging.timeline',
    tables: [],
    // Whoever follows a conversation asks for its effects again and again.
    added: [{ table: 'effect', columns: {}, index: { thread: ['conversation_id', 'id'] } }],
  },
  traceMigration,
]
