import type { Reader } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'

export interface Traced {
  readonly table: string
  readonly rows: number
  /** Rows that a trace goes through. */
  readonly traced: number
}

export async function countTraced(reader: Reader, tables: readonly string[]): Promise<readonly Traced[]> {
  const counts: Traced[] = []
  for (const table of tables) {
    const query = sql<Omit<Traced, 'table'>>`
      select count(*) as "rows", count(traceparent) as traced from ${sql.table(table)}`
    const { rows } = await query.execute(sqlOf<Record<string, never>>(reader))
    counts.push({ table, rows: rows[0]?.rows ?? -1, traced: rows[0]?.traced ?? -1 })
  }
  return counts
}
