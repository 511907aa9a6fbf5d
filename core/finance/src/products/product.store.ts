import type { Notice } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, type IdSource, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'
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
  { mailbox, ids }: { readonly mailbox: Mailbox; readonly ids: IdSource },
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
  const object = { kind: product.capability, id: clientRef }
  const data = { state: notice.state.slice(0, 64), version: String(notice.version) }
  await appendAudit(tx, [{ scope, actor: { kind: 'bank', id: bankId }, action: 'product.changed', object, data }], {
    ids,
    now,
  })
  const letter = {
    scope,
    conversationId: product.conversation_id,
    runId: product.run_id,
    key: `${clientRef}:${notice.version}`,
    outcome: null,
    event: { name: 'changed', data: { product: product.bank_ref || clientRef, state: notice.state } },
  }
  await mailbox.tell(tx, [letter])
  return [product.conversation_id]
}
