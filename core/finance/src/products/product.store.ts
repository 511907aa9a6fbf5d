import type { Notice } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, openScope, type IdSource, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import { forUpdate, insertNew, sqlOf } from '@inthread/store/sql'
import type { Mailbox } from '../ports.ts'
import type { FinanceTables, ProductRow } from '../schema/tables.ts'

export interface ProductName {
  readonly scope: TenantScope
  readonly bankId: string
  readonly clientRef: string
}

export type NewProduct = Omit<ProductRow, 'updated_at'>

/** What has begun at the bank under our reference; what is known already is left as it is. */
export function commitProduct(tx: Transaction, product: NewProduct): Promise<unknown> {
  return insertNew(tx, 'product', { rows: [{ ...product, updated_at: product.created_at }], key: 'client_ref' })
}

export function findProduct(
  reader: Reader,
  { scope, bankId, clientRef }: ProductName,
): Promise<ProductRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('product')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('client_ref', '=', clientRef)
    .executeTakeFirst()
}

/** For the rest of the transaction. */
export function lockProduct(
  tx: Transaction,
  { tenant_id, bank_id, client_ref }: Pick<ProductRow, 'tenant_id' | 'bank_id' | 'client_ref'>,
): Promise<ProductRow | undefined> {
  return sqlOf<FinanceTables>(tx)
    .selectFrom('product')
    .selectAll()
    .where('tenant_id', '=', tenant_id)
    .where('bank_id', '=', bank_id)
    .where('client_ref', '=', client_ref)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
}

export interface ProductChange {
  readonly scope: TenantScope
  readonly bankId: string
  readonly notice: Notice
  readonly now: Instant
}

/**
 * The bank says that one of its products has changed. Only a version that is newer than ours is believed, by one
 * conditional update, so notices may come twice and in any order. The run that began it hears of it.
 */
export async function mirrorProduct(
  tx: Transaction,
  { scope, bankId, notice, now }: ProductChange,
  ports: { readonly mailbox: Mailbox; readonly ids: IdSource },
): Promise<readonly string[]> {
  const clientRef = notice.clientRef
  if (clientRef === undefined) return []
  const product = await findProduct(tx, { scope, bankId, clientRef })
  if (!product) return []
  const changed = await sqlOf<FinanceTables>(tx)
    .updateTable('product')
    .set({ state: notice.state.slice(0, 190), version: notice.version, updated_at: now })
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('client_ref', '=', clientRef)
    .where('version', '<', notice.version)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return []
  await tellChange(tx, { product: { ...product, state: notice.state, version: notice.version }, now }, ports)
  return [product.conversation_id]
}

export interface ToldChange {
  /** As it is now. */
  readonly product: ProductRow
  /** Tells this from another time at which the same was told, when nobody may have listened. */
  readonly key?: string
  readonly now: Instant
}

/** The run that has begun it hears how it stands. */
export async function tellChange(
  tx: Transaction,
  { product, key, now }: ToldChange,
  { mailbox, ids }: { readonly mailbox: Mailbox; readonly ids: IdSource },
): Promise<void> {
  const { tenant_id, bank_id, client_ref, capability, conversation_id, run_id, bank_ref, state, version } = product
  const scope = openScope(tenant_id)
  const object = { kind: capability, id: client_ref }
  const data = { state: state.slice(0, 64), version: String(version) }
  await appendAudit(tx, [{ scope, actor: { kind: 'bank', id: bank_id }, action: 'product.changed', object, data }], {
    ids,
    now,
  })
  const letter = {
    scope,
    conversationId: conversation_id,
    runId: run_id,
    key: [client_ref, version, ...(key === undefined ? [] : [key])].join(':'),
    outcome: null,
    event: { name: 'changed', data: { product: bank_ref || client_ref, state } },
  }
  await mailbox.tell(tx, [letter])
}
