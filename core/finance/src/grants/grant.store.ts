import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { forUpdate, insertNew, sqlOf } from '@inthread/store/sql'
import type { FinanceTables, GrantRow } from '../schema/tables.ts'

const rulesAtMost = 2000

export function findGrants(reader: Reader, scope: TenantScope, places: readonly string[]): Promise<GrantRow[]> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('grant_rule')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('place', 'in', [...places])
    .execute()
}

/** Everything that was ever granted to or by this tenant, also what has been taken back. */
export function listGrantRows(reader: Reader, scope: TenantScope): Promise<GrantRow[]> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('grant_rule')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('place')
    .limit(rulesAtMost)
    .execute()
}

/** The rows of these places, kept for the rest of the transaction: every change of a grant begins here. */
export async function lockGrants(
  tx: Transaction,
  scope: TenantScope,
  places: readonly string[],
): Promise<ReadonlyMap<string, GrantRow>> {
  if (places.length === 0) return new Map()
  const rows = await sqlOf<FinanceTables>(tx)
    .selectFrom('grant_rule')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('place', 'in', [...places])
    .orderBy('place')
    .modifyEnd(forUpdate(tx))
    .execute()
  return new Map(rows.map((row) => [row.place, row]))
}

/** Writes a row over the version it was decided on; false when somebody else was there meanwhile. */
export async function saveGrant(tx: Transaction, row: GrantRow): Promise<boolean> {
  const { tenant_id: tenantId, place, ...change } = row
  if (row.version === 1) await insertNew(tx, 'grant_rule', { rows: [{ ...row, version: 0 }], key: 'place' })
  const saved = await sqlOf<FinanceTables>(tx)
    .updateTable('grant_rule')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('place', '=', place)
    .where('version', '=', row.version - 1)
    .executeTakeFirst()
  return saved.numUpdatedRows === 1n
}
