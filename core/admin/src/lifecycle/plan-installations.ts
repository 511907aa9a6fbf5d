import { satisfies } from 'semver'
import type { Plugin } from '@inthread/sdk/engine'
import type { TenantDefinition } from '../definition/schema.ts'
import { buildInstallation } from './build-installation.ts'
import { layersAbove, type ConfigLayers } from './config.ts'
import { findMoveProblem, installationMachine, runningStates } from './states.ts'
import type { InstallationRow } from './tables.ts'

export interface Applied {
  readonly definition: TenantDefinition
  /** The newest version within the range of each plugin, by its id. */
  readonly plugins: ReadonlyMap<string, Plugin>
  readonly known: readonly InstallationRow[]
  readonly now: number
}

/**
 * What a definition does to the installations: what it names is installed, in the version it is pinned to as long as
 * the range holds it; what it no longer names drains. Doing it again changes nothing.
 */
export function planInstallations({ definition, plugins, known, now }: Applied): readonly InstallationRow[] {
  const named = definition.bots.flatMap((bot) =>
    bot.plugins.flatMap(({ use, version, config }) => {
      const plugin = plugins.get(use)
      if (!plugin) return []
      const before = known.find((row) => row.bot_id === bot.id && row.plugin === use)
      // A definition is the tenant's word: what the platform has said above it stays.
      const fresh = buildInstallation({
        tenant: definition.tenant.id,
        bot: bot.id,
        plugin,
        config: { ...(before ? layersAbove(JSON.parse(before.config) as ConfigLayers) : {}), tenant: config },
        now,
      })
      return [before ? keepPinned(before, fresh, version) : fresh]
    }),
  )
  const bots = new Set(definition.bots.map(({ id }) => id))
  const dropped = known.filter(
    (row) =>
      (bots.has(row.bot_id) || !row.bot_id.startsWith('bank:')) &&
      !named.some((other) => other.bot_id === row.bot_id && other.plugin === row.plugin) &&
      findMoveProblem(installationMachine, row.state, 'draining') === undefined,
  )
  return [...named, ...dropped.map((row) => ({ ...row, state: 'draining' as const, updated_at: now }))]
}

function keepPinned(before: InstallationRow, fresh: InstallationRow, range: string): InstallationRow {
  const pinned = satisfies(before.version, range) && before.state !== 'erased'
  // A pause is somebody's decision and stays one; what was on its way out comes back.
  const state = before.state === 'paused' || runningStates.has(before.state) ? before.state : fresh.state
  return { ...fresh, state, version: pinned ? before.version : fresh.version, created_at: before.created_at }
}
