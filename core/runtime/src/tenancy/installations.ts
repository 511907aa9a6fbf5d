import {
  bankPlace,
  buildInstallation,
  listInstallations,
  saveMissingInstallations,
  type InstallationRow,
  type TenantDefinition,
} from '@inthread/admin'
import type { Catalogue } from '@inthread/admin/ports'
import type { Plugin } from '@inthread/sdk/engine'
import type { Clock } from '@inthread/sdk/time'
import { openScope, type Store } from '@inthread/store'

interface InstallationParts {
  readonly store: Store
  readonly catalogue: Catalogue
  readonly clock: Clock
}

/**
 * What is installed at a tenant, each in its pinned version. A definition from before there were installations, and a
 * bank's dialogue that has come since, are entered now, in the newest version there is.
 */
export async function readInstallations(
  definition: TenantDefinition,
  parts: InstallationParts,
): Promise<readonly InstallationRow[]> {
  const scope = openScope(definition.tenant.id)
  const read = (): Promise<InstallationRow[]> =>
    parts.store.read('installation.list', (reader) => listInstallations(reader, scope))
  const rows = await read()
  const missing = await listMissing(definition, rows, parts)
  if (missing.length === 0) return rows
  await parts.store.write('installation.enter', (tx) => saveMissingInstallations(tx, missing))
  return read()
}

async function listMissing(
  definition: TenantDefinition,
  rows: readonly InstallationRow[],
  { catalogue, clock }: InstallationParts,
): Promise<readonly InstallationRow[]> {
  const known = new Set(rows.map((row) => `${row.bot_id} ${row.plugin}`))
  const tenant = definition.tenant.id
  const now = clock.now()
  const missing: InstallationRow[] = []
  const enter = (bot: string, plugin: Plugin | undefined, config: Readonly<Record<string, unknown>>): void => {
    if (plugin) missing.push(buildInstallation({ tenant, bot, plugin, config: { tenant: config }, now }))
  }
  for (const bot of definition.bots)
    for (const { use, version, config } of bot.plugins)
      if (!known.has(`${bot.id} ${use}`)) enter(bot.id, await catalogue.findPlugin(use, version), config)
  const [bank] = definition.banks
  if (!bank) return missing
  const place = bankPlace(bank.id)
  const present = rows.filter((row) => row.bot_id === place).map((row) => row.plugin)
  const { publishers = [] } = bank
  // A bank that lists nobody gets no more than what came with it.
  if (present.length > 0 && publishers.length === 0) return missing
  for (const plugin of listAbsent(await catalogue.listProviders(publishers), present)) enter(place, plugin, {})
  return missing
}

/** One dialogue for each capability: what is there stays, and of several that could come the first one does. */
function listAbsent(providers: readonly Plugin[], present: readonly string[]): readonly Plugin[] {
  const capabilityOf = (plugin: Plugin): string => plugin.contract.declaration.provides?.id ?? ''
  const held = providers.filter((plugin) => present.includes(plugin.contract.declaration.id))
  const taken = new Set(held.map(capabilityOf))
  return providers.filter((plugin) => {
    const free = !taken.has(capabilityOf(plugin)) && !present.includes(plugin.contract.declaration.id)
    taken.add(capabilityOf(plugin))
    return free
  })
}
