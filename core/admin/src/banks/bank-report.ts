import { createHash } from 'node:crypto'
import type { BankCheckReport } from '@inthread/sdk/bank'
import { canonicalJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { findSetting, saveSetting, type Store } from '@inthread/store'
import type { BankEntry } from '../definition/schema.ts'

/** The last check of one connection, and of which settings it speaks. */
export interface KeptReport {
  readonly digest: string
  readonly checkedAt: Instant
  readonly report: BankCheckReport
}

/** Of what decides whom we talk to and how: the connector and its settings, secrets as references. */
export function digestConnection(entry: BankEntry): string {
  const { id: _id, grants: _grants, publishers: _publishers, ...connection } = entry
  return createHash('sha256').update(canonicalJson(connection)).digest('hex')
}

/** Where the report of a connection is kept. A tenant need not be there yet. */
function placeOf(tenant: string, bank: string): string {
  return `bank.check:${tenant}.${bank}`
}

export async function findReport(store: Store, tenant: string, bank: string): Promise<KeptReport | undefined> {
  const text = await findSetting(store, placeOf(tenant, bank))
  return text === undefined ? undefined : (JSON.parse(text) as KeptReport)
}

export function keepReport(
  store: Store,
  at: { readonly tenant: string; readonly bank: string },
  kept: KeptReport,
): Promise<void> {
  return saveSetting(store, placeOf(at.tenant, at.bank), JSON.stringify(kept))
}
