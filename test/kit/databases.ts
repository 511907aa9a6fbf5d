import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'

/** A database that nothing has been written to, and that nobody else knows. */
export interface TestDatabase {
  readonly kind: 'sqlite' | 'mysql'
  /** What a store is opened with: `mysql://…/<database>`, or the path of a SQLite file that does not exist yet. */
  readonly url: string
  /** A folder of its own, for keys, caches and the SQLite file. */
  readonly folder: string
  /** Removes the database and the folder. Close what is open on it first. */
  drop(): Promise<void>
}

export async function createSqliteDatabase(): Promise<TestDatabase> {
  const folder = await createFolder()
  return { kind: 'sqlite', url: join(folder, 'inthread.sqlite'), folder, drop: () => removeFolder(folder) }
}

/** `serverUrl` names a server on which databases may be created, `mysql://user@host:port`. */
export async function createMysqlDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `inthread_test_${randomBytes(6).toString('hex')}`
  await runOnServer(serverUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  const folder = await createFolder()
  const drop = async (): Promise<void> => {
    await runOnServer(serverUrl, `DROP DATABASE IF EXISTS ${name}`)
    await removeFolder(folder)
  }
  return { kind: 'mysql', url: withDatabase(serverUrl, name), folder, drop }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function runOnServer(serverUrl: string, statement: string): Promise<void> {
  const connection = await createConnection({ uri: serverUrl, connectTimeout: 10_000 })
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}

function createFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'inthread-test-'))
}

function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}
