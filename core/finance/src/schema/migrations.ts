import { column, type Migration } from '@inthread/store'
import { bookMigration } from './book-migration.ts'
import { capturedMigration } from './captured-migration.ts'
import { lineMigration } from './line-migration.ts'
import { consentListMigration, listMigration } from './list-migration.ts'
import { payeeMigration } from './payee-migration.ts'
import { productMigration } from './product-migration.ts'
import { traceMigration } from './trace-migration.ts'
import { workMigration } from './work-migration.ts'

const { count, flag, id, instant, json, money, nullable, ref, sealed, table, text } = column

/** Finance's schema. Every key begins with the tenant, so a reference across tenants finds nothing. */
export const financeMigrations: readonly Migration[] = [
  {
    id: 'finance.001',
    tables: [
      table(
        'bank_order',
        {
          tenant_id: ref(),
          id: id(),
          number: ref(),
          conversation_id: id(),
          run_id: id(),
          subscriber_id: id(),
          bank_id: ref(),
          capability: ref(),
          operation: ref(),
          state: ref(),
          version: count(),
          amount_minor: money(),
          currency: ref(),
          purpose: sealed(),
          expires_at: instant(),
          locale: ref(),
          time_zone: ref(),
          offer: nullable(sealed()),
          sheet: nullable(sealed()),
          payload_digest: nullable(ref()),
          rendered_digest: nullable(ref()),
          consented_at: nullable(instant()),
          submitted_at: nullable(instant()),
          settled_at: nullable(instant()),
          bank_ref: nullable(ref()),
          bank_version: count(),
          fee_minor: nullable(money()),
          reason: nullable(ref()),
          told_unknown: flag(),
          task: nullable(ref()),
          task_at: nullable(instant()),
          queries: count(),
          lease_owner: ref(),
          lease_until: instant(),
          created_at: instant(),
          updated_at: instant(),
        },
        {
          primary: ['tenant_id', 'id'],
          unique: { number: ['tenant_id', 'number'] },
          index: { task: ['task', 'task_at'], recent: ['tenant_id', 'created_at'], open: ['state', 'expires_at'] },
        },
      ),
      table(
        'attempt',
        {
          tenant_id: ref(),
          order_id: id(),
          n: count(),
          bank_key: ref(),
          sent_at: instant(),
          answered_at: nullable(instant()),
          outcome: nullable(ref()),
          code: nullable(ref()),
        },
        { primary: ['tenant_id', 'order_id', 'n'] },
      ),
      table(
        'movement',
        {
          tenant_id: ref(),
          id: id(),
          order_id: id(),
          kind: ref(),
          dr: ref(),
          cr: ref(),
          amount_minor: money(),
          currency: ref(),
          pending_id: nullable(id()),
          at: instant(),
        },
        // One post or void per hold: the second one finds the key taken.
        {
          primary: ['tenant_id', 'id'],
          unique: { ends: ['tenant_id', 'pending_id'] },
          index: { order: ['tenant_id', 'order_id'] },
        },
      ),
      table(
        'confirmation',
        {
          tenant_id: ref(),
          id: id(),
          order_id: id(),
          state: ref(),
          bank_ref: ref(),
          tries_left: count(),
          expires_at: instant(),
          authorisation: nullable(sealed()),
          payload_digest: ref(),
          created_at: instant(),
          updated_at: instant(),
        },
        { primary: ['tenant_id', 'id'], index: { order: ['tenant_id', 'order_id'] } },
      ),
      table(
        'bank_link',
        { tenant_id: ref(), bank_id: ref(), subscriber_id: id(), link: sealed(), updated_at: instant() },
        { primary: ['tenant_id', 'bank_id', 'subscriber_id'] },
      ),
      table(
        'notice',
        {
          tenant_id: ref(),
          bank_id: ref(),
          id: ref(),
          type: ref(),
          order_id: nullable(ref()),
          version: count(),
          state: ref(),
          received_at: instant(),
        },
        { primary: ['tenant_id', 'bank_id', 'id'], index: { order: ['tenant_id', 'order_id'] } },
      ),
      table(
        'break_item',
        { tenant_id: ref(), id: id(), order_id: id(), kind: ref(), state: ref(), detail: json(), opened_at: instant() },
        { primary: ['tenant_id', 'id'], index: { open: ['tenant_id', 'state', 'opened_at'] } },
      ),
      table(
        'feed',
        { tenant_id: ref(), bank_id: ref(), cursor: text(), read_at: instant() },
        { primary: ['tenant_id', 'bank_id'] },
      ),
    ],
  },
  {
    id: 'finance.002',
    tables: [
      table(
        'grant_rule',
        { tenant_id: ref(), place: ref(), state: ref(), terms: json(), version: count(), updated_at: instant() },
        { primary: ['tenant_id', 'place'] },
      ),
      table(
        'grant_use',
        {
          tenant_id: ref(),
          place: ref(),
          span: ref(),
          used_minor: money(),
          calls: count(),
          forget_at: instant(),
        },
        { primary: ['tenant_id', 'place', 'span'], index: { forget: ['forget_at'] } },
      ),
      table(
        'grant_hold',
        {
          tenant_id: ref(),
          order_id: id(),
          bot_id: ref(),
          plugin: ref(),
          need: ref(),
          state: ref(),
          amount_minor: money(),
          windows: json(),
          strength_asked: nullable(ref()),
          strength_reached: nullable(ref()),
        },
        { primary: ['tenant_id', 'order_id'] },
      ),
    ],
  },
  bookMigration,
  productMigration,
  payeeMigration,
  listMigration,
  workMigration,
  capturedMigration,
  lineMigration,
  consentListMigration,
  traceMigration,
]
