import { column, type Migration } from '@inthread/store'

const { added, flag, nullable } = column

/** Which way a line goes depends on the one that it names, which is looked for by the bank's reference. */
export const lineMigration: Migration = {
  id: 'finance.010',
  tables: [],
  added: [
    {
      table: 'statement_line',
      columns: { takes_back: added(nullable(flag()), null) },
      index: { named: ['tenant_id', 'bank_id', 'bank_ref'] },
    },
  ],
}
