import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase, describeWithAll, type OpenDatabase } from '../../kit/requirements.ts'
import { getTestSeed } from '../../kit/seed.ts'
import { listLostAnswers, type Mode } from '../kit/modes.ts'
import { otherPaths, ticketPath } from '../paths/list-paths.ts'
import type { MoneyPath } from '../paths/money-path.ts'
import { choosePoints, listCalls, listFrom, type Points } from './choose-points.ts'
import { Matrix, type MatrixRow } from './matrix.ts'

const hourMs = 3_600_000
/** All of a ticket's, and this many of the other ways' a mode, unless somebody says how many. */
const asked = Number(process.env['INTHREAD_KILLS_A_MODE'] || 0)
const killsOf = (path: MoneyPath): number => asked || (path === ticketPath ? Number.MAX_SAFE_INTEGER : 30)

/** What `npm run test:all` proves about being killed: the calls of every port, in every mode of the bank. */
const table: Record<string, string | number>[] = []

function addRow({ database, path, mode, points, runs, killed, violations }: MatrixRow): void {
  const row = { database, path, mode, points, runs, killed, violations: violations.length }
  table.push(row)
  // It takes long: whoever watches sees how far it is.
  console.log(JSON.stringify(row))
}

function describeWays(open: OpenDatabase, paths: readonly MoneyPath[]): void {
  let matrix: Matrix
  beforeAll(async () => {
    matrix = await Matrix.open(open, paths)
  })
  afterAll(() => matrix.close())

  it.each(paths.flatMap((path) => path.modes.map((mode) => ({ path, mode, name: path.name, bank: mode.name }))))(
    '$name, bank $bank: pays at most once and tells one result',
    async ({ path, mode }) => {
      const calls = listCalls(await matrix.listPoints(path, mode))
      const differing = listDiffering(calls, path, mode)
      const fatal = choosePoints(differing, killsOf(path), getTestSeed())
      const [row] = await matrix.runAll(fatal.map((point) => ({ path, mode, fatal: point })))
      if (row) addRow({ ...row, points: differing.length })
      expect(row?.violations).toEqual([])
      expect(row?.killed).toBeGreaterThan(fatal.length / 2)
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
  })

  it('and says so in a table', () => {
    console.table(table)
    expect(table.length).toBeGreaterThan(0)
  })
})
