import { moneyToWire, type WireMoney } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import type { ListPart, Reader, TenantScope } from '@inthread/store'
import { behind, sql, sqlOf } from '@inthread/store/sql'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'

/** A refund as operators see it: states, amounts and times. Why it was given stays sealed. */
export interface RefundView {
  readonly id: string
  readonly order: string
  readonly orderNumber: string
  readonly bank: string
  readonly state: RefundRow['state']
  readonly amount: WireMoney
  readonly failure: string | null
  readonly bankRef: string | null
  readonly proposal: string | null
  readonly askedBy: string
  readonly createdAt: number
  readonly settledAt: number | null
}

export interface RefundQuery extends ListPart {
  readonly id?: string | undefined
  /** Of one order, by its id or number. */
  readonly order?: string | undefined
  readonly state?: RefundRow['state'] | undefined
}

const latestFirst = { at: 'refund.created_at', id: 'refund.id', down: true } as const

/** The latest first. */
export async function listRefunds(
  reader: Reader,
  scope: TenantScope,
  { id, order, state, after, limit }: RefundQuery,
): Promise<readonly RefundView[]> {
  let query = sqlOf<FinanceTables>(reader)
    .selectFrom('refund')
    .innerJoin('bank_order', (join) =>
      join.onRef('bank_order.id', '=', 'refund.order_id').onRef('bank_order.tenant_id', '=', 'refund.tenant_id'),
    )
    .selectAll('refund')
    .select('bank_order.number')
    .where('refund.tenant_id', '=', scope.tenantId)
  if (id !== undefined) query = query.where('refund.id', '=', id)
  if (state !== undefined) query = query.where('refund.state', '=', state)
  if (order !== undefined)
    query = query.where((where) => where.or([where('bank_order.id', '=', order), where('number', '=', order)]))
  if (after) query = query.where(behind(latestFirst, after))
  const rows = await query
    .orderBy('refund.created_at', 'desc')
    .orderBy('refund.id', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.map(buildView)
}

function buildView(row: RefundRow & { readonly number: string }): RefundView {
  return {
    id: row.id,
    order: row.order_id,
    orderNumber: row.number,
    bank: row.bank_id,
    state: row.state,
    amount: moneyToWire({ amountMinor: row.amount_minor, currency: row.currency }),
    failure: row.failure,
    bankRef: row.bank_ref,
    proposal: row.proposal_id,
    askedBy: row.asked_by,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  }
}

const atOnce = 100

/** Those that waited for a second person for too long, of all tenants. */
export function listUndecided(reader: Reader, now: Instant): Promise<Pick<RefundRow, 'tenant_id' | 'id'>[]> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('refund')
    .select(['tenant_id', 'id'])
    .where('state', '=', 'awaiting_approval')
    .where('expires_at', '<=', now)
    .limit(sql.lit(atOnce))
    .execute()
}
