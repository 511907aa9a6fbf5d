import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase, describeWithAll } from '../kit/requirements.ts'
import { getTestSeed } from '../kit/seed.ts'
import { choosePoints, listCalls, listFrom } from './kill/choose-points.ts'
import { Matrix, type MatrixRow } from './kill/matrix.ts'
import { getMode, lostAnswerModes, modes } from './kit/modes.ts'

const pointsAtLeast = 40
const hourMs = 3_600_000
/** All of them, unless somebody who is in a hurry says how many a mode. */
const killsAtMost = Number(process.env['INTHREAD_KILLS_A_MODE'] || Number.MAX_SAFE_INTEGER)

/** What `npm run test:all` proves about being killed: every call of every port, in every mode of the bank. */
const table: Record<string, string | number>[] = []

function addRow({ database, mode, points, runs, killed, violations }: MatrixRow): void {
  const row = { database, mode, points, runs, killed, violations: violations.length }
  table.push(row)
  // It takes long: whoever watches sees how far it is.
  console.log(JSON.stringify(row))
}

describeWithAll('a platform that is killed everywhere', () => {
  describeOnEachDatabase('while a ticket is bought', (open) => {
    let matrix: Matrix
    beforeAll(async () => {
      matrix = await Matrix.open(open)
    })
    afterAll(() => matrix.close())

    it.each(modes.map(({ name }) => name))(
      'pays at most once and tells one result: bank %s',
      async (name) => {
        const mode = getMode(name)
        const calls = listCalls(await matrix.listPoints(mode))
        expect(calls.length).toBeGreaterThanOrEqual(pointsAtLeast)
        // Until the payment is handed over, every mode is the same story.
        const differing = mode.name === 'ok' ? calls : listFrom(calls, 'bank submit')
        const fatal = choosePoints(differing, killsAtMost, getTestSeed())
        const row = await matrix.runAll(mode, differing, fatal)
        addRow(row)
        expect(row.violations).toEqual([])
        expect(row.killed).toBeGreaterThan(fatal.length / 2)
      },
      hourMs,
    )

    it(
      'and the control, a fresh key per attempt, pays twice',
      async () => {
        for (const mode of lostAnswerModes) {
          const calls = listCalls(await matrix.listPoints(mode)).filter((point) => point.startsWith('bank submit'))
          const plans = [undefined, ...calls].map((fatal) => ({ mode, careless: true, ...(fatal ? { fatal } : {}) }))
          const reports = await matrix.run(plans)
          const twice = reports.filter(({ violations }) => violations.some((found) => /^[2-9] debits/.test(found)))
          table.push({ mode: `control: ${mode.name}`, runs: reports.length, violations: twice.length })
          expect(twice.length).toBeGreaterThan(0)
        }
      },
      hourMs,
    )
  })

  it('and says so in a table', () => {
    console.table(table)
    expect(table.length).toBeGreaterThan(0)
  })
})
