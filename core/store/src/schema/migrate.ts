import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import { sqlOf, type Reader, type Store } from '../database/store.ts'
import { dbNow, insertNew } from '../sql/statements.ts'
import type { Migration } from './migration.ts'
import type { StoreTables } from './tables.ts'
import { instant, ref, renderTable, table } from './vocabulary.ts'

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

async function runAll(reader: Reader, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(sqlOf<StoreTables>(reader))
}

function digestOf(migration: Migration): string {
  return createHash('sha256').update(canonicalJson(migration.tables)).digest('hex')
}
