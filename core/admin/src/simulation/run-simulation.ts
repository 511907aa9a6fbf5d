import type { z } from 'zod'
import { SimulatedDesk } from '@inthread/finance'
import { simulateThread, smsProfile, type SimulatedAct, type SimulationBudget } from '@inthread/messaging'
import type { Bot, Tenancy } from '@inthread/messaging/ports'
import type { ChannelProfile } from '@inthread/sdk/channel'
import { decodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Problem } from '../definition/problem.ts'
import type { AdminPorts } from '../ports.ts'
import { draftBot } from './draft-bot.ts'
import { showThread } from './show-thread.ts'
import type { simulateInput, simulateOutput, WireAct } from './thread-schema.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

type Input = z.infer<typeof simulateInput>
type Output = z.infer<typeof simulateOutput>

/** Undefined where the tenant has no such bot. What is wrong with the script or its draft is an answer. */
export async function runSimulation(input: Input, ports: AdminPorts): Promise<Output | undefined> {
  const found = await ports.tenancies.find(input.tenant)
  const present = found?.bots.get(input.bot)
  if (!found || !present) return undefined
  const tenancy = { ...found, locale: input.locale ?? found.locale }
  return ports.simulations.run(input.tenant, async (budget) => {
    const beganMs = budget.workedMs()
    const drafted = input.draft ? await draftBot(tenancy, present, { draft: input.draft, ports }) : { bot: present }
    budget.spend(budget.workedMs() - beganMs)
    const { acts, problems } = readActs(input.acts)
    if ('problems' in drafted || problems.length > 0)
      return { problems: [...('problems' in drafted ? drafted.problems : []), ...problems], thread: null }
    const { bot } = drafted
    const startsAt = input.startsAt ?? ports.clock.now()
    const thread = await simulate({ input, tenancy, bot, acts, startsAt, budget }, ports)
    return { problems: [], thread: showThread(thread, { bot, locale: tenancy.locale, startsAt }) }
  })
}

interface Simulating {
  readonly input: Input
  readonly tenancy: Tenancy
  readonly bot: Bot
  readonly acts: readonly SimulatedAct[]
  readonly startsAt: Instant
  readonly budget: SimulationBudget
}

function simulate({ input, tenancy, bot, acts, startsAt, budget }: Simulating, ports: AdminPorts) {
  const { store, sealer, tenancies, ids } = ports
  return simulateThread({
    tenancy: { ...tenancy, bots: new Map([[bot.id, bot]]) },
    bot,
    acts,
    budget,
    profile: input.sms ? smsProfile : findProfile(tenancy, bot),
    kills: tenancies.kills?.() ?? [],
    startsAt,
    store,
    // What a simulation meets is told to whoever has asked for it, and to nobody else.
    log: { event: () => undefined },
    bank: new SimulatedDesk({ store, sealer, payee: bot.name }),
    seed: ids.next(),
  })
}

/** As the first operator shows it through which this bot is reached. */
function findProfile({ operators }: Tenancy, bot: Bot): ChannelProfile {
  const own = [...operators.values()].find(({ botId }) => botId === bot.id)
  return own?.profile ?? smsProfile
}

interface ReadScript {
  readonly acts: readonly SimulatedAct[]
  readonly problems: readonly Problem[]
}

function readActs(wire: readonly WireAct[]): ReadScript {
  const read = wire.map((act, index) => readAct(act, `$.acts[${index}]`))
  return {
    acts: read.flatMap((each) => ('does' in each ? [each] : [])),
    problems: read.flatMap((each) => ('does' in each ? [] : [each])),
  }
}

function readAct(act: WireAct, path: string): SimulatedAct | Problem {
  if (act.does === 'waits') return { does: 'waits', ms: act.seconds * 1000 }
  if (act.does !== 'bank' && act.does !== 'host') return act
  const data = readGiven(act.data)
  if (data && 'wrong' in data) return { path: `${path}.data`, ...data.wrong }
  if (act.does === 'bank') return { does: 'bank', answers: act.answers, ...(data ? { data: data.value } : {}) }
  if (data) return { does: 'host', answer: { kind: 'answered', data: data.value } }
  return { does: 'host', answer: { kind: 'failed', reason: act.fails ?? 'unreachable' } }
}

function readGiven(text: string | undefined): { readonly value: unknown } | { readonly wrong: Said } | undefined {
  if (text === undefined) return undefined
  try {
    return { value: decodeJson(text) }
  } catch {
    return { wrong: say('definition.not_json') }
  }
}
