import { Fault } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { forUpdate, sqlOf } from '@inthread/store/sql'
import type { AttemptRow, ConfirmationRow, FinanceTables, OrderRow } from '../schema/tables.ts'
import { moveOrder, type OrderEvent } from './machine.ts'

export interface OrderName {
  readonly scope: TenantScope
  readonly orderId: string
}

export function findOrder(reader: Reader, { scope, orderId }: OrderName): Promise<OrderRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', orderId)
    .executeTakeFirst()
}

export async function getOrder(reader: Reader, order: OrderName): Promise<OrderRow> {
  const row = await findOrder(reader, order)
  if (!row) throw new Fault('order.unknown', { data: { order: order.orderId } })
  return row
}

/** Reads an order and keeps it for the rest of the transaction: every change of an order begins here. */
export async function lockOrder(tx: Transaction, { scope, orderId }: OrderName): Promise<OrderRow> {
  const row = await sqlOf<FinanceTables>(tx)
    .selectFrom('bank_order')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', orderId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  if (!row) throw new Fault('order.unknown', { data: { order: orderId } })
  return row
}

export type OrderChange = Partial<Omit<OrderRow, 'tenant_id' | 'id' | 'state' | 'version' | 'updated_at'>>

/** Takes a locked order through its machine. The version grows with every step, and nothing leaves a terminal state. */
export async function commitMove(
  tx: Transaction,
  order: OrderRow,
  move: { readonly event: OrderEvent; readonly change?: OrderChange; readonly now: Instant },
): Promise<OrderRow> {
  const moved: OrderRow = {
    ...order,
    ...move.change,
    state: moveOrder(order.state, move.event),
    version: order.version + 1,
    updated_at: move.now,
  }
  const updated = await sqlOf<FinanceTables>(tx)
    .updateTable('bank_order')
    .set({ ...move.change, state: moved.state, version: moved.version, updated_at: move.now })
    .where('tenant_id', '=', order.tenant_id)
    .where('id', '=', order.id)
    .where('version', '=', order.version)
    .executeTakeFirst()
  if (updated.numUpdatedRows !== 1n) throw new Fault('order.version_moved', { data: { order: order.id } })
  return moved
}

/** Changes what is known about an order without moving it. */
export async function commitChange(
  tx: Transaction,
  order: Pick<OrderRow, 'tenant_id' | 'id'>,
  change: OrderChange,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('bank_order')
    .set(change)
    .where('tenant_id', '=', order.tenant_id)
    .where('id', '=', order.id)
    .execute()
}

export function findConfirmation(reader: Reader, { scope, orderId }: OrderName): Promise<ConfirmationRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('confirmation')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('order_id', '=', orderId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
}

export async function commitConfirmation(
  tx: Transaction,
  row: Pick<ConfirmationRow, 'tenant_id' | 'id'>,
  change: Partial<ConfirmationRow>,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('confirmation')
    .set(change)
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.id)
    .execute()
}

/** Of an order that is over: no question is open any more that its user could still answer. */
export async function endConfirmations(
  tx: Transaction,
  order: Pick<OrderRow, 'tenant_id' | 'id'>,
  { state, now }: { readonly state: 'expired' | 'superseded'; readonly now: Instant },
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('confirmation')
    .set({ state, updated_at: now })
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .where('state', '=', 'pending')
    .execute()
}

export function listAttempts(reader: Reader, { scope, orderId }: OrderName): Promise<AttemptRow[]> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('attempt')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('order_id', '=', orderId)
    .orderBy('n')
    .execute()
}

/**
 * Written down before the bank hears of it: what was sent is asked about before it is sent again, whoever sent it, and
 * the time from which on "not found" may become final runs from here.
 */
export async function stampAttempt(
  tx: Transaction,
  { tenant_id, order_id, n }: Pick<AttemptRow, 'tenant_id' | 'order_id' | 'n'>,
  now: Instant,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('attempt')
    .set({ sent_at: now })
    .where('tenant_id', '=', tenant_id)
    .where('order_id', '=', order_id)
    .where('n', '=', n)
    .execute()
}

/** The n-th time that an order is to be sent, always under its own id. */
export function planAttempt(order: Pick<OrderRow, 'tenant_id' | 'id'>, n: number): AttemptRow {
  const name = { tenant_id: order.tenant_id, order_id: order.id, n, bank_key: order.id }
  return { ...name, sent_at: notSent, answered_at: null, outcome: null, code: null }
}

const notSent = 0

export function wasSent({ sent_at: at }: Pick<AttemptRow, 'sent_at'>): boolean {
  return at !== notSent
}
