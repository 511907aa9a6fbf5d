import { appendFileSync } from 'node:fs'
import { afterAll, describe, it } from 'vitest'
import { openDraw } from './chance/draw.ts'
import { getTestSeed } from './chance/seed.ts'
import { createMysqlDatabase, createSqliteDatabase, type TestDatabase } from './databases.ts'

/**
 * What a suite needs of its surroundings. A suite whose need is missing is skipped with the reason in the summary; with
 * `INTHREAD_CI=1` it fails instead, because there everything must have run.
 */
export interface Requirement {
  /** The variable that carries what is needed; `scripts/test.ts` looks for it and sets it. */
  readonly variable: 'TEST_MYSQL_URL' | 'TEST_CHROMIUM' | 'TEST_SQLMAP' | 'INTHREAD_TEST_ALL'
  readonly need: string
  /** A suite that was not asked for is no failure anywhere. */
  readonly optional: boolean
}

const mysql: Requirement = { variable: 'TEST_MYSQL_URL', need: 'a MySQL or MariaDB server', optional: false }
const browser: Requirement = { variable: 'TEST_CHROMIUM', need: 'Chromium', optional: false }
const sqlmap: Requirement = { variable: 'TEST_SQLMAP', need: 'sqlmap', optional: false }
const everything: Requirement = { variable: 'INTHREAD_TEST_ALL', need: '--all', optional: true }

export interface MysqlAccess {
  /** A server on which databases may be created: `mysql://user@host:port`. */
  readonly url: string
  /** Where the server keeps its files, to search them; undefined when the server is not the run's own. */
  readonly dataFolder: string | undefined
}

/** A suite on a MySQL server; `createMysqlDatabase(server.url)` gives it a database of its own. */
export function describeWithMysql(name: string, body: (server: MysqlAccess) => void): void {
  describeWith(mysql, name, (url) => body({ url, dataFolder: process.env['TEST_MYSQL_DATA'] || undefined }))
}

/** A suite in a browser; the body gets the path of its program. */
export function describeWithBrowser(name: string, body: (program: string) => void): void {
  describeWith(browser, name, body)
}

/** A suite that has sqlmap look for injections; the body gets the path of its program. */
export function describeWithSqlmap(name: string, body: (program: string) => void): void {
  describeWith(sqlmap, name, body)
}

/** One of the long matrices, which run with `--all` only. */
export function describeWithAll(name: string, body: () => void): void {
  describeWith(everything, name, body)
}

export type OpenDatabase = () => Promise<TestDatabase>
export type DatabaseSuite = (open: OpenDatabase, kind: TestDatabase['kind']) => void

/** The same suite on SQLite and on MySQL. Every call of `open` gives a fresh database, dropped after the suite. */
export function describeOnEachDatabase(name: string, body: DatabaseSuite): void {
  describeOnSqlite(name, body)
  describeOnMysql(name, body)
}

/** On the one that the run's seed draws for this suite, or on the one there is; with `--all` on both. */
export function describeOnDrawnDatabase(name: string, body: DatabaseSuite): void {
  const [letters, hasMysql] = [[...name].map((letter) => letter.codePointAt(0) ?? 0), process.env[mysql.variable]]
  const draw = openDraw(letters.reduce((sum, code) => (sum * 31 + code) >>> 0, getTestSeed()))
  const suites = [describeOnSqlite, describeOnMysql] as const
  const [drawn, other] = hasMysql && draw() < 0.5 ? suites.toReversed() : suites
  drawn?.(name, body)
  describeWithAll(`${name}, on the other database`, () => other?.(name, body))
}

export function describeOnSqlite(name: string, body: DatabaseSuite): void {
  describe(`${name} (SQLite)`, () => body(prepareDatabases(createSqliteDatabase), 'sqlite'))
}

export function describeOnMysql(name: string, body: DatabaseSuite): void {
  describeWithMysql(`${name} (MySQL)`, ({ url }) =>
    body(
      prepareDatabases(() => createMysqlDatabase(url)),
      'mysql',
    ),
  )
}

function prepareDatabases(create: OpenDatabase): OpenDatabase {
  const opened: TestDatabase[] = []
  afterAll(async () => {
    for (const database of opened.splice(0)) await database.drop()
  })
  return async () => {
    const database = await create()
    opened.push(database)
    return database
  }
}

function describeWith(requirement: Requirement, name: string, body: (value: string) => void): void {
  const decision = decideSuite(requirement, process.env)
  if (decision.kind === 'run') describe(name, () => body(decision.value))
  if (decision.kind === 'skip') skipSuite(name, requirement, decision.reason)
  if (decision.kind === 'fail')
    describe(name, () => it('has what it needs', () => Promise.reject(new Error(decision.reason))))
}

export type Decision =
  { readonly kind: 'run'; readonly value: string } | { readonly kind: 'skip' | 'fail'; readonly reason: string }

type Environment = Readonly<Record<string, string | undefined>>

/** `<variable>_MISSING` carries the reason why the variable is not set. */
export function decideSuite({ variable, need, optional }: Requirement, environment: Environment): Decision {
  const value = environment[variable]
  if (value) return { kind: 'run', value }
  const because = environment[`${variable}_MISSING`] ?? `${variable} is not set; \`npm test\` looks for it`
  const reason = `needs ${need}: ${optional ? 'not asked for' : because}`
  return { kind: environment['INTHREAD_CI'] === '1' && !optional ? 'fail' : 'skip', reason }
}

/** The summary of the run reads these lines, one JSON object each. */
function skipSuite(name: string, { need, optional }: Requirement, reason: string): void {
  const notes = process.env['INTHREAD_TEST_NOTES']
  if (notes) appendFileSync(notes, `${JSON.stringify({ suite: name, need, optional, reason })}\n`)
  // Skipped because its requirement is missing: the reason is in the name and in the summary.
  describe.skip(`${name} [${reason}]`, () => it('is skipped', () => undefined))
}
