import { listReachable, machines } from '@inthread/sdk/capabilities'
import type { Instant } from '@inthread/sdk/time'
import { openScope, type IdSource, type Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { withdrawConsent } from './consent.store.ts'
import { listConsentsOfRun } from './consent.view.store.ts'

interface Ending {
  readonly now: Instant
  readonly ports: { readonly ids: IdSource }
}

type ForOrder = Pick<OrderRow, 'tenant_id' | 'bank_id' | 'subscriber_id' | 'run_id'>

/** Takes back all that was allowed in the dialogue of an order. */
export async function endConsents(tx: Transaction, order: ForOrder, { now, ports }: Ending): Promise<void> {
  const scope = openScope(order.tenant_id)
  for (const consentId of await listConsentsOfRun(tx, scope, order))
    await withdrawConsent(tx, { scope, consentId, now }, ports)
}

/**
 * An order that was never handed over came to nothing, and so did what was allowed for it, whichever way its dialogue
 * ended. An application that goes on at the bank is not nothing: another dialogue will take it up, and needs them.
 */
export async function endUnused(tx: Transaction, order: ForOrder, ending: Ending): Promise<void> {
  const scope = openScope(order.tenant_id)
  const granted = await listConsentsOfRun(tx, scope, order)
  if (granted.length > 0 && !(await hasApplication(tx, order))) await endConsents(tx, order, ending)
}

/** Something that lives on at this bank and was begun where this user was asked for consents: here, or before. */
async function hasApplication(
  tx: Transaction,
  { tenant_id: tenant, bank_id: bank, subscriber_id: subscriber }: ForOrder,
): Promise<boolean> {
  const db = sqlOf<FinanceTables>(tx)
  const products = await db
    .selectFrom('product')
    .select(['run_id', 'state'])
    .where('tenant_id', '=', tenant)
    .where('subscriber_id', '=', subscriber)
    .where('bank_id', '=', bank)
    .execute()
  const open = products.filter(({ state }) => !decided.has(state))
  if (open.length === 0) return false
  const asked = await db
    .selectFrom('consent')
    .select('run_id')
    .distinct()
    .where('tenant_id', '=', tenant)
    .where('subscriber_id', '=', subscriber)
    .where('bank_id', '=', bank)
    .execute()
  return asked.some(({ run_id: run }) => open.some((product) => product.run_id === run))
}

/** Signed, and then no longer an application; or over before that. One whose state is not known may be anything. */
const decided: ReadonlySet<string> = new Set([
  ...[...machines.card_application.terminal, ...listReachable(machines.card_application, 'contract_signed')],
  ...[...machines.loan_application.terminal, ...listReachable(machines.loan_application, 'accepted')],
  ...['contract_signed', 'accepted'],
])
