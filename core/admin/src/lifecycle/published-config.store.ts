import {
  makerNameOf,
  type Actor,
  type ListPart,
  type Reader,
  type TenantScope,
  type Transaction,
} from '@inthread/store'
import { behind, insertAll, sqlOf } from '@inthread/store/sql'
import type { AdminPorts } from '../ports.ts'
import type { InstallationName } from './installation.store.ts'
import type { InstallationRow, LifecycleTables, PublishedConfigRow } from './tables.ts'

interface Publishing {
  readonly actor: Actor
  readonly ports: Pick<AdminPorts, 'ids'>
}

/** Keeps what is in force from now on, and who said so. */
export async function savePublishedConfigs(
  tx: Transaction,
  rows: readonly InstallationRow[],
  { actor, ports }: Publishing,
): Promise<void> {
  const published = rows.map((row): PublishedConfigRow => {
    const { tenant_id, bot_id, plugin, version, config, config_version, updated_at: created_at } = row
    const actor_name = makerNameOf(actor)
    return { tenant_id, id: ports.ids.next(), bot_id, plugin, version, config, config_version, actor_name, created_at }
  })
  if (published.length > 0) await insertAll(tx, 'published_config', published)
}

type Place = Pick<InstallationName, 'bot' | 'plugin'>

/** The newest first. */
export function listPublishedConfigs(
  reader: Reader,
  scope: TenantScope,
  { bot, plugin, after, limit }: Place & ListPart,
): Promise<PublishedConfigRow[]> {
  let query = sqlOf<LifecycleTables>(reader)
    .selectFrom('published_config')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bot_id', '=', bot)
    .where('plugin', '=', plugin)
  if (after) query = query.where(behind({ at: 'created_at', id: 'id', down: true }, after))
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** How many there were. */
export async function erasePublishedConfigs(tx: Transaction, scope: TenantScope, place: Place): Promise<number> {
  const erased = await sqlOf<LifecycleTables>(tx)
    .deleteFrom('published_config')
    .where('tenant_id', '=', scope.tenantId)
    .where('bot_id', '=', place.bot)
    .where('plugin', '=', place.plugin)
    .executeTakeFirst()
  return Number(erased.numDeletedRows)
}
