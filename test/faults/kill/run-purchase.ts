import { join } from 'node:path'
import { textOf } from '../../kit/phone.ts'
import { readAftermath, type Aftermath } from '../kit/aftermath.ts'
import { Customer } from '../kit/customer.ts'
import type { Mode } from '../kit/modes.ts'
import { listViolations } from '../kit/violations.ts'
import type { World } from '../kit/world.ts'
import type { ProcessPool } from './process-pool.ts'
import { RestartingPlatform } from './restarting-platform.ts'

export interface PurchasePlan {
  readonly mode: Mode
  /** Where the process dies; nowhere when it is left out. */
  readonly fatal?: string
  /** Where the processes after it die, counted from their start. */
  readonly fatalAgain?: readonly string[]
  /** With the control's bank client. */
  readonly careless?: boolean
}

export interface PurchaseReport {
  /** How often the process died: none when the point was not reached. */
  readonly deaths: number
  readonly violations: readonly string[]
  /** Every point that the last process reached. */
  readonly points: readonly string[]
  readonly aftermath: Aftermath
}

const httpDeadlineMs = 700
const patience = { storyMs: 40_000, restMs: 10_000 }
/** The control does not come to an end by itself, and has shown long before what it is there for. */
const carelessPatience = { storyMs: 8000, restMs: 0 }
const stepMs = 3000

/** One customer buys one ticket while the platform's process is killed; then everything is looked at. */
export async function runPurchase(world: World, pool: ProcessPool, plan: PurchasePlan): Promise<PurchaseReport> {
  const logFile = join(world.database.folder, 'platform.log')
  const opening = { environment: world.environment, logFile, httpDeadlineMs, careless: plan.careless ?? false }
  const platform = new RestartingPlatform(pool, opening, plan.fatalAgain)
  await platform.start()
  for (const fault of plan.mode.faults) await world.orderFault(fault)
  await platform.arm(plan.fatal)
  const isUp = (): boolean => platform.isUp
  const customer = new Customer({ phone: world.phone, letTimePass: () => world.advance(stepMs), isUp })
  const { storyMs, restMs } = plan.careless ? carelessPatience : patience
  const ended = await customer.buy(plan.mode.ending, storyMs)
  const aftermath = await readAftermath(world, restMs)
  const points = await platform.listPoints()
  await platform.stop()
  const last = aftermath.heard.map(textOf).at(-1) ?? 'nothing'
  const unheard = ended ? [] : [`the customer never heard "${plan.mode.ending}", but at last "${last}"`]
  const violations = [
    ...unheard,
    ...listViolations(plan.mode, { ...aftermath, repeats: customer.repeats }),
    ...platform.mishaps,
  ]
  return { deaths: platform.deaths, violations, points, aftermath }
}
