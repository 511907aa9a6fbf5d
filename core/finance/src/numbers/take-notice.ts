import type { Notice } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import type { IdSource, TenantScope, Transaction } from '@inthread/store'
import { findLinkHolder } from '../desk/link.store.ts'
import { closeNumber } from './close-number.store.ts'

const numberNotice = 'number.reassigned'

/** The bank says by itself that a number has a new holder: by the link it gave us, or by our own name of the user. */
export async function takeNumberNotice(
  tx: Transaction,
  arrived: { readonly scope: TenantScope; readonly bankId: string; readonly notice: Notice; readonly now: Instant },
  ports: { readonly ids: IdSource },
): Promise<void> {
  const { scope, bankId, notice, now } = arrived
  if (notice.type !== numberNotice) return
  const holder = notice.link === undefined ? undefined : await findLinkHolder(tx, scope, { bankId, link: notice.link })
  const subscriberId = holder ?? notice.clientRef
  if (subscriberId !== undefined) await closeNumber(tx, { scope, subscriberId, bankId, now }, ports)
}
