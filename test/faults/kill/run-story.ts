import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import type { MessageView } from '@inthread/sandbox-operator/views'
import { textOf } from '../../kit/phone.ts'
import { readBank } from '../../kit/purchase.ts'
import { readAftermath, type Aftermath } from '../kit/aftermath.ts'
import { Customer } from '../kit/customer.ts'
import type { Mode } from '../kit/modes.ts'
import type { World } from '../kit/world.ts'
import type { MoneyPath } from '../paths/money-path.ts'
import type { ProcessPool } from './process-pool.ts'
import { RestartingPlatform } from './restarting-platform.ts'

export interface StoryPlan {
  readonly path: MoneyPath
  readonly mode: Mode
  /** Where the process dies; nowhere when it is left out. */
  readonly fatal?: string
  /** Where the processes after it die, counted from their start. */
  readonly fatalAgain?: readonly string[]
  /** With the control's bank client. */
  readonly careless?: boolean
}

export interface StoryReport {
  /** How often the process died: none when the point was not reached. */
  readonly deaths: number
  readonly violations: readonly string[]
  /** Every point that the last process reached. */
  readonly points: readonly string[]
  readonly aftermath: Aftermath
}

export interface Stage {
  readonly world: World
  readonly pool: ProcessPool
  readonly bot: string
}

const httpDeadlineMs = 700
/** While there is news a story goes on, however slow the machine is. */
const patience = { storyMs: 90_000, quietLimitMs: 40_000, restMs: 10_000 }
/** Nothing is lost that the operator has taken, so nobody has to hurry. */
const patienceMs = 4000
const [looksAgain, lookAgainMs] = [4, 500]
const [passAtOnceMs, passTries] = [180_000, 20]
/** The control does not come to an end by itself, and has shown long before what it is there for. */
const carelessPatience = { storyMs: 8000, quietLimitMs: 8000, restMs: 0 }

/** One customer goes one way while the platform's process is killed; then everything is looked at. */
export async function runStory({ world, pool, bot }: Stage, plan: StoryPlan): Promise<StoryReport> {
  const { path, mode } = plan
  const phone = world.phoneOf(path.number, bot)
  const platform = openPlatform(world, pool, plan)
  await platform.start()
  const [before, heardBefore] = await Promise.all([readBank(world.street.bankUrl), phone.heard()])
  for (const fault of mode.faults) await world.orderFault(fault)
  await platform.arm(plan.fatal)
  const { sights, happens } = path
  const opening = happens ? '' : path.opening
  const since = findBeginning(path, heardBefore)
  await happens?.(world.street)
  const isUp = (): boolean => platform.isUp
  const { storyMs, quietLimitMs, restMs } = plan.careless ? carelessPatience : patience
  const waiting = { patienceMs, quietLimitMs, letTimePass: world.advance, isUp }
  const customer = new Customer({ phone, opening, sights, since, ...waiting })
  const ended = await customer.buy(mode.ending, storyMs)
  if (path.afterwardsMs !== undefined) await passLater(world, path.afterwardsMs)
  const look = async (): Promise<{ readonly aftermath: Aftermath; readonly found: readonly string[] }> => {
    const read = await readAftermath(world, restMs, phone)
    const aftermath = { ...read, heard: read.heard.slice(heardBefore.length) }
    return { aftermath, found: path.judge(mode, { ...aftermath, before, repeats: customer.repeats }) }
  }
  let seen = await look()
  // The bank may still be booking when the customer has heard already; what is wrong stays wrong.
  for (let looks = 0; seen.found.length > 0 && looks < looksAgain && !plan.careless; looks += 1) {
    await pause(lookAgainMs)
    seen = await look()
  }
  const { aftermath, found } = seen
  const points = await platform.listPoints()
  await platform.stop()
  const unheard = ended ? [] : [`the customer never heard "${mode.ending}"; ${await customer.describeLast()}`]
  const violations = [...unheard, ...found, ...platform.mishaps]
  return { deaths: platform.deaths, violations, points, aftermath }
}

/** Where something has to be answered that was said before, that is where the story begins. */
function findBeginning({ before }: MoneyPath, heard: readonly MessageView[]): number {
  if (!before) return heard.length
  return Math.max(
    0,
    heard.findLastIndex((message) => textOf(message).includes(before.until)),
  )
}

/** Step by step, because what is sent on the way is believed for some minutes only. */
async function passLater(world: World, durationMs: number): Promise<void> {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= passAtOnceMs) {
    // A platform that is just starting hears of no time: it is told until it does.
    for (let tries = 0; tries < passTries && !(await world.advance(passAtOnceMs)); tries += 1) await pause(lookAgainMs)
    await pause(lookAgainMs)
  }
}

function openPlatform({ database, environment }: World, pool: ProcessPool, plan: StoryPlan): RestartingPlatform {
  const logFile = join(database.folder, 'platform.log')
  const careless = plan.careless ? plan.path.number : undefined
  return new RestartingPlatform(pool, { environment, logFile, httpDeadlineMs, careless }, plan.fatalAgain)
}
