import type { Migration } from '@inthread/store'

/** What lists of the office are ordered and narrowed by. */
export const listMigration: Migration = {
  id: 'finance.006',
  tables: [],
  added: [
    {
      table: 'bank_order',
      columns: {},
      index: {
        listed_state: ['tenant_id', 'state', 'created_at', 'id'],
        listed_bank: ['tenant_id', 'bank_id', 'created_at', 'id'],
        listed_capability: ['tenant_id', 'capability', 'created_at', 'id'],
        listed_thread: ['tenant_id', 'conversation_id', 'created_at', 'id'],
      },
    },
    {
      table: 'refund',
      columns: {},
      index: {
        listed_state: ['tenant_id', 'state', 'created_at', 'id'],
      },
    },
    { table: 'break_item', columns: {}, index: { listed: ['tenant_id', 'opened_at', 'id'] } },
  ],
}

/** The same for what users allowed. */
export const consentListMigration: Migration = {
  id: 'finance.consent-list',
  tables: [],
  added: [
    {
      table: 'consent',
      columns: {},
      index: {
        listed: ['tenant_id', 'asked_at', 'id'],
        listed_state: ['tenant_id', 'state', 'asked_at', 'id'],
        listed_purpose: ['tenant_id', 'purpose', 'asked_at', 'id'],
      },
    },
  ],
}
