import { join } from 'node:path'
import type { TestDatabase } from '../../kit/databases.ts'
import type { OpenDatabase } from '../../kit/requirements.ts'
import { listPoints, type Points } from './choose-points.ts'
import type { Mode } from '../kit/modes.ts'
import { ProcessPool } from './process-pool.ts'
import { runPurchase, type PurchasePlan, type PurchaseReport } from './run-purchase.ts'
import { makeTemplate, type Template } from '../kit/template.ts'
import { openWorld } from '../kit/world.ts'

/** A row of the table: one mode on one database. */
export interface MatrixRow {
  readonly database: TestDatabase['kind']
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

/** Runs stories on one kind of database, two at a time, each in a world of its own. */
export class Matrix {
  readonly #template: Template
  readonly #databases: TestDatabase[]
  readonly #pool: ProcessPool

  private constructor(template: Template, databases: TestDatabase[], pool: ProcessPool) {
    this.#template = template
    this.#databases = databases
    this.#pool = pool
  }

  static async open(openDatabase: OpenDatabase): Promise<Matrix> {
    const original = await openDatabase()
    const pool = new ProcessPool(join(original.folder, 'processes.log'), lanes)
    const template = await makeTemplate(original)
    const databases = await Promise.all(Array.from({ length: lanes }, openDatabase))
    return new Matrix(template, databases, pool)
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  /** The points of a story in which nothing is killed; it must be without fault itself. */
  async listPoints(mode: Mode): Promise<Points> {
    const [report] = await this.run([{ mode }])
    if (!report || report.violations.length > 0)
      throw new Error(`${mode.name}, nothing killed: ${report?.violations.join('; ') ?? 'no report'}`)
    return listPoints(report.points)
  }

  /** The reports in the order of the plans. */
  async run(plans: readonly PurchasePlan[]): Promise<readonly PurchaseReport[]> {
    const reports: PurchaseReport[] = []
    const waiting = plans.entries()
    await Promise.all(
      this.#databases.map(async (database) => {
        for (const [index, plan] of waiting) reports[index] = await this.#runOne(database, plan)
      }),
    )
    return reports
  }

  /** One mode, killed at each of these points. */
  async runAll(mode: Mode, points: Points, fatal: Points): Promise<MatrixRow> {
    const reports = await this.run(fatal.map((point) => ({ mode, fatal: point })))
    const violations = reports.flatMap((report, index) =>
      report.violations.map((violation) => `killed at ${fatal[index] ?? ''}: ${violation}`),
    )
    const killed = reports.filter((report) => report.deaths > 0).length
    const database = this.#template.kind
    return { database, mode: mode.name, points: points.length, runs: reports.length, killed, violations }
  }

  async #runOne(database: TestDatabase, plan: PurchasePlan): Promise<PurchaseReport> {
    const world = await openWorld(this.#template, database)
    try {
      return await runPurchase(world, this.#pool, plan)
    } finally {
      await world.close()
    }
  }
}
