import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:net'
import { faultCodeOf } from '@inthread/sdk/fault'
import { listPendingMigrations, openStore, type Store } from '@inthread/store'
import { dbNow, sql, sqlOf } from '@inthread/store/sql'
import { explainDatabase } from '../boot/explain-database.ts'
import { tryReadSettings } from '../boot/from-environment.ts'
import { isRunning, openHome } from '../boot/home.ts'
import { migrations } from '../boot/migrations.ts'
import type { Settings } from '../boot/settings.ts'
import { createTimers } from '../ports/timers.ts'
import { systemNowMs } from '../ports/clock.ts'
import { examineConnections } from './connections.ts'
import type { Finding } from './finding.ts'

const skewAllowedMs = 2000

/** Looks at everything the platform needs: Node, environment, folder, ports, database, clock, operators and banks. */
export async function examineFromEnvironment(): Promise<readonly Finding[]> {
  const node = examineNode(process.versions.node)
  const settings = tryReadSettings()
  if ('problem' in settings)
    return [node, { check: 'environment', state: 'wrong', detail: settings.problem, remedy: 'Correct or unset them.' }]
  const folder = examineFolder(settings)
  const ports = await examinePorts(settings)
  const inside =
    folder.state === 'wrong' ? [leftOut('database', 'mend the data folder')] : await examineInside(settings)
  return [node, folder, ...ports, ...inside]
}

function leftOut(check: string, before: string): Finding {
  return { check, state: 'unknown', detail: `not looked at: ${before} first` }
}

function examineNode(version: string): Finding {
  const major = Number(version.split('.')[0])
  if (major >= 24) return { check: 'Node', state: 'fine', detail: `version ${version}` }
  return {
    check: 'Node',
    state: 'wrong',
    detail: `version ${version}`,
    remedy: 'Install Node 24 or newer, or start with "npm start", which brings it along.',
  }
}

function examineFolder(settings: Settings): Finding {
  try {
    openHome(settings.home)
    accessSync(settings.home, constants.W_OK)
    return { check: 'data folder', state: 'fine', detail: settings.home }
  } catch {
    return {
      check: 'data folder',
      state: 'wrong',
      detail: `${settings.home} cannot be written`,
      remedy: 'Mend its rights, or choose another one with INTHREAD_HOME.',
    }
  }
}

/** A port that is taken is fine when it is our own platform that has it, or our own sandbox. */
async function examinePorts(settings: Settings): Promise<readonly Finding[]> {
  const { sandbox } = settings
  const ports = [
    { check: 'platform port', port: settings.port, variable: 'INTHREAD_PORT' },
    ...(sandbox.bank ? [{ check: 'bank port', port: settings.bankPort, variable: 'INTHREAD_BANK_PORT' }] : []),
    ...(sandbox.operator
      ? [{ check: 'operator port', port: settings.operatorPort, variable: 'INTHREAD_OPERATOR_PORT' }]
      : []),
  ]
  const running = isRunning(settings.home)
  return Promise.all(ports.map((port) => examinePort(port, settings.host, running)))
}

interface ExaminedPort {
  readonly check: string
  readonly port: number
  readonly variable: string
}

async function examinePort({ check, port, variable }: ExaminedPort, host: string, running: boolean): Promise<Finding> {
  const remedy = `Stop it, or choose another port with ${variable}.`
  if (await isFree(port, host)) return { check, state: 'fine', detail: `${port} is free` }
  if (!(await answersHealth(port)))
    return { check, state: 'wrong', detail: `${port} is taken by something else`, remedy }
  if (running) return { check, state: 'fine', detail: `${port} is ours` }
  return { check, state: 'wrong', detail: `${port} is taken by a platform or sandbox of another data folder`, remedy }
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

async function answersHealth(port: number): Promise<boolean> {
  const { createHttpClient } = await import('../ports/http-client.ts')
  const http = createHttpClient()
  try {
    return (
      (await http.send({ method: 'GET', url: `http://127.0.0.1:${port}/healthz`, headers: {}, deadlineMs: 2000 }))
        .status === 200
    )
  } catch {
    return false
  } finally {
    await http.close()
  }
}

async function examineInside(settings: Settings): Promise<readonly Finding[]> {
  const home = openHome(settings.home)
  const timers = createTimers(() => undefined)
  let store: Store
  try {
    store = await openStore({ url: settings.databaseUrl ?? home.databaseFile, pause: timers.pause })
  } catch (error) {
    const { detail, remedy } = explainDatabase(error) ?? { detail: faultCodeOf(error), remedy: 'See core/FAULTS.md.' }
    return [{ check: 'database', state: 'wrong', detail, remedy }, leftOut('tenants', 'mend the database')]
  }
  try {
    const pending = await findPending(store)
    const connections =
      pending === 0
        ? await examineConnections({ settings, home, store, timers })
        : [leftOut('tenants', 'migrate the database')]
    const database: Finding = { check: 'database', state: 'fine', detail: store.flavour }
    return [database, examineMigrations(pending), await examineClock(store), ...connections]
  } finally {
    await store.close()
  }
}

/** How many migrations are missing, or the code of what is wrong with them. */
async function findPending(store: Store): Promise<number | string> {
  try {
    return (await listPendingMigrations(store, migrations)).length
  } catch (error) {
    return faultCodeOf(error)
  }
}

function examineMigrations(pending: number | string): Finding {
  const check = 'migrations'
  if (pending === 0) return { check, state: 'fine', detail: 'none pending' }
  if (pending === migrations.length)
    return { check, state: 'fine', detail: 'a new database: starting the platform prepares it' }
  if (typeof pending === 'number')
    return {
      check,
      state: 'wrong',
      detail: `${pending} pending`,
      remedy: 'Run "inthread migrate"; starting the platform does it too.',
    }
  return {
    check,
    state: 'wrong',
    detail: pending,
    remedy: 'Use the version of the platform that made this database, or a new database.',
  }
}

async function examineClock(store: Store): Promise<Finding> {
  const before = systemNowMs()
  const { rows } = await store.read('doctor.clock', (reader) =>
    sql<{ now: number }>`select ${dbNow(reader)} as now`.execute(sqlOf(reader)),
  )
  const middle = (before + systemNowMs()) / 2
  const skewMs = Math.round(Math.abs((rows[0]?.now ?? 0) / 1000 - middle))
  if (skewMs <= skewAllowedMs) return { check: 'clock', state: 'fine', detail: `${skewMs} ms from the database's` }
  return {
    check: 'clock',
    state: 'wrong',
    detail: `${skewMs} ms from the database's`,
    remedy: 'Let both machines keep time (NTP): signatures are refused beyond 60 s.',
  }
}
