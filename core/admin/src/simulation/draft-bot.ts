import { openScope } from '@inthread/store'
import type { Bot, Installation, MenuEntry, Tenancy } from '@inthread/messaging/ports'
import type { Plugin } from '@inthread/sdk/engine'
import { listMenuProblems } from '../definition/check.ts'
import { listIssues, pathOf, type Problem } from '../definition/problem.ts'
import { menuSchema, type MenuDefinition } from '../definition/schema.ts'
import { mergeConfig, type ConfigLayers } from '../lifecycle/config.ts'
import { findInstallation } from '../lifecycle/installation.store.ts'
import type { AdminPorts } from '../ports.ts'
import { listWordingProblems } from '../wordings/list-own-text-problems.ts'
import { readOwnWords, type OwnIntentRow, type OwnTextRow, type OwnWords } from '../wordings/own-words.store.ts'
import { wearOwnWords } from '../wordings/wear-own-words.ts'
import { sayDefinition as say } from '../saying/say-definition.ts'

/** What is tried in place of what is in force: none of it is kept. */
export interface BotDraft {
  /** A tenant's own settings of a plugin, in place of those of before. */
  readonly config: readonly { readonly plugin: string; readonly config: Readonly<Record<string, unknown>> }[]
  readonly texts: readonly Pick<OwnTextRow, 'plugin' | 'text' | 'locale' | 'source'>[]
  readonly intents: readonly {
    readonly plugin: string
    readonly intent: string
    readonly words: Readonly<Record<string, readonly string[]>>
  }[]
  readonly menu?: readonly unknown[] | undefined
}

export type DraftedBot = { readonly bot: Bot } | { readonly problems: readonly Problem[] }

/** A bot as it would be with a draft in force. */
export async function draftBot(tenancy: Tenancy, bot: Bot, drafting: Drafting): Promise<DraftedBot> {
  const { draft } = drafting
  const dressed = await Promise.all(
    bot.installations.map((each) => draftInstallation(each, tenancy, { ...drafting, bot })),
  )
  const plugins = new Map(dressed.map(({ installation: { plugin } }) => [plugin.contract.declaration.id, plugin]))
  const menu = draft.menu === undefined ? { menu: bot.menu, problems: [] } : draftMenu(draft.menu, plugins)
  const problems = [...dressed.flatMap((each) => each.problems), ...menu.problems, ...listStrangers(draft, plugins)]
  if (problems.length > 0) return { problems }
  return { bot: { ...bot, menu: menu.menu, installations: dressed.map(({ installation }) => installation) } }
}

export interface Drafting {
  readonly draft: BotDraft
  readonly ports: AdminPorts
}

interface Dressed {
  readonly installation: Installation
  readonly problems: readonly Problem[]
}

async function draftInstallation(
  installation: Installation,
  tenancy: Tenancy,
  { draft, ports, bot }: Drafting & { readonly bot: Bot },
): Promise<Dressed> {
  const { id } = installation.plugin.contract.declaration
  const words = await draftWords(installation, tenancy, { draft, ports })
  const wanted = draft.config.find(({ plugin }) => plugin === id)
  if (!wanted) return { installation: { ...installation, plugin: words.plugin }, problems: words.problems }
  const scope = tenancy.scope
  const name = { tenant: scope.tenantId, bot: bot.id, plugin: id }
  const row = await ports.store.read('simulation.config', (reader) => findInstallation(reader, scope, name))
  const layers = { ...(JSON.parse(row?.config ?? '{}') as ConfigLayers), tenant: wanted.config }
  const parsed = installation.plugin.contract.declaration.config.safeParse(mergeConfig(layers))
  const problems = parsed.success ? [] : listIssues(parsed.error, 'draft', 'config', id)
  const config = parsed.success ? parsed.data : installation.config
  return { installation: { ...installation, plugin: words.plugin, config }, problems: [...words.problems, ...problems] }
}

/** The plugin's own words, and over them the tenant's: those that are drafted, and the others that are in force. */
async function draftWords(
  { plugin }: Installation,
  { scope }: Tenancy,
  { draft, ports }: Drafting,
): Promise<{ readonly plugin: Plugin; readonly problems: readonly Problem[] }> {
  const { id, version } = plugin.contract.declaration
  const texts = draft.texts.filter((each) => each.plugin === id)
  const intents = draft.intents.filter((each) => each.plugin === id)
  if (texts.length + intents.length === 0) return { plugin, problems: [] }
  const bare = (await ports.versions.host(id, version))?.plugin ?? plugin
  const problems = texts.flatMap((each) => listTextProblems(each, bare))
  if (problems.length > 0) return { plugin, problems }
  const own = await ports.store.read('simulation.words', (reader) => readOwnWords(reader, openScope(scope.tenantId)))
  return { plugin: wearOwnWords(bare, mergeWords(own, { texts, intents })), problems }
}

function listTextProblems({ text, locale, source }: BotDraft['texts'][number], plugin: Plugin): Problem[] {
  const { id, texts } = plugin.contract.declaration
  const path = pathOf('draft', 'texts', id, text, locale)
  const declaration = Object.hasOwn(texts, text) ? texts[text] : undefined
  if (!declaration) return [{ path, ...say('definition.no_text') }]
  return listWordingProblems({ declaration, locale, source }).map((said) => ({ path, ...said }))
}

function mergeWords(own: OwnWords, draft: Pick<BotDraft, 'texts' | 'intents'>): OwnWords {
  const rest = { tenant_id: '', version: 1, updated_at: 0 }
  const texts = draft.texts.map((each): OwnTextRow => ({ ...rest, ...each }))
  const intents = draft.intents.map(({ words, ...name }): OwnIntentRow => {
    return { ...rest, ...name, words: JSON.stringify(words) }
  })
  const isDrafted = (row: OwnTextRow): boolean =>
    texts.some((each) => each.plugin === row.plugin && each.text === row.text && each.locale === row.locale)
  const isWorded = (row: OwnIntentRow): boolean =>
    intents.some((each) => each.plugin === row.plugin && each.intent === row.intent)
  return {
    texts: [...own.texts.filter((row) => !isDrafted(row)), ...texts],
    intents: [...own.intents.filter((row) => !isWorded(row)), ...intents],
  }
}

function draftMenu(
  menu: readonly unknown[],
  plugins: ReadonlyMap<string, Plugin>,
): { readonly menu: Bot['menu']; readonly problems: readonly Problem[] } {
  const parsed = menuSchema.safeParse(menu)
  if (!parsed.success) return { menu: [], problems: listIssues(parsed.error, 'draft', 'menu') }
  return { menu: parsed.data.map(buildEntry), problems: listMenuProblems(parsed.data, ['draft', 'menu'], plugins) }
}

type Entry = MenuDefinition[number]
type Leaf = Exclude<Entry, { entries: unknown }>

function buildEntry(entry: Entry): MenuEntry {
  return 'entries' in entry
    ? { kind: 'menu', label: entry.label, entries: entry.entries.map(buildLeaf) }
    : buildLeaf(entry)
}

function buildLeaf(leaf: Leaf): Exclude<MenuEntry, { kind: 'menu' }> {
  const { label } = leaf
  return 'word' in leaf
    ? { kind: 'word', label, word: leaf.word }
    : { kind: 'intent', label, plugin: leaf.plugin, intent: leaf.intent }
}

/** A draft of a plugin that the bot does not have would be tried in vain. */
function listStrangers({ config, texts, intents }: BotDraft, plugins: ReadonlyMap<string, Plugin>): Problem[] {
  const named = [...new Set([...config, ...texts, ...intents].map(({ plugin }) => plugin))]
  const strangers = named.filter((plugin) => !plugins.has(plugin))
  return strangers.map((plugin) => ({ path: pathOf('draft', plugin), ...say('definition.stranger') }))
}
