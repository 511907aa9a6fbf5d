import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'
import { collectionIdOf } from './index-key.ts'

export interface StoredCollection {
  readonly collection: string
  readonly documents: number
  /** The newest version in which one of them was written. */
  readonly newestVersion: number
}

/** What a plugin keeps at a tenant, by collection: how much, and in which version of its schema. */
export async function listStoredCollections(
  reader: Reader,
  scope: TenantScope,
  { plugin, collections }: { readonly plugin: string; readonly collections: readonly string[] },
): Promise<readonly StoredCollection[]> {
  const found: StoredCollection[] = []
  for (const collection of collections) {
    const counted = await Promise.all(
      (['document', 'personal_document'] as const).map((table) =>
        sqlOf<MessagingTables>(reader)
          .selectFrom(table)
          .select((of) => [of.fn.countAll<number>().as('documents'), of.fn.max('version').as('newest')])
          .where('tenant_id', '=', scope.tenantId)
          .where('collection_id', '=', collectionIdOf(plugin, collection))
          .executeTakeFirstOrThrow(),
      ),
    )
    found.push({
      collection,
      documents: counted.reduce((sum, { documents }) => sum + Number(documents), 0),
      newestVersion: Math.max(0, ...counted.map(({ newest }) => Number(newest ?? 0))),
    })
  }
  return found
}
