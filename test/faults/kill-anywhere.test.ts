import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { getTestSeed } from '../kit/seed.ts'
import { choosePoints } from './kill/choose-points.ts'
import { Matrix } from './kill/matrix.ts'
import { getMode, lostAnswerModes, modes } from './kit/modes.ts'

/** Fewer than this, and the wrapper has lost its places. */
const pointsAtLeast = 40
const killsAMode = 6

describeOnEachDatabase('a platform that is killed anywhere while a ticket is bought', (open) => {
  let matrix: Matrix
  beforeAll(async () => {
    matrix = await Matrix.open(open)
  })
  afterAll(() => matrix.close())

  it.each(modes.map(({ name }) => name))(
    'pays at most once and tells one result: bank %s',
    async (name) => {
      const mode = getMode(name)
      const points = await matrix.listPoints(mode)
      expect(points.length).toBeGreaterThanOrEqual(pointsAtLeast)
      const row = await matrix.runAll(mode, points, choosePoints(points, killsAMode, getTestSeed()))
      expect(row.violations).toEqual([])
      // Work of two lanes that meet by chance can move a point out of a story, but not most of them.
      expect(row.killed).toBeGreaterThan(killsAMode / 2)
    },
    120_000,
  )

  it('would be caught paying twice: a client that begins anew with each attempt fails here', async () => {
    const reports = await matrix.run(lostAnswerModes.map((mode) => ({ mode, careless: true })))
    const paidTwice = reports.flatMap(({ violations }) => violations).filter((found) => /^[2-9] debits/.test(found))
    expect(paidTwice.length).toBeGreaterThan(0)
  }, 120_000)
})
