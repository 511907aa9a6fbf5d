import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { FinanceTables } from '../schema/tables.ts'

export interface OrderSpan {
  readonly from: number
  /** Not counted itself. */
  readonly until: number
}

/** Orders that were opened in a span of time, by the tenant's index. */
export async function countOrders(reader: Reader, scope: TenantScope, { from, until }: OrderSpan): Promise<number> {
  const counted = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .select((select) => select.fn.countAll<number>().as('orders'))
    .where('tenant_id', '=', scope.tenantId)
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .executeTakeFirstOrThrow()
  return Number(counted.orders)
}
