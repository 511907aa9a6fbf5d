import { join } from 'node:path'
import { textOf } from '../../kit/phone.ts'
import { readAftermath, type Aftermath } from '../kit/aftermath.ts'
import { Customer, customerNumber } from '../kit/customer.ts'
import { listStuck } from '../kit/rows.store.ts'
import { listSaidTwice } from '../kit/violations.ts'
import type { World } from '../kit/world.ts'
import type { SceneErrand, Wish } from '../paths/scene-errands.ts'
import type { ProcessPool } from './process-pool.ts'
import { RestartingPlatform } from './restarting-platform.ts'

export interface ErrandReport {
  readonly deaths: number
  readonly violations: readonly string[]
  readonly points: readonly string[]
}

const wishMs = 40_000

interface Running {
  readonly errand: SceneErrand
  /** Where the process dies; nowhere when it is left out. */
  readonly fatal?: string
}

/** A customer's wishes one after the other while the process is killed; then everything is looked at. */
export async function runErrand(world: World, pool: ProcessPool, running: Running): Promise<ErrandReport> {
  const { errand, fatal } = running
  const logFile = join(world.database.folder, 'platform.log')
  const opening = { environment: world.environment, logFile, httpDeadlineMs: 700, careless: undefined }
  const platform = new RestartingPlatform(pool, opening)
  const phone = world.phoneOf(customerNumber, errand.bot)
  let repeats = 0
  /** What was said instead of what was waited for. */
  const wish = async ({ until, ...talk }: Wish): Promise<readonly string[]> => {
    const since = (await phone.heard()).length
    const letTimePass = (durationMs: number): Promise<boolean> => world.advance(durationMs)
    const customer = new Customer({ phone, letTimePass, isUp: () => platform.isUp, since, ...talk })
    const ended = await customer.buy(until, wishMs)
    repeats += customer.repeats
    return ended ? [] : [`never heard "${until}"; ${await customer.describeLast()}`]
  }
  await platform.start()
  const before = errand.before ? await wish(errand.before) : []
  if (before.length > 0) {
    await platform.stop()
    return { deaths: 0, points: [], violations: before.map((found) => `on the way there: ${found}`) }
  }
  for (const fault of errand.faults) await world.orderFault(fault)
  await platform.arm(fatal)
  const unheard: string[] = []
  for (const each of errand.wishes) unheard.push(...(await wish(each)))
  const aftermath = await readAftermath(world, 10_000, phone)
  const points = await platform.listPoints()
  await platform.stop()
  const violations = [
    ...unheard,
    ...judge(errand, aftermath),
    ...listSaidTwice(aftermath.heard, errand.codes + repeats),
    ...platform.mishaps,
  ]
  return { deaths: platform.deaths, violations, points }
}

/** Each result told once, every fen where it belongs, no place kept, nothing left lying. */
function judge({ wishes, left }: SceneErrand, { bank, rows, heard, unfaithful }: Aftermath): readonly string[] {
  const account = bank.accounts.find(({ mask }) => mask === '****1234')
  const unbalanced = Object.values(bank.totals).filter((total) => total !== '0')
  const kept = rows.reservation.filter(({ state }) => state !== 'released').length
  const taken = rows.counter.reduce((sum, counter) => sum + counter.taken, 0)
  const told = wishes.map(({ until }) => heard.filter((message) => textOf(message).includes(until)).length)
  return [
    ...(account?.balanceMinor === left ? [] : [`${account?.balanceMinor ?? 'nothing'} is left, not ${left}`]),
    ...(account?.heldMinor === '0' ? [] : ['something is still held']),
    ...unbalanced.map((total) => `the bank's books do not add up: ${total}`),
    ...(kept === 0 && taken === 0 ? [] : [`${kept} places are kept, the counters say ${taken}`]),
    ...told.flatMap((count, index) => (count === 1 ? [] : [`"${wishes[index]?.until ?? ''}" was told ${count} times`])),
    ...rows.inbox.filter(({ state }) => state === 'failed').map(({ kind }) => `an inbox item failed: ${kind}`),
    ...unfaithful.map((run) => `the journal does not lead to the stored state: ${run}`),
    ...listStuck(rows),
  ]
}
