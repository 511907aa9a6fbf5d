import { beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../kit/databases.ts'
import type { OpenDatabase } from '../../kit/requirements.ts'
import { openDraw } from '../../kit/chance/draw.ts'
import { getTestSeed } from '../../kit/chance/seed.ts'
import { getMode, listLostAnswers, type Mode } from '../kit/modes.ts'
import { otherGroups, otherPaths, ticketPath } from '../paths/list-paths.ts'
import type { MoneyPath } from '../paths/money-path.ts'
import { choosePoints, listFrom, type Points } from './choose-points.ts'
import { Matrix } from './matrix.ts'

/** Fewer than this, and the wrapper has lost its places. */
const pointsAtLeast = 40
/** A story that goes wrong has the time to say how. */
const limitMs = 300_000

interface Sampled {
  readonly path: MoneyPath
  readonly mode: Mode
  readonly kills: number
}

/**
 * A few points of a few ways, drawn by the run's seed; `npm run test:all` walks all of them. A ticket is bought on both
 * databases, any other way on one; one that is drawn has the control too.
 */
export function describeSample(open: OpenDatabase, kind: TestDatabase['kind']): void {
  const draw = openDraw(getTestSeed())
  const drawn = draw() < 0.5 && process.env['TEST_MYSQL_URL'] ? 'mysql' : 'sqlite'
  const isDrawn = drawn === kind
  const [first] = take(draw, ticketPath.modes.slice(1), 1)
  const tickets = [
    { path: ticketPath, mode: getMode('ok', ticketPath.modes), kills: 2 },
    ...[first].flatMap((mode) => (mode && isDrawn ? [{ path: ticketPath, mode, kills: 2 }] : [])),
  ]
  describe('while a ticket is bought', () => describeWays(open, tickets, isDrawn))
  const services = otherGroups.flatMap(({ paths }) => paths).filter(({ wholeOnly }) => !wholeOnly)
  const ways = [...take(draw, otherPaths, 2), ...take(draw, services, 2)].flatMap((path) =>
    take(draw, path.modes, 1).map((mode) => ({ path, mode, kills: 2 })),
  )
  const own = ways.filter((_way, index) => isDrawn === (index % 2 === 1))
  for (const way of own)
    describe(`while money or the bank’s word moves otherwise: ${way.path.name}`, () => describeWays(open, [way], false))
}

function describeWays(open: OpenDatabase, sampled: readonly Sampled[], hasControl: boolean): void {
  let matrix: Matrix
  let points: readonly Points[] = []
  const names = sampled.map(({ path, mode }) => `${path.name} (bank ${mode.name})`).join(', ')
  beforeAll(async () => {
    matrix = await Matrix.open(
      open,
      sampled.map(({ path }) => path),
    )
    return () => matrix.close()
  }, limitMs)

  it(
    `comes to its end when nobody kills it: ${names}`,
    async () => {
      points = await matrix.listAllPoints(sampled)
      for (const each of points) expect(each.length).toBeGreaterThanOrEqual(pointsAtLeast)
    },
    limitMs,
  )

  it(
    'pays at most once and tells one result, wherever it dies',
    async () => {
      const plans = sampled.flatMap(({ path, mode, kills }, index) => {
        const own = points[index] ?? []
        const differing = mode.name === 'ok' ? own : listFrom(own, path.handedOver)
        return choosePoints(differing, kills, getTestSeed()).map((fatal) => ({ path, mode, fatal }))
      })
      const rows = await matrix.runAll(plans)
      expect(rows.flatMap(({ violations }) => violations)).toEqual([])
      // Work of two lanes that meet by chance can move points out of so short stories; the whole holds half of them.
      if (plans.length > 3) expect(rows.reduce((sum, row) => sum + row.killed, 0)).toBeGreaterThan(0)
    },
    limitMs,
  )

  // The control is about payments: the other ways' quotes are used once, and the whole has that of refunds.
  it.runIf(hasControl)(
    'would be caught paying twice: a client that begins anew with each attempt fails here',
    async () => {
      const plans = listLostAnswers(ticketPath.modes).map((mode) => ({ path: ticketPath, mode, careless: true }))
      const reports = await matrix.run(plans.slice(1, 3))
      const paidTwice = reports.flatMap(({ violations }) => violations).filter((found) => /^[2-9] debits/.test(found))
      expect(paidTwice.length).toBeGreaterThan(0)
    },
    limitMs,
  )
}

/** So many of them, none twice. */
function take<T>(draw: () => number, from: readonly T[], count: number): readonly T[] {
  const left = [...from]
  return Array.from({ length: Math.min(count, left.length) }).flatMap(() =>
    left.splice(Math.floor(draw() * left.length), 1),
  )
}
