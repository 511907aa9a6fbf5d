import { resolve } from 'node:path'
import type { PlayOptions, Stage } from './stage.ts'
import { findMsUntil } from './find-ms-until.ts'
import type { Story } from '../format/story-schema.ts'
import { StoryError, type Speaking, type StoryWorld, type TenantFacts } from '../world/story-world.ts'
import { Thread } from './thread.ts'

export interface Preparation {
  readonly world: StoryWorld
  readonly options: PlayOptions
  /** Where paths in the story begin. */
  readonly folder: string
}

/** Brings the sandbox to what is given, or says what stands against it. */
export async function prepareStage(story: Story, { world, options, folder }: Preparation): Promise<Stage> {
  const { given } = story
  const tenant = await prepareTenants(story, world, folder)
  const bot = given.bot ?? tenant.chatbots[0]
  if (bot === undefined) throw new StoryError('environment', `The tenant ${tenant.id} has no chatbot to speak with.`)
  await world.clearFaults()
  await moveClock(story, world, tenant)
  const phones = new Set([given.phone, ...story.turns.flatMap(({ phone }) => phone ?? [])])
  const speaking = [...phones].map((phone) => ({ phone, bot }))
  for (const who of speaking) await endWhatIsOpen(who, { world, options, locale: tenant.locale })
  const before = { bank: await world.readBank(), book: await world.readBook(tenant.id) }
  checkAccounts(story, before.bank.accounts)
  const threads = await Promise.all(speaking.map((who) => Thread.open(world, who)))
  const byPhone = new Map(threads.map((thread) => [thread.who.phone, thread]))
  return { story, world, options, tenant, bot, threads: byPhone, orders: [], before }
}

/** Whatever has a slash or ends in `.json` is the path of a definition, everything else the id of a tenant. */
async function prepareTenants({ given }: Story, world: StoryWorld, folder: string): Promise<TenantFacts> {
  const found: TenantFacts[] = []
  for (const entry of given.tenants) {
    const isPath = entry.includes('/') || entry.endsWith('.json')
    const id = isPath ? await world.applyDefinition(resolve(folder, entry)) : entry
    const tenant = await world.findTenant(id)
    if (!tenant) throw new StoryError('environment', `There is no tenant ${id}: bring it in with "inthread apply".`)
    found.push(tenant)
  }
  const [first] = found
  if (first?.locale === given.locale) return first
  throw new StoryError('environment', `The tenant ${first?.id} speaks ${first?.locale}, and the story ${given.locale}.`)
}

async function moveClock({ given }: Story, world: StoryWorld, { timeZone }: TenantFacts): Promise<void> {
  if (given.clock === 'now') return
  const now = await world.advance(0)
  const byMs = findMsUntil(given.clock, now, timeZone)
  if (byMs < 0)
    throw new StoryError('environment', `The sandbox is already past ${given.clock}, and its clock never goes back.`)
  await world.advance(byMs)
}

function checkAccounts({ given }: Story, accounts: Stage['before']['bank']['accounts']): void {
  for (const { mask, atLeastMinor, atMostMinor } of given.bank?.accounts ?? []) {
    const account = accounts.find((each) => each.mask === mask)
    if (!account) throw new StoryError('environment', `The bank has no account ${mask}.`)
    const freeMinor = BigInt(account.balanceMinor) - BigInt(account.heldMinor)
    const tooLittle = atLeastMinor !== undefined && freeMinor < BigInt(atLeastMinor)
    const tooMuch = atMostMinor !== undefined && freeMinor > BigInt(atMostMinor)
    if (!tooLittle && !tooMuch) continue
    const wanted = tooLittle ? `at least ${atLeastMinor}` : `at most ${atMostMinor}`
    const remedy = 'start the sandbox with a fresh data folder'
    throw new StoryError('environment', `${mask} has ${freeMinor} free and the story takes ${wanted}: ${remedy}.`)
  }
}

interface Ending {
  readonly world: StoryWorld
  readonly options: PlayOptions
  readonly locale: string
}

const mostOpen = 4

/**
 * Somebody may have left this thread in the middle of something: the user says "cancel" until the platform itself
 * answers, because a scene that is cancelled may first ask what now.
 */
async function endWhatIsOpen(who: Speaking, { world, options, locale }: Ending): Promise<void> {
  if ((await world.listMessages(who)).length === 0) return
  for (let time = 0; time < mostOpen; time += 1) {
    const thread = await Thread.open(world, who)
    await world.say(who, locale.startsWith('zh') ? '取消' : 'cancel')
    const until = options.elapsedMs() + options.patienceMs
    while ((await thread.listNews()).length === 0) {
      if (options.elapsedMs() > until)
        throw new StoryError('environment', 'The bot does not answer: see "inthread doctor".')
      await options.pause(25)
    }
    if (thread.heard.at(-1)?.speaker?.party === 'platform') return
  }
}
