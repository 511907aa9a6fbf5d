import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Connection, StatementResult } from './connection.ts'
import { readWhole } from './values.ts'
import type { BoundValue } from './values.ts'

/** Statements that stay prepared per connection; ours number some two hundred. */
const preparedLimit = 400

/** Of one portion of a large import; a turn's statements have fewer. */
const manyParameters = 1500

/**
 * One SQLite connection. WAL, every commit on disk before it is acknowledged. The busy time-out is short, because
 * waiting for a lock here would stop the whole process: the store waits outside, without blocking.
 */
export function openSqlite(file: string): Connection & { close(): void } {
  const database = new DatabaseSync(file, { timeout: 20 })
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST',
  )
  const prepared = new Map<string, StatementSync>()
  return {
    flavour: 'sqlite',
    execute: async (sql, parameters) => {
      const result = runStatement(getPrepared(database, prepared, sql), parameters)
      if (parameters.length >= manyParameters) await letOthersIn()
      return result
    },
    close: () => database.close(),
  }
}

/** Whoever writes very much does it in many statements: between them the process hears what else there is. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function getPrepared(database: DatabaseSync, prepared: Map<string, StatementSync>, sql: string): StatementSync {
  const known = prepared.get(sql)
  if (known) return known
  if (prepared.size >= preparedLimit) prepared.clear()
  const statement = database.prepare(sql)
  statement.setReadBigInts(true)
  prepared.set(sql, statement)
  return statement
}

function runStatement(statement: StatementSync, parameters: readonly BoundValue[]): StatementResult {
  const bound = parameters.map(typeParameter)
  if (statement.columns().length === 0) return { rows: [], changes: Number(statement.run(...bound).changes) }
  return { rows: statement.all(...bound).map(readRow), changes: 0 }
}

/** Numbers go in as 64-bit integers: the driver would bind a double, and an amount above 2^53 plus it would be bent. */
function typeParameter(value: BoundValue): BoundValue {
  return typeof value === 'number' ? BigInt(value) : value
}

function readRow(row: Record<string, unknown>): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const column in row) {
    const value = row[column]
    read[column] = typeof value === 'bigint' ? readWhole(column, value) : value
  }
  return read
}
