import { z } from 'zod'
import { listDialogueOperations, type CapabilityDeclaration } from '@inthread/sdk/capability'
import type { Plugin } from '@inthread/sdk/engine'
import { satisfies, validRange } from 'semver'
import { mergeConfig } from '../lifecycle/config.ts'
import type { AdminPorts } from '../ports.ts'
import { listDataProblems, type CollectionData, type DataEntry } from './data.ts'
import { listGrantProblems } from './grants.ts'
import { listOutsideProblems } from './outside.ts'
import { listIssues, pathOf, type Problem } from './problem.ts'
import {
  bankSchema,
  botSchema,
  dataSchema,
  operatorSchema,
  tenantSchema,
  type BankEntry,
  type BotDefinition,
  type MenuDefinition,
  type TenantDefinition,
} from './schema.ts'
import { listSettingsProblems } from './settings.ts'
import { sayDefinition as say } from '../saying/say-definition.ts'

/** The files that belong to a definition, by the path it names them with. */
export type DefinitionFiles = Readonly<Record<string, string>>

export interface GivenDefinition {
  readonly definition: unknown
  readonly files: DefinitionFiles
  /** The `data` of the definition in force. */
  readonly known?: readonly DataEntry[] | undefined
  /** Secrets that its plugins have without it, see `outside.ts`. */
  readonly entered?: ReadonlySet<string>
}

export interface CheckedDefinition {
  readonly problems: readonly Problem[]
  /** Present only without problems. */
  readonly definition: TenantDefinition | undefined
  readonly data: readonly CollectionData[]
  /** What its ranges lead to, by id. */
  readonly plugins: ReadonlyMap<string, Plugin>
}

const outline = z.strictObject({
  tenant: z.unknown(),
  bots: z.array(z.unknown()).min(1),
  operators: z.array(z.unknown()).default([]),
  banks: z.array(z.unknown()).default([]),
  data: z.array(z.unknown()).default([]),
})

/** Finds everything that is wrong with a definition, not just the first thing: part by part, then how the parts fit. */
export async function checkDefinition(
  { definition: input, files, known = [], entered = new Set() }: GivenDefinition,
  ports: AdminPorts,
): Promise<CheckedDefinition> {
  const whole = outline.safeParse(input)
  if (!whole.success) return { problems: listIssues(whole.error), definition: undefined, data: [], plugins: new Map() }
  const problems: Problem[] = []
  const take = <T>(schema: z.ZodType<T>, value: unknown, ...at: readonly PropertyKey[]): T | undefined => {
    const parsed = schema.safeParse(value)
    if (!parsed.success) problems.push(...listIssues(parsed.error, ...at))
    return parsed.data
  }
  const takeAll = <T>(schema: z.ZodType<T>, values: readonly unknown[], section: string): (T | undefined)[] =>
    values.map((value, index) => take(schema, value, section, index))
  const tenant = take(tenantSchema, whole.data.tenant, 'tenant')
  const bots = takeAll(botSchema, whole.data.bots, 'bots')
  const operators = takeAll(operatorSchema, whole.data.operators, 'operators')
  const banks = takeAll(bankSchema, whole.data.banks, 'banks')
  const entries = takeAll(dataSchema, whole.data.data, 'data')
  problems.push(...listDuplicates({ bots, operators, banks }))
  const plugins = await findPlugins(bots, ports)
  for (const [index, bot] of bots.entries())
    if (bot)
      problems.push(
        ...listBotProblems(bot, index, plugins),
        ...listMenuProblems(bot.menu, ['bots', index, 'menu'], plugins),
      )
  for (const [index, bot] of bots.entries())
    if (bot) problems.push(...listOutsideProblems(bot, index, { plugins, ports, entered }))
  problems.push(...(await listNeedProblems(bots, plugins, { bank: banks[0], ports })))
  problems.push(...listGrantProblems({ bots, banks, plugins, currency: tenant?.currency ?? 'CNY' }))
  problems.push(...listSettingsProblems({ named: new Set(whole.data.bots.map(idOf)), operators, banks }, ports))
  const data = await listDataProblems(entries, { files, plugins, known })
  problems.push(...data.problems)
  if (problems.length > 0 || !tenant) return { problems, definition: undefined, data: [], plugins }
  const definition = {
    tenant,
    bots: present(bots),
    operators: present(operators),
    banks: present(banks),
    data: present(entries),
  }
  return { problems: [], definition, data: data.collections, plugins }
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined)
}

function listDuplicates(
  sections: Readonly<Record<string, readonly ({ readonly id: string } | undefined)[]>>,
): Problem[] {
  return Object.entries(sections).flatMap(([section, items]) =>
    items.flatMap((item, index) =>
      item && items.findIndex((other) => other?.id === item.id) < index
        ? [{ path: pathOf(section, index, 'id'), ...say('definition.twice', { id: item.id }) }]
        : [],
    ),
  )
}

type Plugins = ReadonlyMap<string, Plugin>

async function findPlugins(bots: readonly (BotDefinition | undefined)[], { catalogue }: AdminPorts): Promise<Plugins> {
  const plugins = new Map<string, Plugin>()
  for (const { use, version } of present(bots).flatMap((bot) => bot.plugins)) {
    const plugin = plugins.has(use) ? undefined : await catalogue.findPlugin(use, validRange(version) ?? undefined)
    if (plugin) plugins.set(use, plugin)
  }
  return plugins
}

function listBotProblems(bot: BotDefinition, index: number, plugins: Plugins): Problem[] {
  return bot.plugins.flatMap((installation, position) => {
    const at = ['bots', index, 'plugins', position] as const
    const plugin = plugins.get(installation.use)
    if (!plugin) return [{ path: pathOf(...at, 'use'), ...say('definition.no_plugin', { plugin: installation.use }) }]
    const { version, config, provides } = plugin.contract.declaration
    const problems: Problem[] = []
    if (provides)
      problems.push({
        path: pathOf(...at, 'use'),
        ...say('definition.dialogue', { plugin: installation.use }),
      })
    if (validRange(installation.version) === null)
      problems.push({ path: pathOf(...at, 'version'), ...say('definition.range') })
    else if (!satisfies(version, installation.version))
      problems.push({
        path: pathOf(...at, 'version'),
        ...say('definition.version', { version, range: installation.version }),
      })
    const parsed = config.safeParse(mergeConfig({ tenant: installation.config }))
    return parsed.success ? problems : [...problems, ...listIssues(parsed.error, ...at, 'config')]
  })
}

/** Entries that lead nowhere. `place` is where the menu stands. */
export function listMenuProblems(menu: MenuDefinition, place: readonly PropertyKey[], plugins: Plugins): Problem[] {
  const leaves = menu.flatMap((entry, index) =>
    'entries' in entry
      ? entry.entries.map((leaf, sub) => ({ leaf, at: [index, 'entries', sub] }))
      : [{ leaf: entry, at: [index] }],
  )
  return leaves.flatMap(({ leaf, at }) => {
    if (!('intent' in leaf)) return []
    const plugin = plugins.get(leaf.plugin)
    const path = pathOf(...place, ...at)
    if (!plugin) return [{ path: `${path}.plugin`, ...say('definition.plugin_elsewhere', { plugin: leaf.plugin }) }]
    const known = Object.keys(plugin.intents)
    return known.includes(leaf.intent)
      ? []
      : [
          {
            path: `${path}.intent`,
            ...say('definition.no_intent', { plugin: leaf.plugin, intent: leaf.intent, known: known.join(', ') }),
          },
        ]
  })
}

/** Where the user confirms nothing, the bank is asked without a dialogue. */
function isProvided(capability: CapabilityDeclaration, provided: ReadonlySet<string | undefined>): boolean {
  return provided.has(capability.id) || listDialogueOperations(capability).length === 0
}

/** Every capability that a plugin cannot do without needs a bank whose dialogue provides it. */
async function listNeedProblems(
  bots: readonly (BotDefinition | undefined)[],
  plugins: Plugins,
  { bank, ports }: { readonly bank: BankEntry | undefined; readonly ports: AdminPorts },
): Promise<Problem[]> {
  const provided = new Set(
    (await ports.catalogue.listProviders(bank?.publishers ?? [])).map(
      (plugin) => plugin.contract.declaration.provides?.id,
    ),
  )
  return bots.flatMap((bot, index) =>
    (bot?.plugins ?? []).flatMap((installation, position) => {
      const needs = Object.values(plugins.get(installation.use)?.contract.declaration.needs ?? {})
      const missing = needs.filter(
        ({ optional, capability }) =>
          !optional && capability.audience === 'scene' && !(bank && isProvided(capability, provided)),
      )
      return missing.map((need) => ({
        path: pathOf('bots', index, 'plugins', position, 'use'),
        ...say('definition.need_unmet', { capability: need.capability.id }),
      }))
    }),
  )
}
