import type { Kill, KillLevel } from '@inthread/messaging/ports'
import type { ListPart, Reader, Transaction } from '@inthread/store'
import { behind, insertAll, sql, sqlOf } from '@inthread/store/sql'
import type { KillRow, LifecycleTables } from '../lifecycle/tables.ts'

/** Every switch that is thrown: by people, and by packages that are suspended or revoked. */
export async function listKills(reader: Reader): Promise<readonly Kill[]> {
  const db = sqlOf<LifecycleTables>(reader)
  const rows = await db
    .selectFrom('kill_switch')
    .selectAll()
    .where('lifted_at', 'is', null)
    .orderBy('id')
    .limit(sql.lit(1000))
    .execute()
  const withdrawn = await db
    .selectFrom('package')
    .select(['id', 'version', 'state'])
    .where('state', 'in', ['suspended', 'revoked'])
    .orderBy('id')
    .limit(sql.lit(1000))
    .execute()
  return [
    ...rows.map(toKill),
    ...withdrawn.map(({ id, version, state }): Kill => ({
      level: state === 'revoked' ? 'code' : 'runs',
      plugin: id,
      version,
    })),
  ]
}

function toKill({ level, plugin, version, tenant, capability, provider }: KillRow): Kill {
  return {
    level: level as KillLevel,
    ...(plugin === null ? {} : { plugin }),
    ...(version === null ? {} : { version }),
    ...(tenant === null ? {} : { tenant }),
    ...(capability === null ? {} : { capability }),
    ...(provider === null ? {} : { provider }),
  }
}

/** Those that people have thrown and nobody has lifted, the latest first. */
export function listThrown(reader: Reader, { after, limit }: ListPart): Promise<KillRow[]> {
  let query = sqlOf<LifecycleTables>(reader).selectFrom('kill_switch').selectAll().where('lifted_at', 'is', null)
  if (after) query = query.where(behind({ at: 'created_at', id: 'id', down: true }, after))
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export async function saveKill(tx: Transaction, row: KillRow): Promise<void> {
  await insertAll(tx, 'kill_switch', [row])
}

export function findKill(reader: Reader, id: string): Promise<KillRow | undefined> {
  return sqlOf<LifecycleTables>(reader).selectFrom('kill_switch').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function liftKill(tx: Transaction, id: string, now: number): Promise<boolean> {
  const lifted = await sqlOf<LifecycleTables>(tx)
    .updateTable('kill_switch')
    .set({ lifted_at: now })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  return lifted.numUpdatedRows === 1n
}
