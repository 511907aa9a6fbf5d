import type { Slots } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, Store, TenantScope, Transaction } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { DocumentRow, MessagingTables } from '../schema/tables.ts'
import {
  getCollection,
  idOf,
  isPersonal,
  shapeOf,
  stuckShapeOf,
  type CollectionRef,
  type Documents,
} from './documents.ts'
import { replaceIndexes } from './documents.store.ts'
import { openPersonal, sealPersonal } from './personal.store.ts'
import { readStored } from './upgrade.ts'

/** A row of either table; only personal ones have an owner. */
type AnyRow = DocumentRow & { readonly owner?: string }
type TableName = 'document' | 'personal_document'

/** Erases documents whose time is over, a bounded number at once; how many there were. */
export async function sweepExpired(store: Store, now: Instant, limit: number): Promise<number> {
  let swept = 0
  for (const table of ['document', 'personal_document'] as const) {
    const rows = await store.read('document.expired', (reader) =>
      sqlOf<MessagingTables>(reader)
        .selectFrom(table)
        .select(['tenant_id', 'collection_id', 'key', 'stamp'])
        .where('expires_at', '<=', now)
        .orderBy('expires_at')
        .limit(sql.lit(limit))
        .execute(),
    )
    if (rows.length === 0) continue
    await store.write('document.expire', async (tx) => {
      for (const row of rows) await eraseExpired(tx, { table, row, now })
    })
    swept += rows.length
  }
  return swept
}

/** Only as it was found: a document that was written anew meanwhile has a new life. */
async function eraseExpired(
  tx: Transaction,
  { table, row, now }: { readonly table: TableName; readonly row: ExpiredRow; readonly now: Instant },
): Promise<void> {
  const db = sqlOf<MessagingTables>(tx)
  const erased = await db
    .deleteFrom(table)
    .where('tenant_id', '=', row.tenant_id)
    .where('collection_id', '=', row.collection_id)
    .where('key', '=', row.key)
    .where('stamp', '=', row.stamp)
    .executeTakeFirst()
  if (table === 'personal_document' || erased.numDeletedRows === 0n) return
  const prefix = `${row.collection_id}/`
  await db
    .deleteFrom('document_index')
    .where('tenant_id', '=', row.tenant_id)
    .where('key', '=', row.key)
    .where('index_id', '>=', prefix)
    .where('index_id', '<', `${row.collection_id}0`)
    .where('expires_at', '<=', now)
    .execute()
}

type ExpiredRow = Pick<DocumentRow, 'tenant_id' | 'collection_id' | 'key' | 'stamp'>

export interface Upgrading extends Omit<Documents, 'owner' | 'now'> {
  readonly limit: number
}

export interface Upgraded {
  readonly upgraded: number
  /** Could not be upgraded: left as they are until the plugin's next version. */
  readonly stuck: number
}

/** Brings the next documents of a collection into its present shape. Nothing found means that all are. */
export async function upgradeBatch(store: Store, scope: TenantScope, upgrading: Upgrading): Promise<Upgraded> {
  const rows = await store.read('document.outdated', (reader) => findOutdated(reader, scope, upgrading))
  const brought: Brought[] = []
  // Before the transaction: what upgrades a document may run elsewhere.
  for (const row of rows) brought.push({ row, document: await bring(row, upgrading) })
  if (brought.length === 0) return { upgraded: 0, stuck: 0 }
  await store.write('document.upgrade', async (tx) => {
    for (const each of brought) await commitBrought(tx, scope, { ...each, upgrading })
  })
  const stuck = brought.filter(({ document }) => document === undefined).length
  return { upgraded: brought.length - stuck, stuck }
}

interface Brought {
  readonly row: AnyRow
  readonly document: Slots | undefined
}

/** One side of the present shape after the other, so that both databases walk their index. */
export async function findOutdated(reader: Reader, scope: TenantScope, upgrading: Outdated): Promise<AnyRow[]> {
  const declaration = getCollection(upgrading)
  const shape = shapeOf(declaration)
  for (const side of ['<', '>'] as const) {
    const rows = await sqlOf<MessagingTables>(reader)
      .selectFrom(isPersonal(upgrading) ? 'personal_document' : 'document')
      .selectAll()
      .where('tenant_id', '=', scope.tenantId)
      .where('collection_id', '=', idOf(upgrading))
      .where('shape', side, shape)
      .where('shape', '<>', stuckShapeOf(upgrading))
      // Of a later version: written by a newer plugin beside this one.
      .where('version', '<=', declaration.version)
      .orderBy('shape')
      .limit(sql.lit(upgrading.limit))
      .execute()
    if (rows.length > 0) return rows as AnyRow[]
  }
  return []
}

type Outdated = CollectionRef & { readonly limit: number }

async function bring(row: AnyRow, upgrading: Upgrading): Promise<Slots | undefined> {
  const declaration = getCollection(upgrading)
  const { owner } = row
  const stored =
    owner === undefined
      ? { document: decodeJson(row.body) as Slots, version: row.version }
      : openPersonal({ ...row, owner }, upgrading.ports)
  const document = await readStored(declaration, stored, upgrading.upgrade)
  if (typeof document === 'string') return undefined
  // A document keeps its name: under another one it would stand there twice. A personal one's cannot be compared.
  const renamed = owner === undefined && String(document[declaration.key]) !== row.key
  return renamed ? undefined : document
}

async function commitBrought(
  tx: Transaction,
  scope: TenantScope,
  { row, document, upgrading }: Brought & { readonly upgrading: Upgrading },
): Promise<void> {
  const declaration = getCollection(upgrading)
  const change = document
    ? {
        body: encode(row, document, upgrading),
        version: declaration.version,
        shape: shapeOf(declaration),
      }
    : { shape: stuckShapeOf(upgrading) }
  const changed = await sqlOf<MessagingTables>(tx)
    .updateTable(row.owner === undefined ? 'document' : 'personal_document')
    .set(change)
    .where('tenant_id', '=', row.tenant_id)
    .where('collection_id', '=', row.collection_id)
    .where('key', '=', row.key)
    // A write that came meanwhile is newer than what was read.
    .where('stamp', '=', row.stamp)
    .executeTakeFirst()
  if (!document || row.owner !== undefined || changed.numUpdatedRows === 0n) return
  const { plugin, collection } = upgrading
  await replaceIndexes(tx, scope, { plugin, collection, documents: [document], expiresAt: row.expires_at })
}

function encode(row: AnyRow, document: Slots, { ports }: Upgrading): string {
  const { owner } = row
  return owner === undefined ? encodeJson(document) : sealPersonal({ ...row, owner }, document, ports)
}
