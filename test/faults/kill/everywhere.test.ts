import { beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../kit/databases.ts'
import { describeOnEachDatabase, describeWithAll, type OpenDatabase } from '../../kit/requirements.ts'
import { getTestSeed } from '../../kit/chance/seed.ts'
import { listLostAnswers, type Mode } from '../kit/modes.ts'
import { otherGroups, otherPaths, ticketPath } from '../paths/list-paths.ts'
import type { MoneyPath } from '../paths/money-path.ts'
import { choosePoints, listCalls, listFrom, type Points } from './choose-points.ts'
import { Matrix, type MatrixRow } from './matrix.ts'

const hourMs = 3_600_000
const asked = Number(process.env['INTHREAD_KILLS_A_MODE'] || 0)

interface Way {
  readonly path: MoneyPath
  readonly mode: Mode
  readonly database: TestDatabase['kind']
}

/**
 * How often a way is killed, unless somebody says so: at every call of a ticket whose bank behaves, on the database
 * that is quicker; otherwise at places that are spread over the story by the run's seed. Everywhere would take a day.
 */
function killsOf({ path, mode, database }: Way): number {
  if (asked > 0) return asked
  if (path === ticketPath) return mode.name === 'ok' && database === 'sqlite' ? Number.MAX_SAFE_INTEGER : 24
  if (otherPaths.includes(path)) return mode.name === 'ok' ? 12 : 4
  return mode.name === 'ok' ? 6 : 2
}

/** What `npm run test:all` proves about being killed: the calls of every port, in every mode of the bank. */
const table: Record<string, string | number>[] = []

function addRow({ database, path, mode, points, runs, killed, violations }: MatrixRow): void {
  const row = { database, path, mode, points, runs, killed, violations: violations.length }
  table.push(row)
  // It takes long: whoever watches sees how far it is.
  console.log([JSON.stringify(row), ...violations].join('\n'))
}

/** Every mode of every path, killed at calls of every port. The paths are of one place. */
function describeWays(open: OpenDatabase, paths: readonly MoneyPath[]): void {
  let matrix: Matrix
  beforeAll(async () => {
    matrix = await Matrix.open(open, paths)
    return () => matrix.close()
  }, 120_000)

  it.each(paths.flatMap((path) => path.modes.map((mode) => ({ path, mode, name: path.name, bank: mode.name }))))(
    '$name, bank $bank: pays at most once and tells one result',
    async ({ path, mode }) => {
      const calls = listCalls(await matrix.listPoints(path, mode))
      const differing = listDiffering(calls, path, mode)
      const kills = killsOf({ path, mode, database: matrix.database })
      const fatal = choosePoints(differing, kills, getTestSeed() + calls.length)
      const [row] = await matrix.runAll(fatal.map((point) => ({ path, mode, fatal: point })))
      if (row) addRow({ ...row, points: differing.length })
      expect(row?.violations).toEqual([])
      // Work of two lanes that meet by chance can move points out of a story; of so few that may be all.
      if (fatal.length > 8) expect(row?.killed).toBeGreaterThan(fatal.length / 2)
    },
    hourMs,
  )

  it.each(paths.filter(({ control }) => control !== undefined))(
    '$name, and the control, a fresh key per attempt, pays twice',
    async (path) => {
      for (const mode of listLostAnswers(path.modes)) {
        const calls = listCalls(await matrix.listPoints(path, mode)).filter((point) =>
          point.startsWith(path.handedOver),
        )
        const plans = [undefined, ...calls].map((fatal) => ({
          path,
          mode,
          careless: true,
          ...(fatal ? { fatal } : {}),
        }))
        const reports = await matrix.run(plans)
        const twice = reports.filter(({ violations }) => violations.some((found) => path.control?.test(found)))
        table.push({ path: path.name, mode: `control: ${mode.name}`, runs: reports.length, violations: twice.length })
        expect(twice.length).toBeGreaterThan(0)
      }
    },
    hourMs,
  )
}

/** Until the payment is handed over, every mode is the same story. */
function listDiffering(calls: Points, { handedOver }: MoneyPath, mode: Mode): Points {
  return mode.name === 'ok' ? calls : listFrom(calls, handedOver)
}

describeWithAll('a platform that is killed everywhere', () => {
  describeOnEachDatabase('on the ways that money goes', (open) => {
    describe('a ticket', () => describeWays(open, [ticketPath]))
    describe('all others', () => describeWays(open, otherPaths))
    describe.each(otherGroups)('$about', ({ paths }) => describeWays(open, paths))
  })

  it('and says so in a table', () => {
    console.table(table)
    expect(table.length).toBeGreaterThan(0)
  })
})
