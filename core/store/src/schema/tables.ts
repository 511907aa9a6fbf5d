import { added, count, id, instant, json, nullable, ref, sealed, table, text } from './vocabulary.ts'
import type { Migration } from './migration.ts'

/** The store's own tables, as their readers see them. */
export interface StoreTables {
  migration: { id: string; digest: string; applied_at: number }
  setting: { name: string; value: string }
  lease: { name: string; owner: string; until: number; fence: number }
  credential: { tenant_id: string; name: string; value: string; expires_at: number }
  subscriber: { tenant_id: string; id: string; created_at: number }
  binding: {
    tenant_id: string
    id: string
    subscriber_id: string
    number: string
    blind_index: string
    /** The blind index while the binding is open, null afterwards: so at most one open binding has a number. */
    open_key: string | null
    opened_at: number
    closed_at: number | null
    state: 'verified' | 'stale' | 'closed'
    /** The last moment at which the number was surely its subscriber's; 0 when it was opened before this was kept. */
    seen_at: number
  }
  audit: {
    tenant_id: string
    id: string
    at: number
    actor_kind: string
    actor_id: string
    action: string
    object_kind: string
    object_id: string
    data: string
  }
  /** The chain of a tenant's records: each link proves all before it. */
  audit_link: {
    tenant_id: string
    seq: number
    audit_id: string
    /** Of what the record says. */
    digest: string
    /** The hash before this one. */
    prev: string
    hash: string
  }
  /** Records that have no link yet. */
  audit_tail: { tenant_id: string; audit_id: string }
  proposal: {
    tenant_id: string
    id: string
    subject: string
    change: string
    digest: string
    maker: string
    checker: string | null
    state: string
    created_at: number
    expires_at: number
    decided_at: number | null
  }
}

export const storeMigrations: readonly Migration[] = [
  {
    id: 'store.001',
    tables: [
      table('setting', { name: ref(), value: text() }, { primary: ['name'] }),
      table('lease', { name: ref(), owner: ref(), until: instant(), fence: count() }, { primary: ['name'] }),
      table(
        'credential',
        { tenant_id: ref(), name: ref(), value: sealed(), expires_at: instant() },
        { primary: ['tenant_id', 'name'] },
      ),
      table('subscriber', { tenant_id: ref(), id: id(), created_at: instant() }, { primary: ['tenant_id', 'id'] }),
      table(
        'binding',
        {
          tenant_id: ref(),
          id: id(),
          subscriber_id: id(),
          number: sealed(),
          blind_index: ref(),
          open_key: nullable(ref()),
          opened_at: instant(),
          closed_at: nullable(instant()),
        },
        {
          primary: ['tenant_id', 'id'],
          unique: { open: ['tenant_id', 'open_key'] },
          index: { subscriber: ['tenant_id', 'subscriber_id'] },
        },
      ),
      table(
        'audit',
        {
          tenant_id: ref(),
          id: id(),
          at: instant(),
          actor_kind: ref(),
          actor_id: ref(),
          action: ref(),
          object_kind: ref(),
          object_id: ref(),
          data: json(),
        },
        { primary: ['tenant_id', 'id'], index: { object: ['tenant_id', 'object_kind', 'object_id'] } },
      ),
      table(
        'proposal',
        {
          tenant_id: ref(),
          id: id(),
          subject: ref(),
          change: json(),
          digest: ref(),
          maker: ref(),
          checker: nullable(ref()),
          state: ref(),
          created_at: instant(),
          expires_at: instant(),
          decided_at: nullable(instant()),
        },
        { primary: ['tenant_id', 'id'], index: { open: ['tenant_id', 'state', 'created_at'] } },
      ),
    ],
  },
  {
    id: 'store.002',
    tables: [],
    added: [{ table: 'binding', columns: { state: added(ref(), 'verified'), seen_at: added(instant(), 0) } }],
  },
  {
    id: 'store.003',
    tables: [],
    added: [{ table: 'proposal', columns: {}, index: { recent: ['tenant_id', 'created_at', 'id'] } }],
  },
  {
    id: 'store.004',
    tables: [
      table(
        'audit_link',
        { tenant_id: ref(), seq: count(), audit_id: id(), digest: ref(), prev: ref(), hash: ref() },
        { primary: ['tenant_id', 'seq'], unique: { record: ['tenant_id', 'audit_id'] } },
      ),
      table('audit_tail', { tenant_id: ref(), audit_id: id() }, { primary: ['audit_id', 'tenant_id'] }),
    ],
    added: [{ table: 'audit', columns: {}, index: { recent: ['tenant_id', 'at', 'id'] } }],
    // What was written before there was a chain is linked first.
    filled: [{ table: 'audit_tail', from: 'audit', columns: { tenant_id: 'tenant_id', audit_id: 'id' } }],
  },
]
