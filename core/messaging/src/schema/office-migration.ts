import { column, type Migration } from '@inthread/store'

const { added, count, flag, id, instant, ref, table, text } = column

/** What the office does with conversations from outside of them: announcements, and counting what goes on. */
export const officeMigration: Migration = {
  id: 'messaging.office',
  tables: [
    table(
      'announcement',
      {
        tenant_id: ref(),
        key: ref(),
        digest: ref(),
        conversation_id: id(),
        opted_out: flag(),
        created_at: instant(),
      },
      { primary: ['tenant_id', 'key'] },
    ),
  ],
  // Traffic is counted from these indexes alone.
  added: [
    { table: 'inbox', columns: {}, index: { counted: ['tenant_id', 'received_at', 'kind'] } },
    { table: 'outbox', columns: {}, index: { counted: ['tenant_id', 'created_at'] } },
  ],
}

/** What a scene was told when its dialogue with the bank ended. */
export const toldMigration: Migration = {
  id: 'messaging.told',
  tables: [],
  added: [{ table: 'run', columns: { told: added(ref(), '') } }],
}

/** Sentences that people at the desk say often. */
export const answerMigration: Migration = {
  id: 'messaging.answers',
  tables: [
    table(
      'canned_answer',
      {
        tenant_id: ref(),
        id: id(),
        title: ref(),
        text: text(),
        version: count(),
        updated_by: ref(),
        updated_at: instant(),
      },
      { primary: ['tenant_id', 'id'] },
    ),
  ],
}
