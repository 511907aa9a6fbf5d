import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { deriveId, type Transaction } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'
import type { BreakRow } from '../schema/book-tables.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'

export interface FoundBreak {
  readonly kind: string
  readonly detail: unknown
  readonly now: Instant
}

/** A finding that the bank's own word has led to; `version` is that of the resource it spoke of. */
export interface ToldBreak extends FoundBreak {
  readonly version?: number
}

/**
 * Something that the bank's word and ours do not agree on: kept until people have decided it. Said again it is the same
 * break, with the bank's last word in it; what the bank says in a later version after it was decided is another one.
 */
export function openBreak(
  tx: Transaction,
  order: Pick<OrderRow, 'tenant_id' | 'id' | 'bank_id'>,
  found: ToldBreak,
): Promise<void> {
  const about = { tenant_id: order.tenant_id, bank_id: order.bank_id, order_id: order.id, refund_id: null }
  return openTold(tx, about, found)
}

/** For whoever holds the order or the refund that it is about, so that one comes after the other. */
export async function openTold(
  tx: Transaction,
  about: Omit<BreakSubject, 'parent'>,
  { version, ...found }: ToldBreak,
): Promise<void> {
  const open = await sqlOf<FinanceTables>(tx)
    .selectFrom('break_item')
    .selectAll()
    .where('tenant_id', '=', about.tenant_id)
    .where('order_id', '=', about.order_id)
    .where('kind', '=', found.kind)
    .where('state', 'in', ['open', 'assigned'])
    .execute()
  const same = open.find((row) => row.refund_id === about.refund_id && !isOfStatement(row))
  const id = about.refund_id ?? about.order_id
  if (!same)
    return openBreakAbout(tx, { ...about, parent: version === undefined ? id : deriveId(id, 'word', version) }, found)
  await sqlOf<FinanceTables>(tx)
    .updateTable('break_item')
    .set({ detail: encodeJson(found.detail) })
    .where('tenant_id', '=', same.tenant_id)
    .where('id', '=', same.id)
    .execute()
}

/**
 * A day's line has said it, or its absence, or its fees were left when a conflict ended: that is another finding than
 * the bank's answer or notice.
 */
export function isOfStatement({ detail }: BreakRow): boolean {
  const { day, of } = decodeJson(detail) as { readonly day?: unknown; readonly of?: unknown }
  return day !== undefined || of !== undefined
}

/** What a break is about; `parent` names the finding, so that the same one is the same break. */
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
