import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { sqlOf, type Reader, type Store, type Transaction } from '../database/store.ts'
import { dbNow, insertNew } from '../sql/statements.ts'
import type { FilledTable, Migration } from './migration.ts'
import type { StoreTables } from './tables.ts'
import { instant, ref, renderAddedColumn, renderIndex, renderTable, table, type AddedColumns } from './vocabulary.ts'

const ledger = table('migration', { id: ref(), digest: ref(), applied_at: instant() }, { primary: ['id'] })

/**
 * Brings the database up to date. Every statement can be repeated, so a migration that was cut short is simply run
 * again.
 */
export async function runMigrations(store: Store, migrations: readonly Migration[]): Promise<readonly string[]> {
  await store.write('migrate.ledger', (tx) => runAll(tx, renderTable(ledger, store.flavour)))
  const applied: string[] = []
  for (const migration of await listPendingMigrations(store, migrations)) {
    await store.write('migrate.apply', async (tx) => {
      for (const declaration of migration.tables) await runAll(tx, renderTable(declaration, store.flavour))
      for (const addition of migration.added ?? []) await addColumns(tx, addition)
      for (const filling of migration.filled ?? []) await fillTable(tx, filling)
      const row = { id: migration.id, digest: digestOf(migration), applied_at: dbNow(tx) }
      await insertNew(tx, 'migration', { rows: [row], key: 'id' })
    })
    applied.push(migration.id)
  }
  return applied
}

/** What is not applied yet; a fault when an applied migration is no longer what it was. */
export async function listPendingMigrations(
  store: Store,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const known = await store.read('migrate.read', readLedger)
  return migrations.filter((migration) => {
    const digest = known.get(migration.id)
    if (digest !== undefined && digest !== digestOf(migration)) {
      throw new Fault('store.migration_changed', { data: { migration: migration.id } })
    }
    return digest === undefined
  })
}

async function readLedger(reader: Reader): Promise<Map<string, string>> {
  if (!(await hasLedger(reader))) return new Map()
  const rows = await sqlOf<StoreTables>(reader).selectFrom('migration').select(['id', 'digest']).execute()
  return new Map(rows.map((row) => [row.id, row.digest]))
}

async function hasLedger(reader: Reader): Promise<boolean> {
  const query =
    reader.flavour === 'sqlite'
      ? sql<{ found: number }>`select count(*) as found from sqlite_master where type = 'table' and name = 'migration'`
      : sql<{ found: number }>`select count(*) as found from information_schema.tables
          where table_schema = database() and table_name = 'migration'`
  const { rows } = await query.execute(sqlOf<StoreTables>(reader))
  return (rows[0]?.found ?? 0) > 0
}

/** Adds what is missing: a migration that was cut short may have added some of it. */
async function addColumns(tx: Transaction, { table: name, columns, index = {} }: AddedColumns): Promise<void> {
  const known = await listParts(tx, name)
  const { flavour } = tx
  for (const [column, declaration] of Object.entries(columns))
    if (!known.has(column)) await runAll(tx, [renderAddedColumn(name, column, { column: declaration, flavour })])
  for (const [key, fields] of Object.entries(index)) {
    const full = flavour === 'sqlite' ? `${name}_${key}` : key
    if (!known.has(`index ${full}`)) await runAll(tx, [renderIndex(name, key, { fields, flavour })])
  }
}

/** Begins again with an empty table: a migration that was cut short may have filled it in part. */
async function fillTable(tx: Transaction, { table: name, from, columns }: FilledTable): Promise<void> {
  const list = (names: readonly string[]) => sql.join(names.map((column) => sql.ref(column)))
  const db = sqlOf<StoreTables>(tx)
  await sql`delete from ${sql.table(name)}`.execute(db)
  const [into, taken] = [list(Object.keys(columns)), list(Object.values(columns))]
  await sql`insert into ${sql.table(name)} (${into}) select ${taken} from ${sql.table(from)}`.execute(db)
}

/** The names of a table's columns and, as `index …`, of its indexes. */
async function listParts(tx: Transaction, name: string): Promise<ReadonlySet<string>> {
  const query =
    tx.flavour === 'sqlite'
      ? sql<{ part: string }>`select name as part from pragma_table_info(${name})
          union all select 'index ' || name from sqlite_master where type = 'index' and tbl_name = ${name}`
      : sql<{ part: string }>`select column_name as part from information_schema.columns
          where table_schema = database() and table_name = ${name}
          union all select concat('index ', index_name) from information_schema.statistics
          where table_schema = database() and table_name = ${name}`
  const { rows } = await query.execute(sqlOf<StoreTables>(tx))
  return new Set(rows.map((row) => row.part))
}

async function runAll(reader: Reader, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(sqlOf<StoreTables>(reader))
}

function digestOf({ tables, added, filled }: Migration): string {
  return createHash('sha256')
    .update(canonicalJson(added || filled ? { tables, added, filled } : tables))
    .digest('hex')
}
