import type { Instant } from '@inthread/sdk/time'
import { appendAudit, openScope, type Actor, type IdSource, type Transaction } from '@inthread/store'
import type { RefundRow } from '../schema/book-tables.ts'

export interface RefundAudit {
  readonly refund: Pick<RefundRow, 'tenant_id' | 'id'>
  readonly action: string
  readonly by: Actor
  readonly now: Instant
}

export function auditRefund(
  tx: Transaction,
  { refund, action, by, now }: RefundAudit,
  { ids }: { readonly ids: IdSource },
): Promise<void> {
  const scope = openScope(refund.tenant_id)
  return appendAudit(tx, [{ scope, actor: by, action, object: { kind: 'refund', id: refund.id } }], { ids, now })
}
