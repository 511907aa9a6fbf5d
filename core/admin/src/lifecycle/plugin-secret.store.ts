import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { mergeAll, sql, sqlOf } from '@inthread/store/sql'
import type { InstallationName } from './installation.store.ts'
import type { LifecycleTables, PluginSecretRow } from './tables.ts'

export type SecretPlace = Pick<InstallationName, 'bot' | 'plugin'>

/** What a tenant has entered for its plugins, sealed. */
export function listPluginSecrets(
  reader: Reader,
  scope: TenantScope,
  place?: SecretPlace,
): Promise<readonly PluginSecretRow[]> {
  let query = sqlOf<LifecycleTables>(reader)
    .selectFrom('plugin_secret')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
  if (place) query = query.where('bot_id', '=', place.bot).where('plugin', '=', place.plugin)
  return query.orderBy('bot_id').orderBy('plugin').orderBy('name').limit(sql.lit(10_000)).execute()
}

/** In place of the one of before, which is gone. */
export async function savePluginSecret(tx: Transaction, row: PluginSecretRow): Promise<void> {
  await mergeAll(tx, 'plugin_secret', {
    rows: [row],
    key: ['tenant_id', 'bot_id', 'plugin', 'name'],
    update: ['value', 'set_at', 'set_by'],
  })
}

/** One of them, or all when none is named. How many there were. */
export async function erasePluginSecrets(
  tx: Transaction,
  scope: TenantScope,
  { bot, plugin, name }: SecretPlace & { readonly name?: string },
): Promise<number> {
  let query = sqlOf<LifecycleTables>(tx)
    .deleteFrom('plugin_secret')
    .where('tenant_id', '=', scope.tenantId)
    .where('bot_id', '=', bot)
    .where('plugin', '=', plugin)
  if (name !== undefined) query = query.where('name', '=', name)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}
