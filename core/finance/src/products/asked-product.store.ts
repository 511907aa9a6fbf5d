import type { IdSource, Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { Mailbox } from '../ports.ts'
import type { FinanceTables, ProductRow } from '../schema/tables.ts'
import { commitProduct, lockProduct, tellChange, type NewProduct } from './product.store.ts'

/** Ours, and not the bank's word: whoever asked for it was told that nobody knows. */
const unknownState = 'unknown'

/**
 * Keeps what is about to be asked for, before the bank hears of it: a notice that is faster than the answer finds it
 * here. Whoever comes first with a reference has it; the product's own key decides between taps and between processes.
 * Where the first was told that nobody knows, the next one is the first again. Gives the row that there is, which names
 * the run that has it.
 */
export async function beginProduct(tx: Transaction, product: NewProduct): Promise<ProductRow> {
  const { run_id, conversation_id } = product
  await updateProduct(tx, product)
    .set({ run_id, conversation_id, state: '', updated_at: product.created_at })
    .where('state', '=', unknownState)
    .where('bank_ref', '=', '')
    .execute()
  return keepProduct(tx, product)
}

/** The row that there is, locked. */
async function keepProduct(tx: Transaction, product: NewProduct): Promise<ProductRow> {
  await commitProduct(tx, product)
  return (await lockProduct(tx, product)) ?? { ...product, updated_at: product.created_at }
}

interface Telling {
  readonly mailbox: Mailbox
  readonly ids: IdSource
}

/**
 * What the bank says of it, unless something newer is known. The run that has it hears of everything that it was not
 * told: of what another tap has brought, and of what was here before its own answer was.
 */
export async function recordAnswered(tx: Transaction, product: NewProduct, telling: Telling): Promise<void> {
  const known = await keepProduct(tx, product)
  const { bank_ref, state, version, created_at: now } = product
  const older = known.state !== '' && known.version > version
  await updateProduct(tx, product)
    .set({ bank_ref, ...(older ? {} : { state, version }), updated_at: now })
    .execute()
  const own = known.run_id === product.run_id
  if (own && older) await tellChange(tx, { product: { ...known, bank_ref }, key: 'late', now }, telling)
  if (!own && version > known.version)
    await tellChange(tx, { product: { ...known, bank_ref, state, version }, now }, telling)
}

/**
 * Nothing was begun, or nobody knows whether something was. What is not known stays, and a notice of it reaches the run
 * all the same; so does one that was here before.
 */
export async function endAsking(
  tx: Transaction,
  { product, known }: { readonly product: NewProduct; readonly known: boolean },
  telling: Telling,
): Promise<void> {
  const row = await lockProduct(tx, product)
  if (row?.run_id !== product.run_id || row.bank_ref !== '') return
  const now = product.created_at
  if (row.state !== '') {
    if (!known) await tellChange(tx, { product: row, key: 'late', now }, telling)
  } else if (known) await deleteProduct(tx, product)
  else await updateProduct(tx, product).set({ state: unknownState, updated_at: now }).execute()
}

function updateProduct(tx: Transaction, { tenant_id, bank_id, client_ref }: NewProduct) {
  return sqlOf<FinanceTables>(tx)
    .updateTable('product')
    .where('tenant_id', '=', tenant_id)
    .where('bank_id', '=', bank_id)
    .where('client_ref', '=', client_ref)
}

async function deleteProduct(tx: Transaction, { tenant_id, bank_id, client_ref }: NewProduct): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .deleteFrom('product')
    .where('tenant_id', '=', tenant_id)
    .where('bank_id', '=', bank_id)
    .where('client_ref', '=', client_ref)
    .execute()
}
