import { sql } from 'kysely'
import { isFault } from '@inthread/sdk/fault'
import { sqlOf, type Reader, type Store, type Transaction } from '../database/store.ts'
import type { StoreTables } from '../schema/tables.ts'

const guarded = ['audit', 'audit_link'] as const
const refused = ['update', 'delete'] as const

/**
 * Lets the database itself refuse to change or remove records and their links. False where its user may not make
 * triggers: then the chain alone shows what was done.
 */
export async function guardAudit(store: Store): Promise<boolean> {
  for (const table of guarded) for (const verb of refused) if (!(await refuse(store, table, verb))) return false
  return true
}

/** One at a time, for MySQL ends a transaction with each: who comes second at any of them finds it made. */
async function refuse(store: Store, table: string, verb: string): Promise<boolean> {
  const isMade = () =>
    store.read('audit.guarded', async (reader) => (await listTriggers(reader)).has(nameOf(table, verb)))
  if (await isMade()) return true
  try {
    await store.write('audit.guard', (tx) => createTrigger(tx, table, verb))
    return true
  } catch (error) {
    if (!isFault(error, 'store.statement_refused')) throw error
    return isMade()
  }
}

const nameOf = (table: string, verb: string): string => `${table}_no_${verb}`

async function createTrigger(tx: Transaction, table: string, verb: string): Promise<void> {
  const words = `${table} rows stay as they were written`
  const statement =
    tx.flavour === 'sqlite'
      ? `CREATE TRIGGER ${nameOf(table, verb)} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${words}'); END`
      : `CREATE TRIGGER ${nameOf(table, verb)} BEFORE ${verb} ON ${table} FOR EACH ROW ` +
        `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${words}'`
  await sql.raw(statement).execute(sqlOf<StoreTables>(tx))
}

async function listTriggers(reader: Reader): Promise<ReadonlySet<string>> {
  const query =
    reader.flavour === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'trigger' and name like 'audit%'`
      : sql<{ name: string }>`select trigger_name as name from information_schema.triggers
          where trigger_schema = database() and trigger_name like 'audit%'`
  const { rows } = await query.execute(sqlOf<StoreTables>(reader))
  return new Set(rows.map(({ name }) => name))
}
