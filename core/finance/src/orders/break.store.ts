import { encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { deriveId, type Transaction } from '@inthread/store'
import { insertNew } from '@inthread/store/sql'
import type { BreakRow, OrderRow } from '../schema/tables.ts'

/**
 * Something that the bank's word and ours do not agree on: kept until people have decided it. Found twice, it is one
 * break.
 */
export async function openBreak(
  tx: Transaction,
  order: OrderRow,
  found: { readonly kind: string; readonly detail: unknown; readonly now: Instant },
): Promise<void> {
  const row: BreakRow = {
    tenant_id: order.tenant_id,
    id: deriveId(order.id, 'break', found.kind),
    order_id: order.id,
    kind: found.kind,
    state: 'open',
    detail: encodeJson(found.detail),
    opened_at: found.now,
  }
  await insertNew(tx, 'break_item', { rows: [row], key: 'id' })
}
