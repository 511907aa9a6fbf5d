import { encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { deriveId, type Transaction } from '@inthread/store'
import { insertNew } from '@inthread/store/sql'
import type { BreakRow } from '../schema/book-tables.ts'
import type { OrderRow } from '../schema/tables.ts'

export interface FoundBreak {
  readonly kind: string
  readonly detail: unknown
  readonly now: Instant
}

/**
 * Something that the bank's word and ours do not agree on: kept until people have decided it. Found twice, it is one
 * break.
 */
export function openBreak(
  tx: Transaction,
  order: Pick<OrderRow, 'tenant_id' | 'id' | 'bank_id'>,
  found: FoundBreak,
): Promise<void> {
  const about = { tenant_id: order.tenant_id, bank_id: order.bank_id, order_id: order.id, refund_id: null }
  return openBreakAbout(tx, { ...about, parent: order.id }, found)
}

/** What a break is about; `parent` names it, so that the same finding is the same break. */
export type BreakSubject = Pick<BreakRow, 'tenant_id' | 'bank_id' | 'order_id' | 'refund_id'> & {
  readonly parent: string
}

export async function openBreakAbout(
  tx: Transaction,
  { parent, ...about }: BreakSubject,
  found: FoundBreak,
): Promise<void> {
  const row: BreakRow = {
    ...about,
    id: deriveId(parent, 'break', found.kind),
    kind: found.kind,
    state: 'open',
    detail: encodeJson(found.detail),
    opened_at: found.now,
    assignee: null,
    decision: null,
    decided_at: null,
    alarmed_at: null,
  }
  await insertNew(tx, 'break_item', { rows: [row], key: 'id' })
}
