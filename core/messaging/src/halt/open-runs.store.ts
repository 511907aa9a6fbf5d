import type { RunEvent } from '@inthread/sdk/engine'
import { decodeJson } from '@inthread/sdk/json'
import { openScope, type Reader, type Sealer, type TenantScope } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables, RunRow } from '../schema/tables.ts'

export interface RunQuery {
  readonly plugin: string
  /** A bot; all of the tenant's when left out. */
  readonly bot?: string
  readonly after: string
  readonly limit: number
}

/** Open runs of a plugin at a tenant, in the order of their ids. */
export function listOpenRuns(reader: Reader, scope: TenantScope, query: RunQuery): Promise<RunRow[]> {
  let rows = sqlOf<MessagingTables>(reader)
    .selectFrom('conversation')
    .innerJoin('run', 'run.conversation_id', 'conversation.id')
    .selectAll('run')
    .where('conversation.tenant_id', '=', scope.tenantId)
    .where('run.state', '=', 'open')
    .where('run.plugin', '=', query.plugin)
    .where('run.id', '>', query.after)
  if (query.bot !== undefined) rows = rows.where('conversation.bot_id', '=', query.bot)
  return rows.orderBy('run.id').limit(sql.lit(query.limit)).execute()
}

/** The journals of these runs, each from its beginning. */
export async function listJournals(
  reader: Reader,
  runs: readonly RunRow[],
  sealer: Sealer,
): Promise<ReadonlyMap<string, readonly RunEvent[]>> {
  if (runs.length === 0) return new Map()
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('journal')
    .selectAll()
    .where(
      'run_id',
      'in',
      runs.map((run) => run.id),
    )
    .orderBy('run_id')
    .orderBy('seq')
    .execute()
  const journals = new Map<string, RunEvent[]>()
  for (const row of rows) {
    const { tenantId } = openScope(row.tenant_id)
    const place = { tenant: tenantId, table: 'journal', column: 'entry', row: `${row.run_id}/${row.seq}` }
    const entry = decodeJson(sealer.open(place, row.entry)) as RunEvent
    journals.set(row.run_id, [...(journals.get(row.run_id) ?? []), entry])
  }
  return journals
}
