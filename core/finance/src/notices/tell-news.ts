import type { Notice } from '@inthread/sdk/bank'
import type { TenantScope, Transaction } from '@inthread/store'
import { findLinkHolder } from '../desk/link.store.ts'
import type { Hearing } from '../ports.ts'

interface Arrived {
  readonly scope: TenantScope
  readonly bankId: string
  readonly notice: Notice
}

/**
 * A notice that names a user's link may begin a conversation: plugins that listen to the bank hear of it, and read from
 * the bank what it is about. One of a link that we do not know is nobody's here, whoever sent it.
 */
export async function tellNews(
  tx: Transaction,
  { scope, bankId, notice }: Arrived,
  hear: Hearing | undefined,
): Promise<readonly string[]> {
  const { id, link, ref, type: event, state } = notice
  if (!hear || link === undefined || ref === undefined) return []
  const subscriberId = await findLinkHolder(tx, scope, { bankId, link })
  if (subscriberId === undefined) return []
  return hear(tx, { scope, subscriberId, key: `${bankId}:${id}`, event, data: { id: ref, state } })
}
