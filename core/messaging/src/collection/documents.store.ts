import type { CollectionDeclaration, Plugin, ReadCommand, Slots } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'
import { buildIndexRange, buildIndexValue, buildKey, collectionIdOf, indexIdOf } from './index-key.ts'

export interface CollectionRef {
  readonly plugin: Plugin
  readonly collection: string
}

export async function readDocuments(
  reader: Reader,
  scope: TenantScope,
  query: CollectionRef & { readonly command: ReadCommand },
): Promise<readonly Slots[]> {
  const { id: plugin } = query.plugin.contract.declaration
  const collectionId = collectionIdOf(plugin, query.collection)
  const keys =
    'key' in query.command ? [query.command.key] : await findKeys(reader, scope, { ...query, command: query.command })
  if (keys.length === 0) return []
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('document')
    .select(['key', 'body'])
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', collectionId)
    .where('key', 'in', keys)
    .execute()
  const bodies = new Map(rows.map((row) => [row.key, decodeJson(row.body) as Slots]))
  return keys.flatMap((key) => {
    const body = bodies.get(key)
    return body ? [body] : []
  })
}

type IndexCommand = Exclude<ReadCommand, { by: 'key'; key: string }>

async function findKeys(
  reader: Reader,
  scope: TenantScope,
  query: CollectionRef & { readonly command: IndexCommand },
): Promise<readonly string[]> {
  const declaration = getCollection(query)
  const { by, where, limit } = query.command
  const range = buildIndexRange(declaration, by, where)
  let found = sqlOf<MessagingTables>(reader)
    .selectFrom('document_index')
    .select('key')
    .where('tenant_id', '=', scope.tenantId)
    .where('index_id', '=', indexIdOf(query.plugin.contract.declaration.id, query.collection, by))
    .where('value', '>=', range.from)
  if (range.before !== undefined) found = found.where('value', '<', range.before)
  const rows = await found.orderBy('value').orderBy('key').limit(limit).execute()
  return rows.map((row) => row.key)
}

/** Puts a whole collection in place of what was there. The documents have been checked against the schema. */
export async function commitCollection(
  tx: Transaction,
  scope: TenantScope,
  content: CollectionRef & { readonly documents: readonly Slots[] },
): Promise<void> {
  const declaration = getCollection(content)
  const plugin = content.plugin.contract.declaration.id
  const collectionId = collectionIdOf(plugin, content.collection)
  const indexIds = Object.keys(declaration.indexes).map((index) => indexIdOf(plugin, content.collection, index))
  const sql = sqlOf<MessagingTables>(tx)
  await sql
    .deleteFrom('document')
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', collectionId)
    .execute()
  if (indexIds.length > 0) {
    await sql
      .deleteFrom('document_index')
      .where('tenant_id', '=', scope.tenantId)
      .where('index_id', 'in', indexIds)
      .execute()
  }
  const keyOf = (document: Slots): string => buildKey(declaration.key, document)
  const rows = content.documents.map((document) => ({
    tenant_id: scope.tenantId,
    collection_id: collectionId,
    key: keyOf(document),
    body: encodeJson(document),
    version: declaration.version,
  }))
  const entries = Object.entries(declaration.indexes).flatMap(([index, fields]) =>
    content.documents.map((document) => ({
      tenant_id: scope.tenantId,
      index_id: indexIdOf(plugin, content.collection, index),
      value: buildIndexValue(fields, document),
      key: keyOf(document),
    })),
  )
  if (rows.length > 0) await insertAll(tx, 'document', rows)
  if (entries.length > 0) await insertAll(tx, 'document_index', entries)
}

function getCollection({ plugin, collection }: CollectionRef): CollectionDeclaration {
  const { collections } = plugin.contract.declaration
  const declaration = Object.hasOwn(collections, collection) ? collections[collection] : undefined
  if (!declaration)
    throw new Fault('collection.unknown', { data: { plugin: plugin.contract.declaration.id, collection } })
  return declaration
}
