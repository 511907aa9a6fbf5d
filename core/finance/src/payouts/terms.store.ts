import { Fault } from '@inthread/sdk/fault'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import type { FinanceTables } from '../schema/tables.ts'
import { defaultTerms, termsSchema, type BookTerms } from './terms.ts'

export interface TermsInForce {
  /** 0 before anything was agreed on. */
  readonly version: number
  readonly terms: BookTerms
  readonly inForceAt: Instant
}

/** All that were ever in force, the newest first: a day is judged by what was agreed on then. */
export async function listTerms(reader: Reader, scope: TenantScope): Promise<readonly TermsInForce[]> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('book_terms')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('version', 'desc')
    .execute()
  const agreed = rows.map((row) => ({
    version: row.version,
    terms: termsSchema.parse(decodeJson(row.terms)),
    inForceAt: row.in_force_at,
  }))
  return [...agreed, { version: 0, terms: defaultTerms, inForceAt: 0 }]
}

export async function readTerms(reader: Reader, scope: TenantScope): Promise<TermsInForce> {
  const [newest] = await listTerms(reader, scope)
  return newest ?? { version: 0, terms: defaultTerms, inForceAt: 0 }
}

/** Puts new terms in force, unless others were put in force since they were proposed. */
export async function commitTerms(
  tx: Transaction,
  scope: TenantScope,
  change: { readonly base: number; readonly terms: BookTerms; readonly now: Instant },
): Promise<void> {
  const { version } = await readTerms(tx, scope)
  if (version !== change.base) throw new Fault('books.terms_moved', { data: { version } })
  const row = {
    tenant_id: scope.tenantId,
    version: version + 1,
    terms: encodeJson(change.terms),
    in_force_at: change.now,
  }
  await insertAll(tx, 'book_terms', [row])
}
