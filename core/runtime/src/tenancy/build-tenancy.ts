import {
  bankPlace,
  mergeConfig,
  runningStates,
  wearOwnWords,
  type BankEntry,
  type BotDefinition,
  type ConfigLayers,
  type InstallationRow,
  type MenuDefinition,
  type OperatorDefinition,
  type OwnWords,
  type TenantDefinition,
} from '@inthread/admin'
import type { Catalogue } from '@inthread/admin/ports'
import type { BankSetup } from '@inthread/finance/ports'
import type { Bot, Hosted, MenuEntry, OperatorAccount, Provider, Tenancy } from '@inthread/messaging/ports'
import type { PackageHouse } from '../plugins/package-house.ts'
import type { HttpClient } from '@inthread/sdk/channel'
import { Fault } from '@inthread/sdk/fault'
import type { Clock } from '@inthread/sdk/time'
import { openCredentialCell, openScope, type CredentialPorts, type TenantScope } from '@inthread/store'
import type { PortWrapper } from '../ports/wrapper.ts'
import { withBreaker } from '../ports/breaker.ts'
import type { ConnectionWatch } from '../works/connection-watch.ts'

/** What tenants are built from. */
export interface TenancyParts {
  readonly catalogue: Catalogue
  readonly packages: PackageHouse
  /** What is installed at this tenant, in its pinned versions. */
  readonly installations: readonly InstallationRow[]
  /** What the tenant has entered for a plugin of a bot: it goes before what the definition names. */
  readonly entered: (place: { readonly bot: string; readonly plugin: string }) => Readonly<Record<string, string>>
  /** What the tenant words itself. */
  readonly ownWords: OwnWords
  readonly http: HttpClient
  /** The way to banks. */
  readonly bankHttp: HttpClient
  readonly clock: Clock
  readonly credentials: CredentialPorts
  readonly wrapper: PortWrapper
  readonly connections: ConnectionWatch
  readonly elapsedMs: () => number
  readonly nonce: () => string
  /** Where `sandbox:bank` and `sandbox:operator` point to. */
  readonly sandbox: { readonly bank: string | undefined; readonly operator: string | undefined }
  readonly bankNames: (tenantId: string, bankId: string) => Readonly<Record<string, string>>
  readonly onBreaker: (call: { readonly bank: string; readonly operation: string }, open: boolean) => void
}

export interface BuiltTenant {
  readonly tenancy: Tenancy
  readonly banks: readonly BankSetup[]
  /** The definition with its secrets opened, for what has to be told to the sandbox. */
  readonly definition: TenantDefinition
}

/** Puts a definition, its secrets opened, into what the engines work with. */
export async function buildTenant(
  definition: TenantDefinition,
  epoch: number,
  parts: TenancyParts,
): Promise<BuiltTenant> {
  const scope = openScope(definition.tenant.id)
  const bots = new Map<string, Bot>()
  for (const bot of definition.bots) bots.set(bot.id, await buildBot(bot, parts))
  const operators = definition.operators.map((operator) => buildOperator(operator, scope, parts))
  const banks = definition.banks.map((bank) => buildBank(bank, scope, parts))
  parts.connections.keep(scope.tenantId, [
    ...operators.map(({ id }) => ({ kind: 'operator' as const, id })),
    ...banks.map(({ bankId: id }) => ({ kind: 'bank' as const, id })),
  ])
  const tenancy: Tenancy = {
    scope,
    epoch,
    locale: definition.tenant.locale,
    timeZone: definition.tenant.timeZone,
    currency: definition.tenant.currency,
    handsOver: definition.tenant.handOver ?? true,
    bots,
    operators: new Map(operators.map((operator) => [operator.id, operator])),
    mainBank: banks[0]?.bankId,
    providers: await buildProviders(banks[0], { ...parts, keys: definition.banks[0]?.publishers ?? [] }),
  }
  return { tenancy, banks, definition }
}

async function buildBot(bot: BotDefinition, parts: TenancyParts): Promise<Bot> {
  const order = bot.plugins.map(({ use }) => use)
  const rows = parts.installations
    .filter((row) => row.bot_id === bot.id && runningStates.has(row.state))
    .toSorted((left, right) => order.indexOf(left.plugin) - order.indexOf(right.plugin))
  const installations = await Promise.all(
    rows.map(async (row) => {
      const hosted = await openVersion(row, parts)
      const config = hosted.plugin.contract.declaration.config.parse(
        mergeConfig(JSON.parse(row.config) as ConfigLayers),
      )
      const named = bot.plugins.find(({ use }) => use === row.plugin)?.secrets ?? {}
      const secrets = { ...listOpened(named), ...parts.entered({ bot: bot.id, plugin: row.plugin }) }
      const plugin = wearOwnWords(hosted.plugin, parts.ownWords)
      return { ...hosted, plugin, config, secrets }
    }),
  )
  return { id: bot.id, name: bot.name, installations, menu: bot.menu.map(buildMenuEntry) }
}

async function openVersion({ plugin, version }: InstallationRow, { packages }: TenancyParts): Promise<Hosted> {
  const hosted = await packages.find(plugin, version)
  if (!hosted) throw new Fault('plugin.unknown', { data: { plugin, version } })
  return hosted
}

/** Secrets as the definition has them once they are opened: their values in place of the references. */
function listOpened(secrets: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function buildMenuEntry(entry: MenuDefinition[number]): MenuEntry {
  if ('entries' in entry) return { kind: 'menu', label: entry.label, entries: entry.entries.map(buildLeaf) }
  return buildLeaf(entry)
}

function buildLeaf(entry: Exclude<MenuDefinition[number], { entries: unknown }>): Exclude<MenuEntry, { kind: 'menu' }> {
  return 'word' in entry
    ? { kind: 'word', label: entry.label, word: entry.word }
    : { kind: 'intent', label: entry.label, plugin: entry.plugin, intent: entry.intent }
}

function buildOperator(entry: OperatorDefinition, scope: TenantScope, parts: TenancyParts): OperatorAccount {
  const { id, bot, channel: channelId, rate, ...settings } = entry
  const channel = parts.catalogue.findChannel(channelId)
  if (!channel) throw new Fault('channel.unknown', { data: { channel: channelId } })
  const credential = openCredentialCell(scope, `operator:${id}`, parts.credentials)
  const account = channel.open(channel.settings.parse(pointToSandbox(settings, parts)), {
    http: parts.http,
    clock: parts.clock,
    credential,
  })
  return {
    id,
    botId: bot,
    account: parts.connections.watch({ tenant: scope.tenantId, kind: 'operator', id }, parts.wrapper.channel(account)),
    profile: channel.profile,
    ratePerSecond: rate?.perSecond,
  }
}

function buildBank(entry: BankEntry, scope: TenantScope, parts: TenancyParts): BankSetup {
  const { id, connector: connectorId, grants: _grants, publishers: _publishers, ...settings } = entry
  const connector = parts.catalogue.findBank(connectorId)
  if (!connector) throw new Fault('bank.not_connected', { data: { bank: connectorId } })
  const connection = connector.open(connector.settings.parse(pointToSandbox(settings, parts)), {
    http: parts.bankHttp,
    clock: parts.clock,
    nonce: parts.nonce,
  })
  const guarded = withBreaker(
    parts.connections.watch({ tenant: scope.tenantId, kind: 'bank', id }, parts.wrapper.bank(connection)),
    {
      elapsedMs: parts.elapsedMs,
      onChange: (operation, open) => parts.onBreaker({ bank: id, operation }, open),
    },
  )
  return { scope, bankId: id, connection: guarded }
}

/** `sandbox:bank` and `sandbox:operator` stand for wherever this sandbox has them. */
export function pointToSandbox(
  settings: Readonly<Record<string, unknown>>,
  { sandbox }: Pick<TenancyParts, 'sandbox'>,
): Readonly<Record<string, unknown>> {
  const replace = (value: unknown): unknown => {
    if (value === 'sandbox:bank') return sandbox.bank ?? fail('bank')
    if (value === 'sandbox:operator') return sandbox.operator ?? fail('operator')
    return value
  }
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, replace(value)]))
}

function fail(part: string): never {
  throw new Fault('sandbox.off', { data: { part } })
}

/**
 * The bank's dialogues answer the calls of the scenes, in the bank's voice: as long as the bank takes their publisher.
 * What is under way in one that it no longer takes ends as it would have.
 */
async function buildProviders(
  bank: BankSetup | undefined,
  parts: TenancyParts & { readonly keys: readonly string[] },
): Promise<ReadonlyMap<string, Provider>> {
  if (!bank) return new Map()
  const { bankId, scope } = bank
  const bankName = parts.bankNames(scope.tenantId, bankId)
  const rows = parts.installations.filter((row) => row.bot_id === bankPlace(bankId) && runningStates.has(row.state))
  const hosted = await Promise.all(
    rows.map(async (row) =>
      (await parts.packages.isTakenBy(parts.keys, row.plugin, row.version)) ? openVersion(row, parts) : undefined,
    ),
  )
  return new Map(
    hosted.flatMap((each) => {
      const capability = each?.plugin.contract.declaration.provides?.id
      return !each || capability === undefined ? [] : [[capability, { ...each, bankId, bankName }] as const]
    }),
  )
}
