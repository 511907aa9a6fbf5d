import { join } from 'node:path'
import type { TestDatabase } from '../../kit/databases.ts'
import type { OpenDatabase } from '../../kit/requirements.ts'
import type { Mode } from '../kit/modes.ts'
import { makeTemplate, type Template } from '../kit/template.ts'
import { openWorld } from '../kit/world.ts'
import type { MoneyPath } from '../paths/money-path.ts'
import { preparePlace } from '../paths/prepare-place.ts'
import { listPoints, type Points } from './choose-points.ts'
import { ProcessPool } from './process-pool.ts'
import { runStory, type StoryPlan, type StoryReport } from './run-story.ts'

/** A row of the table: one mode of one path on one database. */
export interface MatrixRow {
  readonly database: TestDatabase['kind']
  readonly path: string
  readonly mode: string
  /** Points that a story without a kill has. */
  readonly points: number
  readonly runs: number
  /** Runs whose process died where it should. */
  readonly killed: number
  /** Where it was killed, and what was found then. */
  readonly violations: readonly string[]
}

const lanes = 2

/** Runs stories of one place on one kind of database, two at a time, each in a world of its own. */
export class Matrix {
  readonly #template: Template
  readonly #databases: TestDatabase[]
  readonly #pool: ProcessPool
  readonly #bot: string

  private constructor(
    template: Template,
    databases: TestDatabase[],
    { pool, bot }: { pool: ProcessPool; bot: string },
  ) {
    this.#template = template
    this.#databases = databases
    this.#pool = pool
    this.#bot = bot
  }

  /** For these paths, which are of one place. */
  static async open(openDatabase: OpenDatabase, paths: readonly MoneyPath[]): Promise<Matrix> {
    const original = await openDatabase()
    const pool = new ProcessPool(join(original.folder, 'processes.log'), lanes)
    try {
      const { bot, template: options } = preparePlace(paths[0]?.place ?? 'rail', paths)
      const template = await makeTemplate(original, options)
      const databases = await Promise.all(Array.from({ length: lanes }, openDatabase))
      return new Matrix(template, databases, { pool, bot })
    } catch (error) {
      await pool.close()
      throw error
    }
  }

  get database(): TestDatabase['kind'] {
    return this.#template.kind
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  /** The points of a story in which nothing is killed; it must be without fault itself. */
  async listPoints(path: MoneyPath, mode: Mode): Promise<Points> {
    const [points = []] = await this.listAllPoints([{ path, mode }])
    return points
  }

  /** The same of several, two at a time. */
  async listAllPoints(stories: readonly Pick<StoryPlan, 'path' | 'mode'>[]): Promise<readonly Points[]> {
    const reports = await this.run(stories.map(({ path, mode }) => ({ path, mode })))
    const faults = reports.flatMap(({ violations }, index) => {
      const { path, mode } = stories[index] ?? {}
      return violations.map((violation) => `${path?.name}, ${mode?.name}, nothing killed: ${violation}`)
    })
    if (faults.length > 0) throw new Error(faults.join('; '))
    return reports.map((report) => listPoints(report.points))
  }

  /** The reports in the order of the plans. */
  async run(plans: readonly StoryPlan[]): Promise<readonly StoryReport[]> {
    const reports: StoryReport[] = []
    const waiting = plans.entries()
    await Promise.all(
      this.#databases.map(async (database) => {
        for (const [index, plan] of waiting) reports[index] = await this.#runOne(database, plan)
      }),
    )
    return reports
  }

  /** Each of these, killed where its plan says: a row for each mode of a path. */
  async runAll(plans: readonly StoryPlan[]): Promise<readonly MatrixRow[]> {
    const reports = await this.run(plans)
    const done = plans.map((plan, index) => ({ plan, report: reports[index] }))
    const byMode = Map.groupBy(done, ({ plan: { path, mode } }) => `${path.name}, bank ${mode.name}`)
    return [...byMode].map(([name, own]) => ({
      database: this.#template.kind,
      path: own[0]?.plan.path.name ?? '',
      mode: own[0]?.plan.mode.name ?? '',
      points: own.length,
      runs: own.length,
      killed: own.filter(({ report }) => (report?.deaths ?? 0) > 0).length,
      violations: own.flatMap(({ plan, report }) =>
        (report?.violations ?? []).map((found) => `${name}, killed at ${plan.fatal ?? 'no point'}: ${found}`),
      ),
    }))
  }

  async #runOne(database: TestDatabase, plan: StoryPlan): Promise<StoryReport> {
    const world = await openWorld(this.#template, database)
    try {
      return await runStory({ world, pool: this.#pool, bot: this.#bot }, plan)
    } finally {
      await world.close()
    }
  }
}
