import type { Kysely } from 'kysely'
import { Fault, isFault } from '@inthread/sdk/fault'
import type { Flavour } from '../schema/vocabulary.ts'
import { buildQueries, type Connection } from './connection.ts'
import { openMysql } from './mysql.ts'
import { openSqlite } from './sqlite.ts'
import { readTrouble, type Trouble } from './trouble.ts'

declare const brand: unique symbol

/** A reading connection. Rooms turn it into typed statements in their `.store.ts` files with `sqlOf`. */
export interface Reader {
  readonly [brand]: 'reader'
  readonly flavour: Flavour
}

/** A transaction under way. Only the database may be awaited while it is open. */
export interface Transaction extends Reader {
  readonly writes: true
}

export interface Store {
  readonly flavour: Flavour
  /** Runs statements that change nothing. `label` names the call for traces and fault tests, like `turn.load`. */
  read<T>(label: string, work: (reader: Reader) => Promise<T>): Promise<T>
  /**
   * Runs one transaction and commits it. The work may run again after a deadlock or a busy database, so it keeps
   * nothing outside. `settle` answers, after the connection was lost during COMMIT, whether the work is there; without
   * it the work must be harmless to repeat, and is repeated.
   */
  write<T>(
    label: string,
    work: (transaction: Transaction) => Promise<T>,
    settle?: (reader: Reader) => Promise<boolean>,
  ): Promise<T>
  close(): Promise<void>
}

/** Sees every call of the port before and after: used by traces, by fault tests and by the statement guard. */
export interface StoreObserver {
  observe(event: StoreEvent): void
}

export interface StoreEvent {
  readonly label: string
  readonly call: 'begin' | 'statement' | 'commit' | 'rollback'
  readonly phase: 'before' | 'after'
  readonly sql?: string
}

export interface StoreOptions {
  /** A `mysql://` URL, or the path of a SQLite file. */
  readonly url: string
  readonly poolSize?: number
  readonly observer?: StoreObserver
  /** Waits between tries; injected, because rooms own no timers. */
  readonly pause: (durationMs: number) => Promise<void>
}

interface Lease {
  readonly connection: Connection
  release(broken: boolean): void
}

interface Backend {
  readonly flavour: Flavour
  readonly begin: string
  acquire(kind: 'read' | 'write'): Promise<Lease>
  close(): Promise<void>
}

interface Work<T> {
  readonly label: string
  readonly work: (transaction: Transaction) => Promise<T>
  /** Filled once the work is through, so that a commit of unknown outcome can still be answered. */
  readonly done: { result?: { value: T } }
}

const triesOnTrouble = 12

export async function openStore(options: StoreOptions): Promise<Store> {
  const backend = options.url.startsWith('mysql:') ? await openMysqlBackend(options) : openSqliteBackend(options.url)
  return new LabelledStore(backend, options)
}

class LabelledStore implements Store {
  readonly flavour: Flavour
  readonly #backend: Backend
  readonly #options: StoreOptions

  constructor(backend: Backend, options: StoreOptions) {
    this.flavour = backend.flavour
    this.#backend = backend
    this.#options = options
  }

  read<T>(label: string, work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#persist(() => this.#use('read', label, (connection) => withHandle(connection, false, work)))
  }

  write<T>(
    label: string,
    work: (transaction: Transaction) => Promise<T>,
    settle?: (reader: Reader) => Promise<boolean>,
  ): Promise<T> {
    return this.#persist(async () => {
      const done: { result?: { value: T } } = {}
      try {
        return await this.#use('write', label, (connection) => this.#transact(connection, { label, work, done }))
      } catch (error) {
        if (!isFault(error, 'store.commit_unknown') || !done.result) throw error
        if (settle && (await this.read(`${label}.settle`, settle))) return done.result.value
        throw new Fault('store.commit_lost', { cause: error })
      }
    })
  }

  close(): Promise<void> {
    return this.#backend.close()
  }

  async #use<T>(kind: 'read' | 'write', label: string, work: (connection: Connection) => Promise<T>): Promise<T> {
    const lease = await this.#backend.acquire(kind)
    let broken = false
    try {
      return await work(observed(lease.connection, label, this.#options.observer))
    } catch (error) {
      broken = readTrouble(error) === 'lost' || isFault(error, 'store.commit_unknown')
      throw error
    } finally {
      lease.release(broken)
    }
  }

  async #transact<T>(connection: Connection, { label, work, done }: Work<T>): Promise<T> {
    await this.#mark(label, 'begin', () => connection.execute(this.#backend.begin, []))
    let value: T
    try {
      value = await withHandle(connection, true, work)
    } catch (error) {
      await this.#mark(label, 'rollback', () => connection.execute('ROLLBACK', [])).catch(() => undefined)
      throw error
    }
    done.result = { value }
    await this.#commit(label, connection)
    return value
  }

  async #commit(label: string, connection: Connection): Promise<void> {
    try {
      await this.#mark(label, 'commit', () => connection.execute('COMMIT', []))
    } catch (error) {
      if (readTrouble(error) === 'lost') throw new Fault('store.commit_unknown', { cause: error })
      await connection.execute('ROLLBACK', []).catch(() => undefined)
      throw error
    }
  }

  async #mark<T>(label: string, call: 'begin' | 'commit' | 'rollback', run: () => Promise<T>): Promise<T> {
    this.#options.observer?.observe({ label, call, phase: 'before' })
    const result = await run()
    this.#options.observer?.observe({ label, call, phase: 'after' })
    return result
  }

  /** Again after a deadlock, a busy database or a lost connection, with growing pauses; then the fault goes up. */
  async #persist<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run()
      } catch (error) {
        const trouble = isFault(error, 'store.commit_lost') ? 'lost' : readTrouble(error)
        const again = (trouble === 'busy' || trouble === 'lost') && attempt < triesOnTrouble
        if (!again) throw wrapTrouble(error, trouble)
        await this.#options.pause(Math.min(2 ** attempt, 400))
      }
    }
  }
}

/** A driver's message may carry values, so it travels only as the cause, which is never written anywhere. */
function wrapTrouble(error: unknown, trouble: Trouble): unknown {
  if (isFault(error) && error.code !== 'store.commit_lost') return error
  switch (trouble) {
    case 'busy':
      return new Fault('store.busy', { cause: error })
    case 'lost':
      return new Fault('store.unreachable', { cause: error })
    case 'duplicate':
      return new Fault('store.duplicate', { cause: error })
    case 'refused':
      return new Fault('store.statement_refused', { cause: error })
    case 'other':
      return error
  }
}

type Queries = Kysely<Record<string, Record<string, unknown>>>
const handles = new WeakMap<object, Queries>()
const queriesOf = new WeakMap<Connection, Queries>()

/** A handle is good for its own work only: a statement that comes later would run in somebody else's transaction. */
async function withHandle<T>(
  connection: Connection,
  writes: boolean,
  work: (handle: Transaction) => Promise<T>,
): Promise<T> {
  const handle = openHandle(connection, writes)
  try {
    return await work(handle)
  } finally {
    handles.delete(handle)
  }
}

function openHandle(connection: Connection, writes: boolean): Transaction {
  const handle = { flavour: connection.flavour, writes } as Transaction
  let queries = queriesOf.get(connection)
  if (!queries) queriesOf.set(connection, (queries = buildQueries(connection)))
  handles.set(handle, queries)
  return handle
}

/** Typed statements over a reader or a transaction. For `.store.ts` files only. */
export function sqlOf<DB>(handle: Reader): Kysely<DB> {
  const queries = handles.get(handle)
  if (!queries) throw new Fault('store.handle_closed')
  return queries as Kysely<unknown> as Kysely<DB>
}

function observed(connection: Connection, label: string, observer: StoreObserver | undefined): Connection {
  if (!observer) return connection
  return {
    flavour: connection.flavour,
    execute: async (sql, parameters) => {
      if (/^(BEGIN|START|COMMIT|ROLLBACK)/.test(sql)) return connection.execute(sql, parameters)
      observer.observe({ label, call: 'statement', phase: 'before', sql })
      const result = await connection.execute(sql, parameters)
      observer.observe({ label, call: 'statement', phase: 'after', sql })
      return result
    },
  }
}

async function openMysqlBackend(options: StoreOptions): Promise<Backend> {
  const pool = await openMysql(options.url, options.poolSize ?? 16)
  return {
    flavour: pool.flavour,
    begin: 'START TRANSACTION',
    acquire: async () => {
      const connection = await pool.acquire()
      return { connection, release: (broken) => connection.release(broken) }
    },
    close: () => pool.close(),
  }
}

/** One writer, whose users queue up in this process, and one reader beside it. */
function openSqliteBackend(file: string): Backend {
  const writer = openSqlite(file)
  const reader = openSqlite(file)
  let queue: Promise<void> = Promise.resolve()
  const acquireWriter = async (): Promise<Lease> => {
    const turn = Promise.withResolvers<void>()
    const before = queue
    queue = turn.promise
    await before
    return { connection: writer, release: () => turn.resolve() }
  }
  return {
    flavour: 'sqlite',
    begin: 'BEGIN IMMEDIATE',
    acquire: (kind) =>
      kind === 'write' ? acquireWriter() : Promise.resolve({ connection: reader, release: () => undefined }),
    close: async () => {
      await queue
      reader.close()
      writer.close()
    },
  }
}
