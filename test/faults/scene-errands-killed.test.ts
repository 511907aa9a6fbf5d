import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { describeWithAll } from '../kit/requirements.ts'
import { getTestSeed } from '../kit/chance/seed.ts'
import { choosePoints, listCalls, listPoints } from './kill/choose-points.ts'
import { ProcessPool } from './kill/process-pool.ts'
import { runErrand, type ErrandReport } from './kill/run-errand.ts'
import { makeTemplate, type Template } from './kit/template.ts'
import { openWorld } from './kit/world.ts'
import { sceneErrands, type SceneErrand } from './paths/scene-errands.ts'

const killsEach = Number(process.env['INTHREAD_KILLS_A_MODE'] || 12)
const tenants = [...new Set(sceneErrands.map(({ tenant }) => tenant))]

describeWithAll('a platform that is killed while somebody is at a merchant', () => {
  describe.each(tenants)('%s', (tenant) => {
    let template: Template
    let database: TestDatabase
    let pool: ProcessPool
    beforeAll(async () => {
      const original = await createSqliteDatabase()
      template = await makeTemplate(original, { tenant })
      database = await createSqliteDatabase()
      pool = new ProcessPool(join(original.folder, 'processes.log'), 1)
    }, 60_000)
    afterAll(() => pool.close())

    async function run(errand: SceneErrand, fatal?: string): Promise<ErrandReport> {
      const world = await openWorld(template, database)
      try {
        return await runErrand(world, pool, { errand, ...(fatal === undefined ? {} : { fatal }) })
      } finally {
        await world.close()
      }
    }

    it.each(sceneErrands.filter((errand) => errand.tenant === tenant).map((errand) => [errand.name, errand] as const))(
      'moves money once and says so once: %s',
      { timeout: 600_000 },
      async (_name, errand) => {
        const whole = await run(errand)
        expect(whole.violations).toEqual([])
        const fatal = choosePoints(listCalls(listPoints(whole.points)), killsEach, getTestSeed())
        const found: string[] = []
        let killed = 0
        for (const point of fatal) {
          const { deaths, violations } = await run(errand, point)
          killed += Math.min(deaths, 1)
          found.push(...violations.map((violation) => `killed at ${point}: ${violation}`))
        }
        expect(found).toEqual([])
        expect(killed).toBeGreaterThan(fatal.length / 2)
      },
    )
  })
})
