import type { Plugin } from '@inthread/sdk/engine'
import type { ConfigLayers } from './config.ts'
import { assertMoves, installationMachine } from './states.ts'
import type { InstallationRow } from './tables.ts'

/** Where a dialogue that comes with a bank is installed. */
export function bankPlace(bankId: string): string {
  return `bank:${bankId}`
}

export interface NewInstallation {
  readonly tenant: string
  readonly bot: string
  readonly plugin: Plugin
  readonly config: ConfigLayers
  readonly now: number
}

/** An installation that has passed all that stands before it: its range, its needs, its config. */
export function buildInstallation({ tenant, bot, plugin, config, now }: NewInstallation): InstallationRow {
  const { id, version, configVersion = 1 } = plugin.contract.declaration
  return {
    tenant_id: tenant,
    bot_id: bot,
    plugin: id,
    version,
    state: assertMoves(installationMachine, 'requested', ['granted', 'configured', 'installing', 'active']),
    config: JSON.stringify(config),
    config_version: configVersion,
    created_at: now,
    updated_at: now,
  }
}
