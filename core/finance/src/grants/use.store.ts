import { openScope, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import { addAll, forUpdate, insertAll, insertNew, plus, sqlOf } from '@inthread/store/sql'
import type { FinanceTables, GrantHoldRow, GrantUseRow, OrderRow } from '../schema/tables.ts'
import type { GrantWindow } from './list-windows.ts'

type WindowName = Pick<GrantWindow, 'place' | 'span'>

/** What has been used of these windows; one in which nothing happened yet is missing. */
export async function readUse(
  reader: Reader,
  scope: TenantScope,
  windows: readonly WindowName[],
): Promise<ReadonlyMap<string, GrantUseRow>> {
  if (windows.length === 0) return new Map()
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('grant_use')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('place', 'in', [...new Set(windows.map(({ place }) => place))])
    .where('span', 'in', [...new Set(windows.map(({ span }) => span))])
    .execute()
  return new Map(rows.map((row) => [keyOf(row), row]))
}

export const keyOf = ({ place, span }: WindowName): string => `${place} ${span}`

/** A window that nothing was taken from yet. */
function buildRow(scope: TenantScope, { place, span, forgetAt }: GrantWindow): GrantUseRow {
  return { tenant_id: scope.tenantId, place, span, used_minor: 0n, calls: 0, forget_at: forgetAt }
}

export async function openWindows(tx: Transaction, scope: TenantScope, windows: readonly GrantWindow[]): Promise<void> {
  if (windows.length === 0) return
  await insertNew(tx, 'grant_use', { rows: windows.map((window) => buildRow(scope, window)), key: 'span' })
}

/** From here on nobody else adds to these windows before this transaction is over. */
export async function lockWindows(tx: Transaction, scope: TenantScope, windows: readonly GrantWindow[]): Promise<void> {
  await openWindows(tx, scope, windows)
  for (const { place, span } of windows)
    await sqlOf<FinanceTables>(tx)
      .selectFrom('grant_use')
      .select('span')
      .where('tenant_id', '=', scope.tenantId)
      .where('place', '=', place)
      .where('span', '=', span)
      .modifyEnd(forUpdate(tx))
      .execute()
}

/** Adds up what is used where nothing limits it. */
export async function addToWindows(
  tx: Transaction,
  scope: TenantScope,
  { windows, amountMinor }: { readonly windows: readonly GrantWindow[]; readonly amountMinor: bigint },
): Promise<void> {
  if (windows.length === 0) return
  const rows = windows.map((window) => ({ ...buildRow(scope, window), used_minor: amountMinor, calls: 1 }))
  await addAll(tx, 'grant_use', { rows, key: ['tenant_id', 'place', 'span'], add: ['used_minor', 'calls'] })
}

/**
 * Takes part of a window, by one conditional update: however many ask at once, in however many processes, no more is
 * taken than there is. False when it no longer fits. The difference is made here, so no sum can overflow.
 */
export async function takeFromWindow(
  tx: Transaction,
  scope: TenantScope,
  { window, amountMinor }: { readonly window: GrantWindow; readonly amountMinor: bigint },
): Promise<boolean> {
  const update = sqlOf<FinanceTables>(tx)
    .updateTable('grant_use')
    .set({ used_minor: plus(tx, 'used_minor', amountMinor), calls: plus(tx, 'calls', 1) })
    .where('tenant_id', '=', scope.tenantId)
    .where('place', '=', window.place)
    .where('span', '=', window.span)
  const { cap = 0n } = window
  const fitting =
    window.ceiling === 'perMinute'
      ? update.where('calls', '<', Number(cap))
      : update.where('used_minor', '<=', cap - amountMinor)
  return (await fitting.executeTakeFirst()).numUpdatedRows === 1n
}

export interface GivenBack {
  readonly windows: readonly WindowName[]
  readonly amountMinor: bigint
  /** 1 for a call that did not come about; 0 for one that was made and came to nothing. */
  readonly calls: 0 | 1
}

export async function giveBack(tx: Transaction, scope: TenantScope, given: GivenBack): Promise<void> {
  for (const { place, span } of given.windows) {
    await sqlOf<FinanceTables>(tx)
      .updateTable('grant_use')
      .set({ used_minor: plus(tx, 'used_minor', -given.amountMinor), calls: plus(tx, 'calls', -given.calls) })
      .where('tenant_id', '=', scope.tenantId)
      .where('place', '=', place)
      .where('span', '=', span)
      .execute()
  }
}

export function insertHold(tx: Transaction, row: GrantHoldRow): Promise<void> {
  return insertAll(tx, 'grant_hold', [row])
}

export async function findHold(
  reader: Reader,
  order: Pick<OrderRow, 'tenant_id' | 'id'>,
): Promise<GrantHoldRow | undefined> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('grant_hold')
    .selectAll()
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .executeTakeFirst()
}

/**
 * Gives back what an order holds of its grants: once, whoever says so first. An order whose outcome is unknown keeps
 * what it holds, because the money may have moved.
 */
export async function releaseGrants(tx: Transaction, order: Pick<OrderRow, 'tenant_id' | 'id'>): Promise<void> {
  const released = await sqlOf<FinanceTables>(tx)
    .updateTable('grant_hold')
    .set({ state: 'released' })
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .where('state', '=', 'held')
    .executeTakeFirst()
  if (released.numUpdatedRows !== 1n) return
  const hold = await findHold(tx, order)
  if (!hold) return
  const windows = JSON.parse(hold.windows) as readonly WindowName[]
  await giveBack(tx, openScope(order.tenant_id), { windows, amountMinor: hold.amount_minor, calls: 0 })
}

/** How surely the bank came to know who confirms an order. */
export async function recordStrength(
  tx: Transaction,
  order: Pick<OrderRow, 'tenant_id' | 'id'>,
  strength: string,
): Promise<void> {
  await sqlOf<FinanceTables>(tx)
    .updateTable('grant_hold')
    .set({ strength_reached: strength })
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .execute()
}

/** Windows that are long over. */
export async function forgetUse(tx: Transaction, now: number): Promise<void> {
  await sqlOf<FinanceTables>(tx).deleteFrom('grant_use').where('forget_at', '<', now).execute()
}
