import type { Instant } from '@inthread/sdk/time'
import type { Reader } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { ConsentRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'

const atOnce = 50

/** Consents of which a bank has yet to be told, of all tenants. */
export function listForwarding(reader: Reader, now: Instant): Promise<ConsentRow[]> {
  return sqlOf<FinanceTables>(reader)
    .selectFrom('consent')
    .selectAll()
    .where('task', 'in', ['grant', 'withdraw'])
    .where('task_at', '<=', now)
    .limit(sql.lit(atOnce))
    .execute()
}
