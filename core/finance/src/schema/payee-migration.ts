import { column, type Migration } from '@inthread/store'

const { id, instant, ref, table } = column

/** Whom a user has paid before: a first payment may need a surer proof. */
export const payeeMigration: Migration = {
  id: 'finance.005',
  tables: [
    table(
      'known_payee',
      { tenant_id: ref(), bank_id: ref(), subscriber_id: id(), payee: ref(), first_at: instant() },
      { primary: ['tenant_id', 'subscriber_id', 'bank_id', 'payee'] },
    ),
  ],
}
