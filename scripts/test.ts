import { randomInt } from 'node:crypto'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { constants as system, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runCommand, stopCommands } from './test/run-command.ts'
import { findScratch } from './test/scratch.ts'
import { type Phase, readSkipped, renderSummary } from './test/summary.ts'
import { findSurroundings } from './test/surroundings.ts'

const usage = `npm test [-- options and files for vitest]

  Type check, then all tests; a summary at the end says what was skipped and why.

  --all     also the long matrices (npm run test:all)
  --help    this text
  others    go to vitest: npm test -- core/sdk -t money

  TEST_MYSQL_URL      a server on which tests may create databases; without it one is started from mariadbd
  TEST_CHROMIUM       the browser's program; without it chromium is looked for
  TEST_SQLMAP         looks for injections; without it sqlmap is looked for
  INTHREAD_TEST_SEED  repeats a run
  INTHREAD_CI=1       a suite that would be skipped fails
`

const root = resolve(import.meta.dirname, '..')

async function run(given: readonly string[]): Promise<number> {
  const scratch = findScratch()
  // The database server, which this process starts, looks there too.
  if (scratch !== undefined) process.env['TMPDIR'] = scratch
  const notes = mkdtempSync(join(tmpdir(), 'inthread-run-'))
  const preparation = await measure('preparation', findSurroundings)
  const { said, environment, release } = preparation.value
  const seed = Number(process.env['INTHREAD_TEST_SEED'] || randomInt(2 ** 31))
  const chosen = {
    ...environment,
    ...buildChoices(given, seed),
    INTHREAD_TEST_NOTES: join(notes, 'skipped.jsonl'),
    // A run starts programs of ours some hundred times: what one of them compiled, the next need not.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(notes, 'compiled'),
  }
  try {
    const types = await measure('type check', runTypeCheck)
    const tests = await measure('tests', () => runVitest(given, chosen))
    const phases = [
      describePhase(preparation, true),
      ...[types, tests].map((phase) => describePhase(phase, phase.value === 0)),
    ]
    process.stdout.write(renderSummary({ phases, said, seed, skipped: readSkipped(chosen.INTHREAD_TEST_NOTES) }))
    return types.value === 0 && tests.value === 0 ? 0 : 1
  } finally {
    await release()
    rmSync(notes, { recursive: true })
  }
}

interface Measured<T> {
  readonly name: string
  readonly tookMs: number
  readonly value: T
}

async function measure<T>(name: string, work: () => Promise<T>): Promise<Measured<T>> {
  const startedMs = performance.now()
  const value = await work()
  return { name, tookMs: performance.now() - startedMs, value }
}

function describePhase({ name, tookMs }: Measured<unknown>, good: boolean): Phase {
  return { name, tookMs, result: good ? 'ok' : 'failed, see above' }
}

function buildChoices(given: readonly string[], seed: number): Record<string, string> {
  return { INTHREAD_TEST_SEED: String(seed), ...(given.includes('--all') ? { INTHREAD_TEST_ALL: '1' } : {}) }
}

/** What runs on Node, and the two pages, which know a browser instead. */
const projects = ['tsconfig.json', 'core/sandbox-operator/phone/tsconfig.json', 'core/console/tsconfig.json']

async function runTypeCheck(): Promise<number> {
  const flags = isWritable() ? [] : ['--incremental', 'false', '--tsBuildInfoFile', 'null']
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  let worst = 0
  for (const project of projects) {
    const code = await runCommand({ folder: root, arguments: [tsc, '-p', project, ...flags], environment: {} })
    worst = Math.max(worst, code)
  }
  return worst
}

/** The native loader writes no bundled copy of the configuration into the project. */
function runVitest(given: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  const flags = [
    'run',
    '-c',
    'test/vitest.config.ts',
    '--configLoader',
    'native',
    ...given.filter((argument) => argument !== '--all'),
  ]
  return runCommand({ folder: root, arguments: [join(root, 'node_modules/vitest/vitest.mjs'), ...flags], environment })
}

function isWritable(): boolean {
  try {
    accessSync(join(root, 'node_modules'), constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** What was started here ends with us; the server is stopped on the way out. */
function passSignalsOn(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      process.exitCode = 128 + system.signals[signal]
      stopCommands(signal)
    })
  }
}

const given = process.argv.slice(2)
if (given.includes('--help')) process.stdout.write(usage)
else {
  passSignalsOn()
  const code = await run(given)
  process.exitCode ??= code
}
