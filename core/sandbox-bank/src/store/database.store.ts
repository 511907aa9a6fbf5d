import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { StartError } from '../app/start-error.ts'
import type { Row } from './row.ts'
import { migrations } from './migrations.store.ts'

/**
 * The bank's one connection. Every call is synchronous, so nothing can come between the statements of a transaction,
 * and the event loop is the queue of writers.
 */
export class Database {
  readonly #connection: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(connection: DatabaseSync) {
    this.#connection = connection
  }

  /** Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes)
  }

  find(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values)
  }

  list(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values)
  }

  /** All or nothing. The work must be synchronous: nothing but the database may be waited for inside it. */
  transaction<T>(work: () => T): T {
    this.#connection.exec('begin immediate')
    try {
      const result = work()
      if (result instanceof Promise) throw new TypeError('a transaction cannot wait for a promise')
      this.#connection.exec('commit')
      return result
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('rollback')
      throw error
    }
  }

  close(): void {
    this.#statements.clear()
    this.#connection.close()
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#connection.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/**
 * Opens the file, or throws a StartError. `exclusive` keeps a second bank from opening the same books: what is in
 * flight is known to one process only.
 */
export function openDatabase(file: string): Database {
  const connection = new DatabaseSync(file, { readBigInts: true, timeout: 200, enableForeignKeyConstraints: true })
  try {
    connection.exec('pragma locking_mode = exclusive')
    connection.exec('pragma journal_mode = wal')
    connection.exec('pragma synchronous = full')
    const database = new Database(connection)
    commitMigrations(connection, file)
    return database
  } catch (error) {
    connection.close()
    if (isLocked(error)) {
      throw new StartError(
        `Another bank is running on ${file}: stop it, or set INTHREAD_HOME to another folder.`,
        error,
      )
    }
    throw error
  }
}

/** Brings the file to the newest form, each step all or nothing. */
function commitMigrations(connection: DatabaseSync, file: string): void {
  // A table that others refer to can only be made anew while nobody looks; it has no effect inside a transaction.
  connection.exec('pragma foreign_keys = off')
  connection.exec('begin immediate')
  const done = Number(connection.prepare('pragma user_version').get()?.user_version)
  if (done > migrations.length) {
    connection.exec('rollback')
    throw new StartError(`${file} was written by a newer bank: start that one, or set INTHREAD_HOME to another folder.`)
  }
  for (const step of migrations.slice(done)) connection.exec(step)
  if (connection.prepare('pragma foreign_key_check').get()) throw new Error('a step of the books left a loose end')
  connection.exec(`pragma user_version = ${migrations.length}`)
  connection.exec('commit')
  connection.exec('pragma foreign_keys = on')
}

/** SQLite's SQLITE_BUSY (5), with its extended codes in the higher bytes. */
function isLocked(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}
