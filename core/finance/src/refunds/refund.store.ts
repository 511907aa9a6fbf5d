import { Fault } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { forUpdate, plus, sqlOf } from '@inthread/store/sql'
import { findHold } from '../grants/use.store.ts'
import { moveBy, refundMachine, type RefundEvent } from '../schema/book-machines.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'

export interface RefundName {
  readonly scope: TenantScope
  readonly refundId: string
}

export function findRefund(reader: Reader, { scope, refundId }: RefundName): Promise<RefundRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('refund')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', refundId)
    .executeTakeFirst()
}

/** Reads a refund and keeps it for the rest of the transaction: every change of one begins here. */
export async function lockRefund(tx: Transaction, { scope, refundId }: RefundName): Promise<RefundRow> {
  const row = await sqlOf<FinanceTables>(tx)
    .selectFrom('refund')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', refundId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  if (!row) throw new Fault('refund.unknown', { data: { refund: refundId } })
  return row
}

type RefundChange = Partial<Omit<RefundRow, 'tenant_id' | 'id' | 'state' | 'version' | 'updated_at'>>

/** Takes a locked refund through its machine. */
export async function commitRefundMove(
  tx: Transaction,
  refund: RefundRow,
  move: { readonly event: RefundEvent; readonly change?: RefundChange; readonly now: Instant },
): Promise<RefundRow> {
  const state = moveBy(refundMachine, { from: refund.state, event: move.event })
  const moved = { ...move.change, state, version: refund.version + 1, updated_at: move.now }
  await update(tx, refund, moved)
  return { ...refund, ...moved }
}

/** Changes what is known about a refund without moving it. */
export function commitRefundChange(tx: Transaction, refund: RefundRow, change: RefundChange): Promise<void> {
  return update(tx, refund, change)
}

async function update(
  tx: Transaction,
  refund: Pick<RefundRow, 'tenant_id' | 'id'>,
  change: Partial<RefundRow>,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('refund')
    .set(change)
    .where('tenant_id', '=', refund.tenant_id)
    .where('id', '=', refund.id)
    .execute()
}

/** The seller, where a scene asks: what others sold, or to others, is not there for it. */
export interface Seller {
  readonly botId: string
  readonly plugin: string
  readonly subscriberId: string
}

/** By id or by the number that people read out. */
export async function findSold(
  reader: Reader,
  scope: TenantScope,
  { order, scene }: { readonly order: string; readonly scene: Seller | undefined },
): Promise<OrderRow | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where((where) => where.or([where('id', '=', order), where('number', '=', order)]))
    .executeTakeFirst()
  if (!row || !scene) return row
  const hold = await findHold(reader, row)
  const own = hold?.bot_id === scene.botId && hold.plugin === scene.plugin
  return own && row.subscriber_id === scene.subscriberId ? row : undefined
}

type PaidOrder = Pick<OrderRow, 'tenant_id' | 'id'>
type Captured = Pick<OrderRow, 'amount_minor' | 'captured_minor' | 'refunded_minor'>

/** What the user has paid, less where the bank has moved only a part; what points were worth is not given back. */
function paidOf({ amount_minor: amount, captured_minor: captured }: Omit<Captured, 'refunded_minor'>): bigint {
  return captured !== null && captured < amount ? captured : amount
}

/** What may still be given back of it. */
export function leftOf(order: Captured): bigint {
  return paidOf(order) - order.refunded_minor
}

/**
 * Takes a part of what was paid for one refund, by one conditional update: however many ask at once, all of them
 * together never give back more than was captured. False when it no longer fits.
 */
export async function takeFromCaptured(
  tx: Transaction,
  order: PaidOrder & Omit<Captured, 'refunded_minor'>,
  amountMinor: bigint,
): Promise<boolean> {
  const taken = await sqlOf<FinanceTables>(tx)
    .updateTable('bank_order')
    .set({ refunded_minor: plus(tx, 'refunded_minor', amountMinor) })
    .where('tenant_id', '=', order.tenant_id)
    .where('id', '=', order.id)
    .where('state', '=', 'succeeded')
    .where('refunded_minor', '<=', paidOf(order) - amountMinor)
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

/**
 * Whether the bank says of the payment itself that it is not there any more, or not yet, and nobody has decided what
 * that means: it may have gone back by another way, and what goes back once more is the merchant's own.
 */
export async function isDisputed(reader: Reader, order: PaidOrder): Promise<boolean> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('break_item')
    .select('id')
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .where('refund_id', 'is', null)
    .where('kind', '=', 'state_differs')
    .where('state', 'in', ['open', 'assigned'])
    .executeTakeFirst()
  return row !== undefined
}

/** The bank gave nothing back: it can be asked for again. */
export async function returnToCaptured(tx: Transaction, order: PaidOrder, amountMinor: bigint): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('bank_order')
    .set({ refunded_minor: plus(tx, 'refunded_minor', -amountMinor) })
    .where('tenant_id', '=', order.tenant_id)
    .where('id', '=', order.id)
    .execute()
}
