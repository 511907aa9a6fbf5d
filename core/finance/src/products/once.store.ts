import { openScope, type Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { FinanceTables, ProductRow } from '../schema/tables.ts'
import { commitProduct, findProduct, type NewProduct } from './product.store.ts'

/**
 * Whoever comes first with a reference has it: the product's own key decides between taps and between processes. Gives
 * the row that there is, which names the run that has it.
 */
export async function beginOnce(tx: Transaction, product: NewProduct): Promise<ProductRow> {
  await commitProduct(tx, product)
  const name = { scope: openScope(product.tenant_id), bankId: product.bank_id, clientRef: product.client_ref }
  return (await findProduct(tx, name)) ?? { ...product, updated_at: product.created_at }
}

/** What the bank says of it, unless a notice has said something newer. */
export async function recordOnce(tx: Transaction, product: NewProduct): Promise<void> {
  await commitProduct(tx, product)
  await sqlOf<FinanceTables>(tx)
    .updateTable('product')
    .set({ bank_ref: product.bank_ref, state: product.state, version: product.version, updated_at: product.created_at })
    .where('tenant_id', '=', product.tenant_id)
    .where('bank_id', '=', product.bank_id)
    .where('client_ref', '=', product.client_ref)
    .where((where) => where.or([where('state', '=', ''), where('version', '<', product.version)]))
    .execute()
}

/** Nothing has come of it, or nothing that is known: the next tap is the first again, under the same reference. */
export async function releaseOnce(tx: Transaction, product: NewProduct): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .deleteFrom('product')
    .where('tenant_id', '=', product.tenant_id)
    .where('bank_id', '=', product.bank_id)
    .where('client_ref', '=', product.client_ref)
    .where('run_id', '=', product.run_id)
    .where('state', '=', '')
    .execute()
}
