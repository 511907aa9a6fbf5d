import type { Notice } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import type { IdSource, TenantScope, Transaction } from '@inthread/store'
import { findConsent, endAtBank } from './consent.store.ts'

/** A consent that ended at the bank's counter has ended here too; nothing has to be told to the bank about it. */
export async function takeConsentNotice(
  tx: Transaction,
  arrived: { readonly scope: TenantScope; readonly bankId: string; readonly notice: Notice; readonly now: Instant },
  ports: { readonly ids: IdSource },
): Promise<void> {
  const { scope, bankId, notice, now } = arrived
  if (notice.type !== 'consent.withdrawn' || notice.clientRef === undefined) return
  const name = { scope, consentId: notice.clientRef }
  if ((await findConsent(tx, name))?.bank_id === bankId) await endAtBank(tx, { ...name, bankId, now }, ports)
}
