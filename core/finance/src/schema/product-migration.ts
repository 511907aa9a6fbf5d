import { column, type Migration } from '@inthread/store'

const { added, count, id, instant, json, nullable, ref, sealed, table } = column

/** Quotes, products, and orders that are more than payments. */
export const productMigration: Migration = {
  id: 'finance.004',
  tables: [
    table(
      'quote',
      {
        tenant_id: ref(),
        bank_id: ref(),
        id: ref(),
        subscriber_id: id(),
        capability: ref(),
        operation: ref(),
        body: sealed(),
        expires_at: instant(),
        created_at: instant(),
      },
      { primary: ['tenant_id', 'bank_id', 'id'], index: { expiry: ['expires_at'] } },
    ),
    table(
      'product',
      {
        tenant_id: ref(),
        bank_id: ref(),
        client_ref: ref(),
        bank_ref: ref(),
        capability: ref(),
        operation: ref(),
        subscriber_id: id(),
        conversation_id: id(),
        run_id: id(),
        state: ref(),
        version: count(),
        created_at: instant(),
        updated_at: instant(),
      },
      { primary: ['tenant_id', 'bank_id', 'client_ref'], index: { owner: ['tenant_id', 'subscriber_id'] } },
    ),
  ],
  added: [
    {
      table: 'bank_order',
      columns: {
        input: added(nullable(sealed()), null),
        route: added(nullable(json()), null),
        quote_id: added(nullable(ref()), null),
        told: added(nullable(ref()), null),
        result: added(nullable(sealed()), null),
      },
    },
  ],
}
