import type { Plugin } from '@inthread/sdk/engine'
import { openScope } from '@inthread/store'
import { listInstallations } from '../lifecycle/installation.store.ts'
import { runningStates } from '../lifecycle/states.ts'
import type { AdminPorts } from '../ports.ts'

/** A scene that a tenant has installed, in the version it is pinned to. */
export interface Scene {
  readonly bot: string
  readonly plugin: Plugin
}

/** What a tenant has installed in its bots; the bank's dialogues are not the tenant's, and not among them. */
export async function listScenes(tenant: string, { store, catalogue }: AdminPorts): Promise<readonly Scene[]> {
  const rows = await store.read('installation.list', (reader) => listInstallations(reader, openScope(tenant)))
  const running = rows.filter(({ state, bot_id: bot }) => runningStates.has(state) && !bot.startsWith('bank:'))
  const found = await Promise.all(
    running.map(async ({ bot_id: bot, plugin: id, version }) => ({
      bot,
      plugin: await catalogue.findVersion(id, version),
    })),
  )
  return found.flatMap(({ bot, plugin }) => (plugin ? [{ bot, plugin }] : []))
}

export async function findScene(tenant: string, plugin: string, ports: AdminPorts): Promise<Plugin | undefined> {
  const scenes = await listScenes(tenant, ports)
  return scenes.find((scene) => scene.plugin.contract.declaration.id === plugin)?.plugin
}
