import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import {
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Flavour } from '../schema/vocabulary.ts'
import type { BoundValue } from './values.ts'
import { bindValue } from './values.ts'

export interface StatementResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly changes: number
}

/** One connection to a database: it runs one statement at a time, in order. */
export interface Connection {
  readonly flavour: Flavour
  execute(sql: string, parameters: readonly BoundValue[]): Promise<StatementResult>
}

/** Kysely over exactly one connection: it builds and runs statements; transactions are the store's business. */
export function buildQueries(connection: Connection): Kysely<Record<string, Record<string, unknown>>> {
  const sqlite = connection.flavour === 'sqlite'
  return new Kysely({
    dialect: {
      createAdapter: () => (sqlite ? new SqliteAdapter() : new MysqlAdapter()),
      createDriver: () => new OneConnectionDriver(connection),
      createIntrospector: (db) => (sqlite ? new SqliteIntrospector(db) : new MysqlIntrospector(db)),
      createQueryCompiler: () => (sqlite ? new SqliteQueryCompiler() : new MysqlQueryCompiler()),
    },
  })
}

class OneConnectionDriver extends DummyDriver {
  readonly #connection: DatabaseConnection

  constructor(connection: Connection) {
    super()
    this.#connection = {
      executeQuery: (query) => runCompiled(connection, query),
      streamQuery: () => {
        throw new TypeError('statements are not streamed: every list is bounded')
      },
    }
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection)
  }
}

async function runCompiled<R>(connection: Connection, query: CompiledQuery): Promise<QueryResult<R>> {
  const { rows, changes } = await connection.execute(query.sql, query.parameters.map(bindValue))
  return { rows: rows as R[], numAffectedRows: BigInt(changes) }
}
