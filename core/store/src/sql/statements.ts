import { sql, type Kysely, type RawBuilder } from 'kysely'
import { Fault } from '@inthread/sdk/fault'
import { sqlOf, type Reader, type Transaction } from '../database/store.ts'

/**
 * Database time in microseconds: the clock of leases, breakers and rates. Never virtual, and the same for all processes
 * that share the database.
 */
export function dbNow(reader: Reader): RawBuilder<number> {
  return reader.flavour === 'sqlite'
    ? sql<number>`(cast(unixepoch('now', 'subsec') * 1000 as integer) * 1000)`
    : sql<number>`cast(unix_timestamp(now(6)) * 1000000 as signed)`
}

export function dbNowPlus(reader: Reader, durationMs: number): RawBuilder<number> {
  return sql<number>`${dbNow(reader)} + ${sql.lit(Math.round(durationMs * 1000))}`
}

/**
 * `column + amount`, exact to the last unit: without the cast, MariaDB computes a prepared `column + ?` as a double
 * whenever a driver binds the parameter as anything but an integer.
 */
export function plus(reader: Reader, column: string, amount: bigint | number): RawBuilder<never> {
  const parameter = reader.flavour === 'sqlite' ? sql`${amount}` : sql`cast(${amount} as signed)`
  return sql<never>`${sql.ref(column)} + ${parameter}`
}

/**
 * Bound values per statement. MariaDB takes 65,535; SQLite 32,766, but there a statement stops the whole process while
 * it runs, so much written at once goes in small portions.
 */
const parametersPerStatement = { sqlite: 2000, mariadb: 20_000, mysql: 20_000 } as const

export interface NewRows {
  readonly rows: readonly object[]
  /** A column of the key that a repetition would violate; nothing happens to a row that is already there. */
  readonly key: string
}

/**
 * Inserts what is not there yet. Which rows were new is found out by reading back; the counts of the databases differ.
 */
export async function insertNew(tx: Transaction, tableName: string, { rows, key }: NewRows): Promise<void> {
  for (const part of splitRows(tx, rows)) {
    const insert = anyTables(tx).insertInto(tableName).values(part)
    await (
      tx.flavour === 'sqlite'
        ? insert.onConflict((conflict) => conflict.doNothing())
        : insert.onDuplicateKeyUpdate({ [key]: sql.ref(key) })
    ).execute()
  }
}

export async function insertAll(tx: Transaction, tableName: string, rows: readonly object[]): Promise<void> {
  for (const part of splitRows(tx, rows)) await anyTables(tx).insertInto(tableName).values(part).execute()
}

export interface MergedRows {
  readonly rows: readonly object[]
  readonly key: readonly string[]
  readonly update: readonly string[]
}

/** Inserts rows, or updates the named columns of those that are there. */
export async function mergeAll(tx: Transaction, tableName: string, { rows, key, update }: MergedRows): Promise<void> {
  for (const part of splitRows(tx, rows)) {
    const insert = anyTables(tx).insertInto(tableName).values(part)
    await (
      tx.flavour === 'sqlite'
        ? insert.onConflict((conflict) =>
            conflict
              .columns([...key])
              .doUpdateSet(Object.fromEntries(update.map((name) => [name, sql.ref(`excluded.${name}`)]))),
          )
        : insert.onDuplicateKeyUpdate(Object.fromEntries(update.map((name) => [name, sql`values(${sql.ref(name)})`])))
    ).execute()
  }
}

export interface AddedRows {
  readonly rows: readonly object[]
  readonly key: readonly string[]
  readonly add: readonly string[]
}

/** Inserts rows, or adds their named columns to those of the rows that are there: whole numbers, so nothing is lost. */
export async function addAll(tx: Transaction, tableName: string, { rows, key, add }: AddedRows): Promise<void> {
  const sums = (name: (column: string) => RawBuilder<unknown>): Record<string, RawBuilder<unknown>> =>
    Object.fromEntries(add.map((column) => [column, sql`${sql.ref(`${tableName}.${column}`)} + ${name(column)}`]))
  for (const part of splitRows(tx, rows)) {
    const insert = anyTables(tx).insertInto(tableName).values(part)
    await (
      tx.flavour === 'sqlite'
        ? insert.onConflict((conflict) =>
            conflict.columns([...key]).doUpdateSet(sums((column) => sql.ref(`excluded.${column}`))),
          )
        : insert.onDuplicateKeyUpdate(sums((column) => sql`values(${sql.ref(column)})`))
    ).execute()
  }
}

/** Locks what a query selects for the rest of the transaction; SQLite's writer has locked everything already. */
export function forUpdate(reader: Reader): RawBuilder<unknown> {
  return reader.flavour === 'sqlite' ? sql`` : sql`for update`
}

function anyTables(tx: Transaction): Kysely<Record<string, Record<string, unknown>>> {
  return sqlOf<Record<string, Record<string, unknown>>>(tx)
}

function* splitRows({ flavour }: Reader, rows: readonly object[]): Generator<Record<string, unknown>[]> {
  const width = Object.keys(rows[0] ?? {}).length
  const size = Math.max(1, Math.floor(parametersPerStatement[flavour] / Math.max(1, width)))
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size).map(toValues)
}

/** A member that is undefined would be left out, and stored as nothing without a word. */
function toValues(row: object): Record<string, unknown> {
  const values = { ...row }
  for (const value of Object.values(values))
    if (value === undefined) throw new Fault('store.parameter_refused', { data: { type: 'undefined' } })
  return values
}
