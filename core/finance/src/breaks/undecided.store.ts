import type { Reader, TenantScope } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { isOfStatement } from '../orders/break.store.ts'
import { terminalStates } from '../orders/machine.ts'
import { refundMachine } from '../schema/book-machines.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'

/**
 * Of these breaks, those of a line whose order or refund the bank has not decided, or people have not: whatever would
 * be said of the line now, the end may say otherwise, and then nobody would look at it any more.
 */
export async function listUndecided(
  reader: Reader,
  scope: TenantScope,
  rows: readonly BreakRow[],
): Promise<ReadonlySet<string>> {
  const open = rows.filter(
    (row) => ['open', 'assigned'].includes(row.state) && row.order_id !== '' && isOfStatement(row),
  )
  const ofOrders = open.flatMap(({ order_id: id, refund_id: refund }) => (refund === null ? [id] : []))
  const ofRefunds = open.flatMap(({ refund_id: id }) => id ?? [])
  const read = async (table: 'bank_order' | 'refund', ids: readonly string[]) =>
    ids.length === 0
      ? []
      : sqlOf<FinanceTables>(reader)
          .selectFrom(table)
          .select('id')
          .where('tenant_id', '=', scope.tenantId)
          .where('id', 'in', ids)
          .where('state', 'not in', table === 'refund' ? [...refundMachine.terminal] : [...terminalStates])
          .execute()
  const found = [...(await read('bank_order', ofOrders)), ...(await read('refund', ofRefunds))]
  const undecided = new Set(found.map(({ id }) => id))
  return new Set(open.flatMap((row) => (undecided.has(row.refund_id ?? row.order_id) ? [row.id] : [])))
}
