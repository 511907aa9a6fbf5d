import type { ReadCommand, Slots, WriteCommand } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { IdSource, Reader, TenantScope, Transaction } from '@inthread/store'
import { insertAll, insertNew, mergeAll, sql, sqlOf } from '@inthread/store/sql'
import type { DocumentRow, MessagingTables } from '../schema/tables.ts'
import {
  expiryOf,
  getCollection,
  idOf,
  isPersonal,
  parseDocument,
  shapeOf,
  type CollectionRef,
  type Documents,
} from './documents.ts'
import { buildIndexRange, buildIndexValue, buildKey, indexIdOf } from './index-key.ts'
import { commitPersonal, readPersonal } from './personal.store.ts'
import { readStored } from './upgrade.ts'

export async function readDocuments(
  reader: Reader,
  scope: TenantScope,
  query: Documents & { readonly command: ReadCommand },
): Promise<readonly Slots[]> {
  const rows = isPersonal(query)
    ? await readPersonal(reader, scope, query)
    : await readPublic(reader, scope, { ...query, command: query.command })
  const found: Slots[] = []
  const leftOut = new Map<string, number>()
  for (const row of rows) {
    const document = await readStored(getCollection(query), row, query.upgrade)
    if (typeof document === 'string') leftOut.set(document, (leftOut.get(document) ?? 0) + 1)
    else found.push(document)
  }
  for (const [reason, documents] of leftOut) {
    const facts = { tenant: scope.tenantId, plugin: query.plugin.contract.declaration.id, reason, documents }
    query.ports.log.event('document.left_out', { ...facts, collection: query.collection })
  }
  return found
}

type Reading = CollectionRef & { readonly command: ReadCommand; readonly now: Instant }

async function readPublic(
  reader: Reader,
  scope: TenantScope,
  query: Reading,
): Promise<readonly { readonly document: Slots; readonly version: number }[]> {
  const { command } = query
  const keys = 'key' in command ? [command.key] : await findKeys(reader, scope, { ...query, command })
  if (keys.length === 0) return []
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('document')
    .select(['key', 'body', 'version'])
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', idOf(query))
    .where('key', 'in', keys)
    .where('expires_at', '>', query.now)
    .execute()
  const known = new Map(rows.map((row) => [row.key, row]))
  return keys.flatMap((key) => {
    const row = known.get(key)
    return row ? [{ document: decodeJson(row.body) as Slots, version: row.version }] : []
  })
}

type IndexCommand = Exclude<ReadCommand, { by: 'key'; key: string }>

async function findKeys(
  reader: Reader,
  scope: TenantScope,
  query: Reading & { readonly command: IndexCommand },
): Promise<readonly string[]> {
  const { by, where, limit } = query.command
  const range = buildIndexRange(getCollection(query), by, where)
  let found = sqlOf<MessagingTables>(reader)
    .selectFrom('document_index')
    .select('key')
    .where('tenant_id', '=', scope.tenantId)
    .where('index_id', '=', indexIdOf(query.plugin.contract.declaration.id, query.collection, by))
    .where('value', '>=', range.from)
    .where('expires_at', '>', query.now)
  if (range.before !== undefined) found = found.where('value', '<', range.before)
  const rows = await found.orderBy('value').orderBy('key').limit(sql.lit(limit)).execute()
  return rows.map((row) => row.key)
}

/**
 * Writes one document in the caller's transaction. False when an `insert` found a document with this key, which then
 * stays as it is.
 */
export async function commitDocument(
  tx: Transaction,
  scope: TenantScope,
  write: Documents & { readonly command: WriteCommand },
): Promise<boolean> {
  const { command } = write
  if (isPersonal(write)) return commitPersonal(tx, scope, write)
  if (command.act === 'remove') {
    await removeKeys(tx, scope, { ...write, keys: [command.key] })
    return true
  }
  const document = parseDocument(write, command.document)
  if (command.act === 'insert') return insertOne(tx, scope, { ...write, document })
  await commitDocuments(tx, scope, { ...write, ids: write.ports.ids, documents: [document] })
  return true
}

/** The row's stamp says whether it was this write that made it: two processes may insert one key at once. */
async function insertOne(
  tx: Transaction,
  scope: TenantScope,
  write: Documents & { readonly document: Slots },
): Promise<boolean> {
  const row = buildRow(scope, { ...write, ids: write.ports.ids }, write.document)
  const ofKey = { tenant_id: scope.tenantId, collection_id: row.collection_id, key: row.key }
  const db = sqlOf<MessagingTables>(tx)
  await db
    .deleteFrom('document')
    .where((where) => where.and(ofKey))
    .where('expires_at', '<=', write.now)
    .execute()
  await insertNew(tx, 'document', { rows: [row], key: 'key' })
  const there = await db
    .selectFrom('document')
    .select('stamp')
    .where((where) => where.and(ofKey))
    .executeTakeFirst()
  if (there?.stamp !== row.stamp) return false
  await replaceIndexes(tx, scope, { ...write, documents: [write.document], expiresAt: row.expires_at })
  return true
}

interface Written extends CollectionRef {
  readonly documents: readonly Slots[]
  readonly now: Instant
  readonly ids: IdSource
}

/** Puts documents beside those that are there, in place of those with the same keys. They have been checked. */
export async function commitDocuments(tx: Transaction, scope: TenantScope, written: Written): Promise<void> {
  const expiresAt = expiryOf(getCollection(written), written.now)
  for (const documents of slice(written.documents)) {
    await mergeAll(tx, 'document', {
      rows: documents.map((document) => buildRow(scope, written, document)),
      key: ['tenant_id', 'collection_id', 'key'],
      update: ['body', 'version', 'shape', 'stamp', 'expires_at', 'updated_at'],
    })
    await replaceIndexes(tx, scope, { ...written, documents, expiresAt })
  }
}

/** Puts a whole collection in place of what was there. The documents have been checked against the schema. */
export async function commitCollection(tx: Transaction, scope: TenantScope, written: Written): Promise<void> {
  await eraseCollection(tx, scope, written)
  const expiresAt = expiryOf(getCollection(written), written.now)
  for (const documents of slice(written.documents)) {
    const rows = documents.map((document) => buildRow(scope, written, document))
    await insertAll(tx, 'document', rows)
    await insertEntries(tx, scope, { ...written, documents, expiresAt })
  }
}

/** Portions of a large import, so that making their rows holds nobody up. */
function* slice(documents: readonly Slots[]): Generator<readonly Slots[]> {
  for (let from = 0; from < documents.length; from += 500) yield documents.slice(from, from + 500)
}

/** Erases every document of a collection, whoever it belongs to. */
export async function eraseCollection(tx: Transaction, scope: TenantScope, ref: CollectionRef): Promise<void> {
  const sqlTables = sqlOf<MessagingTables>(tx)
  for (const table of ['document', 'personal_document'] as const) {
    await sqlTables
      .deleteFrom(table)
      .where('tenant_id', '=', scope.tenantId)
      .where('collection_id', '=', idOf(ref))
      .execute()
  }
  // Also of indexes that the plugin had once: their names begin with the collection's.
  const prefix = `${idOf(ref)}/`
  await sqlTables
    .deleteFrom('document_index')
    .where('tenant_id', '=', scope.tenantId)
    .where('index_id', '>=', prefix)
    .where('index_id', '<', `${prefix.slice(0, -1)}0`)
    .execute()
}

async function removeKeys(
  tx: Transaction,
  scope: TenantScope,
  removed: CollectionRef & { readonly keys: readonly string[] },
): Promise<void> {
  const { keys } = removed
  if (keys.length === 0) return
  await sqlOf<MessagingTables>(tx)
    .deleteFrom('document')
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', idOf(removed))
    .where('key', 'in', [...keys])
    .execute()
  await removeEntries(tx, scope, removed)
}

interface Indexed extends CollectionRef {
  readonly documents: readonly Slots[]
  readonly expiresAt: Instant
}

/** What the indexes say of these documents, in place of what they said of their keys. */
export async function replaceIndexes(tx: Transaction, scope: TenantScope, written: Indexed): Promise<void> {
  const { key } = getCollection(written)
  await removeEntries(tx, scope, { ...written, keys: written.documents.map((document) => buildKey(key, document)) })
  await insertEntries(tx, scope, written)
}

async function insertEntries(tx: Transaction, scope: TenantScope, written: Indexed): Promise<void> {
  const entries = buildEntries(scope, written)
  if (entries.length > 0) await insertAll(tx, 'document_index', entries)
}

async function removeEntries(
  tx: Transaction,
  scope: TenantScope,
  { keys, ...ref }: CollectionRef & { readonly keys: readonly string[] },
): Promise<void> {
  const indexes = Object.keys(getCollection(ref).indexes)
  if (indexes.length === 0) return
  await sqlOf<MessagingTables>(tx)
    .deleteFrom('document_index')
    .where('tenant_id', '=', scope.tenantId)
    .where('key', 'in', [...keys])
    .where(
      'index_id',
      'in',
      indexes.map((index) => indexIdOf(ref.plugin.contract.declaration.id, ref.collection, index)),
    )
    .execute()
}

function buildRow(scope: TenantScope, written: Omit<Written, 'documents'>, document: Slots): DocumentRow {
  const declaration = getCollection(written)
  return {
    tenant_id: scope.tenantId,
    collection_id: idOf(written),
    key: buildKey(declaration.key, document),
    body: encodeJson(document),
    version: declaration.version,
    shape: shapeOf(declaration),
    stamp: written.ids.next(),
    expires_at: expiryOf(declaration, written.now),
    updated_at: written.now,
  }
}

function buildEntries(scope: TenantScope, written: Indexed): object[] {
  const declaration = getCollection(written)
  return Object.entries(declaration.indexes).flatMap(([index, fields]) =>
    written.documents.map((document) => ({
      tenant_id: scope.tenantId,
      index_id: indexIdOf(written.plugin.contract.declaration.id, written.collection, index),
      value: buildIndexValue(fields, document),
      key: buildKey(declaration.key, document),
      expires_at: written.expiresAt,
    })),
  )
}
