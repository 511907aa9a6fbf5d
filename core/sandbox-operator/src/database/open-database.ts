import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { schemaSteps } from './schema-steps.ts'

export type Row = Record<string, SQLOutputValue>
export type Param = SQLInputValue

/** One connection, one thread: every call is synchronous, so a transaction is simply a function. */
export interface Database {
  readonly find: <T extends Row>(sql: string, ...params: Param[]) => T | undefined
  readonly list: <T extends Row>(sql: string, ...params: Param[]) => T[]
  /** Returns the number of rows changed. */
  readonly run: (sql: string, ...params: Param[]) => number
  /** Runs `work` in one transaction; nested calls join the outer one. */
  readonly transact: <T>(work: () => T) => T
  readonly close: () => void
}

export class NewerDatabase extends Error {}

/** Opens or creates `operator.sqlite` in `folder`. Throws NewerDatabase if a later version of this program wrote it. */
export function openDatabase(folder: string): Database {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const connection = new DatabaseSync(join(folder, 'operator.sqlite'))
  connection.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on')
  applySchema(connection)
  return wrap(connection)
}

function applySchema(connection: DatabaseSync): void {
  const row = connection.prepare('pragma user_version').get()
  const version = Number(row?.['user_version'] ?? 0)
  if (version > schemaSteps.length) throw new NewerDatabase(`database version ${version}`)
  schemaSteps.slice(version).forEach((step, offset) => {
    connection.exec(`begin immediate; ${step}; pragma user_version = ${version + offset + 1}; commit`)
  })
}

function wrap(connection: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, known)
    return known
  }
  let depth = 0
  return {
    find: <T extends Row>(sql: string, ...params: Param[]) => prepare(sql).get(...params) as T | undefined,
    list: <T extends Row>(sql: string, ...params: Param[]) => prepare(sql).all(...params) as T[],
    run: (sql, ...params) => Number(prepare(sql).run(...params).changes),
    transact: (work) => {
      if (depth > 0) return work()
      connection.exec('begin immediate')
      depth += 1
      try {
        const result = work()
        connection.exec('commit')
        return result
      } catch (cause) {
        connection.exec('rollback')
        throw cause
      } finally {
        depth -= 1
      }
    },
    close: () => {
      statements.clear()
      connection.close()
    },
  }
}
