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
