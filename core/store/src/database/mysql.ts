import mysql, { type FieldPacket, type Pool, type PoolConnection } from 'mysql2/promise'
import { Fault } from '@inthread/sdk/fault'
import type { Flavour } from '../schema/vocabulary.ts'
import type { Connection, StatementResult } from './connection.ts'
import { readWhole } from './values.ts'
import type { BoundValue } from './values.ts'

/** Column types of the wire protocol that carry whole numbers as digits: LONGLONG, DECIMAL, NEWDECIMAL. */
const digitTypes: ReadonlySet<number> = new Set([8, 0, 246])

/**
 * Every session of the pool: errors instead of bent values, UTC, no lost seconds waiting for a lock, and READ
 * COMMITTED, because the default isolation lets a read-then-write make money.
 */
const sessionSettings = [
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
  `SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
]

export interface MysqlConnection extends Connection {
  /** Puts the connection back, or throws it away after an error that it may not have survived. */
  release(broken: boolean): void
}

export interface MysqlPool {
  readonly flavour: Flavour
  acquire(): Promise<MysqlConnection>
  close(): Promise<void>
}

export async function openMysql(url: string, poolSize: number): Promise<MysqlPool> {
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: poolSize,
    maxIdle: poolSize,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    maxPreparedStatements: 400,
    connectTimeout: 5000,
    enableKeepAlive: true,
  })
  try {
    const flavour = await findFlavour(pool)
    return { flavour, acquire: () => acquire(pool, flavour), close: () => pool.end() }
  } catch (cause) {
    await pool.end()
    throw new Fault('store.unreachable', { cause })
  }
}

async function findFlavour(pool: Pool): Promise<Flavour> {
  const [rows] =
    await pool.query<[{ version: string } & { constructor: { name: 'RowDataPacket' } }]>('SELECT version() AS version')
  return rows[0].version.includes('MariaDB') ? 'mariadb' : 'mysql'
}

/**
 * One wrapper per physical connection, so that what is kept for it (prepared sessions, compiled statements) is kept.
 */
const wrappers = new WeakMap<object, MysqlConnection>()

async function acquire(pool: Pool, flavour: Flavour): Promise<MysqlConnection> {
  const connection = await pool.getConnection()
  const known = wrappers.get(connection.connection)
  if (known) return known
  for (const setting of sessionSettings) await connection.query(setting)
  const wrapper: MysqlConnection = {
    flavour,
    execute: (sql, parameters) => runStatement(connection, sql, parameters),
    release: (broken) => (broken ? connection.destroy() : connection.release()),
  }
  wrappers.set(connection.connection, wrapper)
  return wrapper
}

async function runStatement(
  connection: PoolConnection,
  sql: string,
  parameters: readonly BoundValue[],
): Promise<StatementResult> {
  // Of all that we say, MySQL prepares only this not.
  if (sql.startsWith('CREATE TRIGGER')) {
    await connection.query(sql)
    return { rows: [], changes: 0 }
  }
  const [result, fields] = await connection.execute(sql, parameters.map(typeParameter))
  if (!Array.isArray(result)) return { rows: [], changes: result.affectedRows }
  const rows = result as Record<string, unknown>[]
  convertDigits(rows, fields)
  return { rows, changes: 0 }
}

/** Numbers travel as 64-bit integers: as the driver's default, a double, an amount above 2^53 would be bent. */
function typeParameter(value: BoundValue): ReturnType<typeof mysql.TypedParameter.LONGLONG> | string | null {
  return typeof value === 'number' || typeof value === 'bigint' ? mysql.TypedParameter.LONGLONG(value) : value
}

function convertDigits(rows: Record<string, unknown>[], fields: FieldPacket[]): void {
  const digits = fields.filter((field) => digitTypes.has(field.columnType ?? -1)).map((field) => field.name)
  if (digits.length === 0) return
  for (const row of rows) {
    for (const name of digits) {
      const value = row[name]
      if (typeof value === 'string') row[name] = readWhole(name, BigInt(value))
    }
  }
}
