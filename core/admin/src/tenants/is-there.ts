import { listDocuments, type CollectionRef } from '@inthread/messaging'
import type { Slots } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Store, TenantScope } from '@inthread/store'

const pageSize = 500

/** Whether a collection holds exactly these documents. It is read page by page, until one differs. */
export async function isThere(
  store: Store,
  scope: TenantScope,
  { documents, now, ...ref }: CollectionRef & { readonly documents: readonly Slots[]; readonly now: Instant },
): Promise<boolean> {
  const key = ref.plugin.contract.declaration.collections[ref.collection]?.key ?? ''
  const wanted = new Map(documents.map((document) => [document[key], encodeDocument(document)]))
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after
    const page = await store.read('tenant.data', (reader) =>
      listDocuments(reader, scope, { ...ref, after: from, limit: pageSize, now }),
    )
    if (page.leftOut > 0) return false
    for (const document of page.documents) {
      if (wanted.get(document[key]) !== encodeDocument(document)) return false
      wanted.delete(document[key])
    }
    after = page.next
  }
  return wanted.size === 0
}

/** Fields in one order, whoever wrote them. */
function encodeDocument(document: Slots): string {
  const fields = Object.entries(document).filter(([, value]) => value !== undefined)
  return encodeJson(Object.fromEntries(fields.sort(([left], [right]) => (left < right ? -1 : 1))))
}
