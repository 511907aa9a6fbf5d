import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openApi } from '@inthread/banks/open-api'
import { cspJson } from '@inthread/channels/csp-json'
import type { Catalogue } from '@inthread/admin/ports'
import type { BankDefinition } from '@inthread/sdk/bank'
import type { ChannelDefinition } from '@inthread/sdk/channel'
import type { Plugin } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { buildManifest, listManifestProblems } from '@inthread/sdk/manifest'

/** The one place where channels and connectors are named: what a definition may choose from. */
const channels: readonly ChannelDefinition[] = [cspJson]
const banks: readonly BankDefinition[] = [openApi]

/** Publishers whose dialogues every bank takes; a bank's own list comes with the signed packages. */
const trustedPublishers: ReadonlySet<string> = new Set(['inthread'])

interface FoundPackage {
  readonly folder: string
  readonly entry: string
}

/** Plugins are found by their package.json and imported when first asked for: a plugin nobody uses is never loaded. */
export function createCatalogue(pluginsFolder: string): Catalogue {
  const packages = findPackages(pluginsFolder)
  const loaded = new Map<string, Promise<Plugin>>()
  const load = (name: string, found: FoundPackage): Promise<Plugin> => {
    const known = loaded.get(name)
    if (known) return known
    const plugin = loadPlugin(found)
    loaded.set(name, plugin)
    return plugin
  }
  return {
    findPlugin: async (id) => {
      const found = packages.get(id)
      return found && load(id, found)
    },
    listProviders: async () => {
      const plugins = await Promise.all(
        [...packages].map(([name, found]) => (isProvider(found) ? load(name, found) : undefined)),
      )
      return plugins.filter(
        (plugin): plugin is Plugin =>
          plugin !== undefined && trustedPublishers.has(plugin.contract.declaration.publisher),
      )
    },
    findChannel: (id) => channels.find((channel) => channel.id === id),
    findBank: (id) => banks.find((bank) => bank.id === id),
    listNames: (kind) =>
      (kind === 'plugin' ? [...packages.keys()] : kind === 'channel' ? channels : banks).map((item) =>
        typeof item === 'string' ? item : item.id,
      ),
  }
}

interface Manifest {
  readonly inthread?: { readonly plugin?: boolean; readonly provides?: string }
  readonly exports?: Readonly<Record<string, string>>
}

function findPackages(folder: string): ReadonlyMap<string, FoundPackage> {
  const found = new Map<string, FoundPackage>()
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const manifest = readManifest(join(folder, entry.name))
    if (manifest?.inthread?.plugin !== true) continue
    found.set(entry.name, { folder: join(folder, entry.name), entry: manifest.exports?.['.'] ?? './plugin.ts' })
  }
  return found
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

function isProvider({ folder }: FoundPackage): boolean {
  return readManifest(folder)?.inthread?.provides !== undefined
}

async function loadPlugin({ folder, entry }: FoundPackage): Promise<Plugin> {
  const module = (await import(pathToFileURL(join(folder, entry)).href)) as { readonly default?: Plugin }
  const plugin = module.default
  if (!plugin?.contract)
    throw new Fault('plugin.broken', { data: { plugin: folder, problems: ['its default export is not a plugin'] } })
  const problems = listManifestProblems(buildManifest(plugin)).map(
    ({ path, problem, remedy }) => `${path}: ${problem}: ${remedy}`,
  )
  if (problems.length > 0)
    throw new Fault('plugin.broken', { data: { plugin: plugin.contract.declaration.id, problems } })
  return plugin
}
