import type { Slots } from '@inthread/sdk/engine'
import { isFault, type Said } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'
import { getCollection, idOf, isPersonal, stuckShapeOf, type CollectionRef } from './documents.ts'
import { buildIndexValue, buildKey } from './index-key.ts'
import { readStored } from './upgrade.ts'

export interface DocumentPage {
  readonly documents: readonly Slots[]
  /** Documents that this version of the plugin cannot read. */
  readonly leftOut: number
  /** Where the next page begins; undefined after the last one. */
  readonly next: string | undefined
}

export interface PageRequest extends CollectionRef {
  /** The page begins behind this key. */
  readonly after: string
  readonly limit: number
  readonly now: Instant
}

/** A public collection page by page, in the order of its keys. */
export async function listDocuments(reader: Reader, scope: TenantScope, page: PageRequest): Promise<DocumentPage> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('document')
    .select(['key', 'body', 'version'])
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', idOf(page))
    .where('key', '>', page.after)
    .where('expires_at', '>', page.now)
    .orderBy('key')
    .limit(sql.lit(page.limit))
    .execute()
  const read = await Promise.all(
    rows.map(({ body, version }) =>
      readStored(getCollection(page), { document: decodeJson(body) as Slots, version }, undefined),
    ),
  )
  const documents = read.filter((document) => typeof document !== 'string')
  const next = rows.length === page.limit ? rows.at(-1)?.key : undefined
  return { documents, leftOut: read.length - documents.length, next }
}

export interface CollectionCount {
  readonly documents: number
  /** Of an earlier version: they are brought up when they are read, and by the sweep. */
  readonly outdated: number
  /** Among them, those that the plugin could not bring up. */
  readonly stuck: number
}

export async function countDocuments(
  reader: Reader,
  scope: TenantScope,
  ref: CollectionRef & { readonly now: Instant },
): Promise<CollectionCount> {
  const { version } = getCollection(ref)
  const row = await sqlOf<MessagingTables>(reader)
    .selectFrom(isPersonal(ref) ? 'personal_document' : 'document')
    .select([
      sql<number>`count(*)`.as('documents'),
      sql<number>`coalesce(sum(case when version < ${version} then 1 else 0 end), 0)`.as('outdated'),
      sql<number>`coalesce(sum(case when shape = ${stuckShapeOf(ref)} then 1 else 0 end), 0)`.as('stuck'),
    ])
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', idOf(ref))
    .where('expires_at', '>', ref.now)
    .executeTakeFirstOrThrow()
  return { documents: Number(row.documents), outdated: Number(row.outdated), stuck: Number(row.stuck) }
}

/** Why a document that fits its schema cannot be kept all the same: its key, or what an index would hold of it. */
export function findKeyProblem(ref: CollectionRef, document: Slots): ({ readonly field: string } & Said) | undefined {
  const { key, indexes } = getCollection(ref)
  for (const fields of [[key], ...Object.values(indexes)]) {
    try {
      buildKey(key, document)
      buildIndexValue(fields, document)
    } catch (error) {
      if (!isFault(error)) throw error
      return { field: fields.join(', '), code: `fault.${error.code}`, facts: {}, message: error.message }
    }
  }
  return undefined
}
