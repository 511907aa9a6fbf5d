import { column, type Migration } from '@inthread/store'

const { added, instant, money, nullable } = column

/** What a merchant has of orders that are no payments, for the lists of its days. */
export const capturedMigration: Migration = {
  id: 'finance.009',
  tables: [],
  added: [
    {
      table: 'bank_order',
      columns: { captured_at: added(nullable(instant()), null), captured_minor: added(nullable(money()), null) },
      index: { captured: ['tenant_id', 'captured_at', 'id'] },
    },
  ],
}
