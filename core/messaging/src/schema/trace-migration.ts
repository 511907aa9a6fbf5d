import { column, type Migration } from '@inthread/store'

const { added, nullable, ref } = column

const traceparent = added(nullable(ref()), null)

/**
 * Where each step of a message's way goes on from: nothing where nothing is traced. A column that may be empty, at the
 * end of its table, is added by both databases without touching a row.
 */
export const traceMigration: Migration = {
  id: 'messaging.traces',
  tables: [],
  added: ['inbox', 'effect', 'outbox', 'delivery'].map((table) => ({ table, columns: { traceparent } })),
}
