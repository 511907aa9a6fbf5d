import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { insertNew, mergeAll, plus, sql, sqlOf } from '@inthread/store/sql'
import type { AdminTables } from '../tenants/tenant.store.ts'
import type { InstallationRow, LifecycleTables, ReceiptRow } from './tables.ts'

export interface InstallationName {
  readonly tenant: string
  readonly bot: string
  readonly plugin: string
}

export function listInstallations(reader: Reader, scope: TenantScope): Promise<InstallationRow[]> {
  return sqlOf<LifecycleTables>(reader)
    .selectFrom('installation')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('bot_id')
    .orderBy('plugin')
    .limit(sql.lit(1000))
    .execute()
}

export function findInstallation(
  reader: Reader,
  scope: TenantScope,
  name: Pick<InstallationName, 'bot' | 'plugin'>,
): Promise<InstallationRow | undefined> {
  return sqlOf<LifecycleTables>(reader)
    .selectFrom('installation')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bot_id', '=', name.bot)
    .where('plugin', '=', name.plugin)
    .executeTakeFirst()
}

export async function saveInstallations(tx: Transaction, rows: readonly InstallationRow[]): Promise<void> {
  if (rows.length > 0)
    await mergeAll(tx, 'installation', {
      rows,
      key: ['tenant_id', 'bot_id', 'plugin'],
      update: ['version', 'state', 'config', 'config_version', 'updated_at'],
    })
}

/** Those that a definition of before has had without a row. */
export async function saveMissingInstallations(tx: Transaction, rows: readonly InstallationRow[]): Promise<void> {
  if (rows.length > 0) await insertNew(tx, 'installation', { rows, key: 'plugin' })
}

/** Only from the state and version it was read in. */
export async function moveInstallation(
  tx: Transaction,
  row: InstallationRow,
  change: Partial<Pick<InstallationRow, 'state' | 'version' | 'config' | 'config_version'>> & {
    readonly updated_at: number
  },
): Promise<boolean> {
  const moved = await sqlOf<LifecycleTables>(tx)
    .updateTable('installation')
    .set(change)
    .where('tenant_id', '=', row.tenant_id)
    .where('bot_id', '=', row.bot_id)
    .where('plugin', '=', row.plugin)
    .where('state', '=', row.state)
    .where('version', '=', row.version)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

/** Every process follows the tenant's epoch: with it, it reads the installations anew. */
export async function raiseEpoch(tx: Transaction, scope: TenantScope): Promise<void> {
  await sqlOf<AdminTables>(tx)
    .updateTable('tenant')
    .set({ epoch: plus(tx, 'epoch', 1) })
    .where('tenant_id', '=', scope.tenantId)
    .execute()
}

export async function saveReceipt(tx: Transaction, row: ReceiptRow): Promise<void> {
  await insertNew(tx, 'erasure_receipt', { rows: [row], key: 'id' })
}
