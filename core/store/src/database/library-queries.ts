import {
  AliasNode,
  FromNode,
  InsertQueryNode,
  JoinNode,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  OperationNodeTransformer,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  TableNode,
  UpdateQueryNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely'
import { Fault } from '@inthread/sdk/fault'
import { SealsColumns, type SealedColumns } from './sealed-columns.ts'
import { sqlOf, type Reader, type Store, type Transaction } from './store.ts'

export interface LibraryQueries {
  /** Names its calls in traces, like `auth`. */
  readonly label: string
  /** Of all tables it may name; anything else is refused. */
  readonly prefix: string
  /** Columns that the library takes for moments: text in ISO 8601 in the database, a Date in its hands. */
  readonly moments: ReadonlySet<string>
  /** What it sees in clear and the database never. */
  readonly sealed: SealedColumns
}

/**
 * Kysely for a library that keeps tables of its own and opens its own transactions. Its statements go through the
 * store, so that they queue with everybody else's, and are repeated when the database was busy.
 */
export function openLibraryQueries(
  store: Store,
  wanted: LibraryQueries,
): Kysely<Record<string, Record<string, unknown>>> {
  const sqlite = store.flavour === 'sqlite'
  return new Kysely({
    dialect: {
      createAdapter: () => (sqlite ? new SqliteAdapter() : new MysqlAdapter()),
      createDriver: () => new LibraryDriver(store, wanted),
      createIntrospector: (db) => (sqlite ? new SqliteIntrospector(db) : new MysqlIntrospector(db)),
      createQueryCompiler: () => (sqlite ? new SqliteQueryCompiler() : new MysqlQueryCompiler()),
    },
    plugins: [new OwnTables(wanted.prefix), new SealsColumns(wanted.sealed)],
  })
}

/** A library that names somebody else's table is stopped before the database hears of it. */
class OwnTables extends OperationNodeTransformer implements KyselyPlugin {
  readonly #prefix: string

  constructor(prefix: string) {
    super()
    this.#prefix = prefix
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return this.transformNode(node)
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result)
  }

  protected override transformNodeImpl<T extends OperationNode>(node: T): T {
    for (const each of listTables(node))
      if (!each.startsWith(this.#prefix)) throw new Fault('store.table_foreign', { data: { table: each } })
    return super.transformNodeImpl(node)
  }
}

/** The tables that a node reads from or writes to by their names. */
function listTables(node: OperationNode): readonly string[] {
  if (FromNode.is(node)) return node.froms.flatMap(nameOf)
  if (JoinNode.is(node)) return nameOf(node.table)
  if (InsertQueryNode.is(node)) return node.into ? nameOf(node.into) : []
  if (UpdateQueryNode.is(node)) return node.table ? nameOf(node.table) : []
  return []
}

function nameOf(node: OperationNode): readonly string[] {
  if (AliasNode.is(node)) return nameOf(node.node)
  return TableNode.is(node) ? [node.table.identifier.name] : []
}

class LibraryDriver implements Driver {
  readonly #store: Store
  readonly #wanted: LibraryQueries

  constructor(store: Store, wanted: LibraryQueries) {
    this.#store = store
    this.#wanted = wanted
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<LibraryConnection> {
    return new LibraryConnection(this.#store, this.#wanted)
  }

  beginTransaction(connection: LibraryConnection): Promise<void> {
    return connection.begin()
  }

  commitTransaction(connection: LibraryConnection): Promise<void> {
    return connection.end(true)
  }

  rollbackTransaction(connection: LibraryConnection): Promise<void> {
    return connection.end(false)
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

/** Thrown into the store's transaction to have it rolled back. */
const givenUp = new Error('the library gave its transaction up')

interface OpenTransaction {
  readonly handle: Transaction
  readonly finish: PromiseWithResolvers<void>
  readonly closed: Promise<void>
}

class LibraryConnection implements DatabaseConnection {
  readonly #store: Store
  readonly #wanted: LibraryQueries
  #open: OpenTransaction | undefined

  constructor(store: Store, wanted: LibraryQueries) {
    this.#store = store
    this.#wanted = wanted
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { label, moments } = this.#wanted
    const bound = { ...query, parameters: query.parameters.map(bindMoment) }
    const run = (handle: Reader): Promise<QueryResult<R>> => sqlOf(handle).executeQuery<R>(bound)
    const answer = this.#open
      ? await run(this.#open.handle)
      : await (isRead(query) ? this.#store.read(label, run) : this.#store.write(label, run))
    return { ...answer, rows: answer.rows.map((row) => readMoments(row, moments)) }
  }

  streamQuery(): never {
    throw new TypeError('statements are not streamed: every list is bounded')
  }

  async begin(): Promise<void> {
    const started = Promise.withResolvers<Transaction>()
    const finish = Promise.withResolvers<void>()
    let runs = 0
    const closed = this.#store.write(this.#wanted.label, async (handle) => {
      runs += 1
      // What the library has said cannot be said again for it: it hears that the transaction was lost.
      if (runs > 1) throw new Fault('store.commit_lost')
      started.resolve(handle)
      await finish.promise
    })
    closed.catch((error: unknown) => started.reject(error))
    this.#open = { handle: await started.promise, finish, closed }
  }

  async end(commit: boolean): Promise<void> {
    const open = this.#open
    if (!open) return
    this.#open = undefined
    if (commit) open.finish.resolve()
    else open.finish.reject(givenUp)
    await open.closed.catch((error: unknown) => {
      if (commit || error !== givenUp) throw error
    })
  }
}

function isRead({ query, sql }: CompiledQuery): boolean {
  if (query.kind === 'SelectQueryNode') return !sql.endsWith('for update')
  return query.kind === 'RawNode' && /^\s*(select|with|pragma)\b/i.test(sql)
}

function bindMoment(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}

function readMoments<R>(row: R, moments: ReadonlySet<string>): R {
  if (typeof row !== 'object' || row === null) return row
  const named = Object.entries(row).map(([name, value]: [string, unknown]) => {
    return [name, moments.has(name) && typeof value === 'string' ? new Date(value) : value]
  })
  return Object.fromEntries(named) as R
}
