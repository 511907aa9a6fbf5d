import { createHash } from 'node:crypto'
import type { Reader, Sealer, TenantScope, Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'

export interface LinkQuery {
  readonly bankId: string
  readonly subscriberId: string
  readonly sealer: Sealer
}

/** The bank's name of this subscriber, if it gave one before. */
export async function findLink(
  reader: Reader,
  scope: TenantScope,
  { bankId, subscriberId, sealer }: LinkQuery,
): Promise<string | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_link')
    .select('link')
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('subscriber_id', '=', subscriberId)
    .executeTakeFirst()
  return (
    row &&
    sealer.open(
      { tenant: scope.tenantId, table: 'bank_link', column: 'link', row: `${bankId}/${subscriberId}` },
      row.link,
    )
  )
}

/** By which a notice of the bank that names a link finds whose it is; the link itself is sealed. */
export function digestOfLink(link: string): string {
  return createHash('sha256').update(link).digest('hex')
}

export async function findLinkHolder(
  reader: Reader,
  scope: TenantScope,
  { bankId, link }: { readonly bankId: string; readonly link: string },
): Promise<string | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_link')
    .select('subscriber_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('link_digest', '=', digestOfLink(link))
    .where('bank_id', '=', bankId)
    .executeTakeFirst()
  return row?.subscriber_id
}

export async function dropLink(
  tx: Transaction,
  order: Pick<OrderRow, 'tenant_id' | 'bank_id' | 'subscriber_id'>,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .deleteFrom('bank_link')
    .where('tenant_id', '=', order.tenant_id)
    .where('bank_id', '=', order.bank_id)
    .where('subscriber_id', '=', order.subscriber_id)
    .execute()
}
