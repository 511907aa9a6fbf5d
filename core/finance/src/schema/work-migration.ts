import { column, type Migration } from '@inthread/store'

const { added, count } = column

/** How often in a row something could not be worked on: a bank that is gone must not keep everybody else waiting. */
export const workMigration: Migration = {
  id: 'finance.008',
  tables: [],
  added: [
    { table: 'bank_order', columns: { failures: added(count(), 0) } },
    { table: 'refund', columns: { failures: added(count(), 0) } },
  ],
}
