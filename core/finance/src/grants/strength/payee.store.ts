import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'
import type { FinanceTables } from '../../schema/tables.ts'

/** Whom a user pays at a bank, by the bank's name of them. */
export interface PayeeName {
  readonly scope: TenantScope
  readonly bankId: string
  readonly subscriberId: string
  readonly payee: string
}

/** The tenant itself: whoever is paid where no quote names anybody. */
export const tenantItself = 'tenant'

export async function isKnownPayee(reader: Reader, name: PayeeName): Promise<boolean> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('known_payee')
    .select('first_at')
    .where('tenant_id', '=', name.scope.tenantId)
    .where('subscriber_id', '=', name.subscriberId)
    .where('bank_id', '=', name.bankId)
    .where('payee', '=', name.payee)
    .executeTakeFirst()
  return row !== undefined
}

/** From the first commit on; what became of it is not asked, because the user has confirmed whom they pay. */
export async function rememberPayee(tx: Transaction, name: PayeeName, now: Instant): Promise<void> {
  const { scope, bankId, subscriberId, payee } = name
  const row = {
    tenant_id: scope.tenantId,
    bank_id: bankId,
    subscriber_id: subscriberId,
    payee: payee.slice(0, 190),
    first_at: now,
  }
  await insertNew(tx, 'known_payee', { rows: [row], key: 'payee' })
}
