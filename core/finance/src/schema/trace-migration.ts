import { column, type Migration } from '@inthread/store'

const { added, nullable, ref } = column

const traceparent = added(nullable(ref()), null)

/** What a bank is asked belongs to the trace of the turn that handed it over. */
export const traceMigration: Migration = {
  id: 'finance.traces',
  tables: [],
  added: ['bank_order', 'refund'].map((table) => ({ table, columns: { traceparent } })),
}
