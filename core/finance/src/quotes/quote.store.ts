import type { BankResource } from '@inthread/sdk/bank'
import { findInstant, addMs, minutes, type Instant } from '@inthread/sdk/time'
import { findWireMoney, type Money } from '@inthread/sdk/money'
import { openScope, type Reader, type Sealer, type Store, type TenantScope, type Transaction } from '@inthread/store'
import { mergeAll, sql, sqlOf } from '@inthread/store/sql'
import type { FinanceTables, QuoteRow } from '../schema/tables.ts'

/** Who was promised what: a quote of one user is no quote of another. */
export interface QuoteName {
  readonly scope: TenantScope
  readonly bankId: string
  readonly subscriberId: string
  readonly id: string
}

/** A quote that was kept, opened. */
export interface Quote {
  readonly id: string
  readonly resource: BankResource
  readonly amount: Money | undefined
  readonly expiresAt: Instant
}

export async function findQuote(reader: Reader, name: QuoteName, sealer: Sealer): Promise<Quote | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('quote')
    .selectAll()
    .where('tenant_id', '=', name.scope.tenantId)
    .where('bank_id', '=', name.bankId)
    .where('id', '=', name.id)
    .where('subscriber_id', '=', name.subscriberId)
    .executeTakeFirst()
  if (!row) return undefined
  const resource = JSON.parse(sealer.open(placeOf(row), row.body)) as BankResource
  return { id: row.id, resource, amount: findWireMoney(resource['amount']), expiresAt: row.expires_at }
}

export interface NewQuote {
  readonly scope: TenantScope
  readonly bankId: string
  readonly subscriberId: string
  readonly capability: string
  readonly operation: string
  readonly resource: BankResource
  readonly now: Instant
}

/** A bank that names no end promises for this long. */
const livesMs = minutes(10)

/** Keeps what the bank promised, where it can be taken up later: it has an id of its own. */
export async function commitQuote(tx: Transaction, quote: NewQuote, sealer: Sealer): Promise<void> {
  const { resource, now } = quote
  const id = resource['id']
  if (typeof id !== 'string' || id.length > 190) return
  const until = typeof resource['expiresAt'] === 'string' ? findInstant(resource['expiresAt']) : undefined
  const name = { tenant_id: quote.scope.tenantId, bank_id: quote.bankId, id }
  const row: QuoteRow = {
    ...name,
    subscriber_id: quote.subscriberId,
    capability: quote.capability,
    operation: quote.operation,
    body: sealer.seal(placeOf(name), JSON.stringify(resource)),
    expires_at: until ?? addMs(now, livesMs),
    created_at: now,
  }
  const key = ['tenant_id', 'bank_id', 'id']
  await mergeAll(tx, 'quote', { rows: [row], key, update: ['subscriber_id', 'body', 'expires_at'] })
}

/** What nobody can take up any more is not kept. Orders that have taken one up carry what it said. */
export async function dropQuotes(store: Store, before: Instant): Promise<void> {
  await store.write('quote.drop', async (tx) => {
    const db = sqlOf<FinanceTables>(tx)
    const rows = await db
      .selectFrom('quote')
      .select(['tenant_id', 'bank_id', 'id'])
      .where('expires_at', '<', before)
      .limit(sql.lit(200))
      .execute()
    for (const { tenant_id, bank_id, id } of rows)
      await db
        .deleteFrom('quote')
        .where('tenant_id', '=', openScope(tenant_id).tenantId)
        .where('bank_id', '=', bank_id)
        .where('id', '=', id)
        .execute()
  })
}

function placeOf({ tenant_id, bank_id, id }: Pick<QuoteRow, 'tenant_id' | 'bank_id' | 'id'>): {
  tenant: string
  table: string
  column: string
  row: string
} {
  return { tenant: tenant_id, table: 'quote', column: 'body', row: `${bank_id}/${id}` }
}
