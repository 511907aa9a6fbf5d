import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { findBinary } from './find-binary.ts'
import { buildFolderPrefix, removeAbandonedServers } from './abandoned-servers.ts'

/** A MariaDB server of one test run: nobody else's data is in it, and every file it writes may be read. */
export interface MysqlServer {
  /** `mysql://root@127.0.0.1:<port>`, without a database; the user may create some. */
  readonly url: string
  /** Where its data files, redo log and binary log are. */
  readonly dataFolder: string
  readonly version: string
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
  /** Ends it as a power cut ends a process, and starts it again at the same place. */
  kill(): Promise<void>
}

export interface MysqlServerOptions {
  /** What is committed is on the disk: for tests that take the server away under load. */
  readonly durable?: boolean
}

const startLimitMs = 60_000

export function findMysqlBinary(): string | undefined {
  return findBinary('mariadbd')
}

/** Throws a sentence with the server's own last words when it does not come up. */
export async function startMysqlServer(binary: string, options: MysqlServerOptions = {}): Promise<MysqlServer> {
  removeAbandonedServers()
  const folder = mkdtempSync(join(tmpdir(), buildFolderPrefix()))
  try {
    installDatabase(binary, folder)
    const port = await findFreePort()
    const flags = [...buildFlags(folder, port), ...(options.durable ? durableFlags : [])]
    const start = (): ChildProcess => spawn(binary, flags, { detached: true, stdio: 'ignore' })
    let child = start()
    const url = `mysql://root@127.0.0.1:${port}`
    const killed = (): boolean => child.kill('SIGKILL')
    process.once('exit', killed)
    const version = await waitUntilReady(child, url, folder)
    const stop = async (): Promise<void> => {
      await stopServer(child)
      process.off('exit', killed)
      rmSync(folder, { recursive: true, force: true })
    }
    const kill = async (): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
      await promise
      child = start()
      await waitUntilReady(child, url, folder)
    }
    return { url, dataFolder: join(folder, 'data'), version, stop, kill }
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true })
    throw cause
  }
}

/** MariaDB refuses to run as root unless told so; nothing of it outlives the run. */
const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : [])

function installDatabase(binary: string, folder: string): void {
  const beside = join(dirname(binary), '../bin/mariadb-install-db')
  const installer = existsSync(beside) ? beside : findBinary('mariadb-install-db')
  if (installer === undefined) throw new Error(`${binary} is there but mariadb-install-db is not: reinstall MariaDB`)
  mkdirSync(join(folder, 'data'))
  const flags = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--auth-root-authentication-method=normal']
  execFileSync(installer, [...flags, '--skip-test-db', '--skip-name-resolve', ...asRoot()], { stdio: 'pipe' })
}

/** Binary log on, so that tests can search it. Nobody needs these data after a power cut: no waiting for the disk. */
function buildFlags(folder: string, port: number): string[] {
  return [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'server.log')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--log-bin=binlog',
    '--binlog-format=ROW',
    '--server-id=1',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-flush-method=nosync',
    '--skip-innodb-doublewrite',
    '--sync-binlog=0',
    '--innodb-buffer-pool-size=128M',
    '--max-connections=500',
    ...asRoot(),
  ]
}

const durableFlags = ['--innodb-flush-log-at-trx-commit=1', '--innodb-flush-method=fsync', '--innodb-doublewrite']

function findFreePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
  })
  return promise
}

async function waitUntilReady(child: ChildProcess, url: string, folder: string): Promise<string> {
  const giveUpAt = Date.now() + startLimitMs
  while (child.exitCode === null && child.signalCode === null && Date.now() < giveUpAt) {
    const version = await findServerVersion(url)
    if (version !== undefined) return version
    await pause(50)
  }
  await stopServer(child)
  throw new Error(`the test server did not come up: ${readLastWords(join(folder, 'server.log'))}`)
}

/** Undefined when nobody answers at the URL, or not without a password. */
export async function findServerVersion(url: string): Promise<string | undefined> {
  try {
    const connection = await createConnection({ uri: url, connectTimeout: 2000 })
    const [rows] = await connection.query('SELECT version() AS version')
    await connection.end()
    const [row] = Array.isArray(rows) ? rows : []
    return row !== undefined && 'version' in row ? String(row.version) : ''
  } catch {
    return undefined
  }
}

function readLastWords(path: string): string {
  if (!existsSync(path)) return 'it wrote no log'
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await promise
  clearTimeout(impatience)
}
