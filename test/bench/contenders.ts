import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createMysqlDatabase, createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { findFreePorts } from '../kit/ports.ts'
import type { Sink } from './sink.ts'

/** Something that takes pushes, in a process of its own. */
export interface Contender {
  readonly name: string
  readonly replies: boolean
  start(sink: Sink): Promise<Running>
}

export interface Running {
  readonly url: string
  /** CPU seconds of the process so far, user and system. */
  stop(): Promise<void>
}

export function listContenders(mysqlUrl: string): readonly Contender[] {
  return [
    { name: 'bare Fastify', replies: false, start: () => startServer('bare-server.ts', {}, '') },
    {
      name: 'Fastify + mysql2 by hand',
      replies: false,
      start: async () =>
        withDatabase(await createMysqlDatabase(mysqlUrl), (database) =>
          startServer('by-hand-server.ts', { DATABASE_URL: database.url }, ''),
        ),
    },
    {
      name: 'Inthread on MariaDB',
      replies: true,
      start: async (sink) =>
        withDatabase(await createMysqlDatabase(mysqlUrl), (database) =>
          startPlatform(database, sink, { DATABASE_URL: database.url }),
        ),
    },
    {
      name: 'Inthread on SQLite',
      replies: true,
      start: async (sink) =>
        withDatabase(await createSqliteDatabase(), (database) => startPlatform(database, sink, {})),
    },
    {
      name: 'Inthread on SQLite, traced',
      replies: true,
      start: async (sink) =>
        withDatabase(await createSqliteDatabase(), (database) =>
          startPlatform(database, sink, { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url }),
        ),
    },
  ]
}

function startPlatform(
  database: TestDatabase,
  sink: Sink,
  environment: Readonly<Record<string, string>>,
): Promise<Running> {
  const home = join(database.folder, 'home')
  return startServer(
    'inthread-server.ts',
    { INTHREAD_HOME: home, BENCH_SINK: sink.url, ...environment },
    '/in/northern-rail.ct',
  )
}

async function startServer(
  file: string,
  environment: Readonly<Record<string, string>>,
  base: string,
): Promise<Running> {
  const [port = 0] = await findFreePorts(1)
  const child = fork(new URL(file, import.meta.url), {
    env: { ...process.env, ...environment, BENCH_PORT: String(port) },
    stdio: 'inherit',
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}${base}`, stop: () => stopChild(child) }
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

async function withDatabase(
  database: TestDatabase,
  start: (database: TestDatabase) => Promise<Running>,
): Promise<Running> {
  const running = await start(database)
  return {
    url: running.url,
    stop: async () => {
      await running.stop()
      await database.drop()
    },
  }
}
