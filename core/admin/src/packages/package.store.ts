import type { Reader, Transaction } from '@inthread/store'
import { insertNew, mergeAll, sql, sqlOf } from '@inthread/store/sql'
import type { LifecycleTables, PackageRow, PublisherRow } from '../lifecycle/tables.ts'
import type { PackageState } from '../lifecycle/states.ts'

export type PackageHead = Omit<PackageRow, 'manifest' | 'bundle' | 'signature'>

export type ProvidingRow = Pick<PackageRow, 'id' | 'version' | 'manifest'>

const headColumns = ['id', 'version', 'publisher', 'digest', 'state', 'provides', 'created_at', 'updated_at'] as const

/** Every version of a package, or of all, without its code. */
export function listPackages(reader: Reader, id?: string): Promise<PackageHead[]> {
  let query = sqlOf<LifecycleTables>(reader).selectFrom('package').select(headColumns)
  if (id !== undefined) query = query.where('id', '=', id)
  return query.orderBy('id').orderBy('version').limit(sql.lit(10_000)).execute()
}

export function findPackage(reader: Reader, id: string, version: string): Promise<PackageRow | undefined> {
  return sqlOf<LifecycleTables>(reader)
    .selectFrom('package')
    .selectAll()
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** Who signed a version, without its code; the signature is null of what comes with the platform. */
export function findSignature(
  reader: Reader,
  id: string,
  version: string,
): Promise<Pick<PackageRow, 'publisher' | 'digest' | 'state' | 'signature'> | undefined> {
  return sqlOf<LifecycleTables>(reader)
    .selectFrom('package')
    .select(['publisher', 'digest', 'state', 'signature'])
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** Uploaded packages that hold a dialogue of one of these capabilities, with what they say about it. */
export async function listProviding(reader: Reader, capabilities: readonly string[]): Promise<ProvidingRow[]> {
  if (capabilities.length === 0) return []
  return sqlOf<LifecycleTables>(reader)
    .selectFrom('package')
    .select(['id', 'version', 'manifest'])
    .where('provides', 'in', capabilities)
    .where('bundle', 'is not', null)
    .where('state', '!=', 'revoked')
    .orderBy('id')
    .orderBy('version')
    .execute()
}

export async function saveNewPackage(tx: Transaction, row: PackageRow): Promise<void> {
  await insertNew(tx, 'package', { rows: [row], key: 'id' })
}

/** A plugin that comes with the platform: its sources are what they are, under the version they say. */
export async function mergeOwnPackages(tx: Transaction, rows: readonly PackageRow[]): Promise<void> {
  if (rows.length > 0)
    await mergeAll(tx, 'package', {
      rows,
      key: ['id', 'version'],
      update: ['publisher', 'digest', 'provides', 'updated_at'],
    })
}

/** Only from the state it was read in: of two people who decide at once, one is told. */
export async function movePackage(
  tx: Transaction,
  row: Pick<PackageRow, 'id' | 'version' | 'state'>,
  to: { readonly state: PackageState; readonly now: number },
): Promise<boolean> {
  const moved = await sqlOf<LifecycleTables>(tx)
    .updateTable('package')
    .set({ state: to.state, updated_at: to.now })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('state', '=', row.state)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

export function findPublisher(reader: Reader, id: string): Promise<PublisherRow | undefined> {
  return sqlOf<LifecycleTables>(reader).selectFrom('publisher').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function savePublisher(tx: Transaction, row: PublisherRow): Promise<void> {
  await mergeAll(tx, 'publisher', { rows: [row], key: ['id'], update: ['public_key', 'tier', 'state'] })
}
