import type { Plugin } from '@inthread/sdk/engine'
import { makerNameOf, openScope, type Actor, type Reader, type Sealer, type TenantScope } from '@inthread/store'
import type { TenantDefinition } from '../definition/schema.ts'
import type { AdminPorts } from '../ports.ts'
import { findTenant } from '../tenants/tenant.store.ts'
import { findInstallation, type InstallationName } from './installation.store.ts'
import { commitStep } from './installations.ts'
import { erasePluginSecrets, listPluginSecrets, savePluginSecret, type SecretPlace } from './plugin-secret.store.ts'
import type { InstallationRow, PluginSecretRow } from './tables.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayChange as say } from '../saying/say-change.ts'

/** A secret of a plugin as it can be shown: whether there is one, never which. */
export interface SecretState {
  readonly secret: string
  /** Entered here, which goes before what a definition names; in the definition; or nowhere. */
  readonly from: 'entered' | 'definition' | 'nowhere'
  /** Of one that was entered. */
  readonly setAt: number | null
  readonly setBy: string | null
  /** What is signed with it, where anything is: such a secret has a form of its own. */
  readonly signs: 'standard-webhooks' | null
}

interface Installed {
  readonly row: InstallationRow
  readonly plugin: Plugin
}

/** Undefined where the plugin is not installed. */
export async function listSecretStates(
  name: InstallationName,
  ports: AdminPorts,
): Promise<readonly SecretState[] | undefined> {
  const installed = await findInstalled(name, ports)
  if (!installed) return undefined
  const scope = openScope(name.tenant)
  const { entered, tenant } = await ports.store.read('plugin-secret.list', async (reader) => ({
    entered: await listPluginSecrets(reader, scope, name),
    tenant: await findTenant(reader, name.tenant),
  }))
  const definition = tenant && (JSON.parse(tenant.definition) as TenantDefinition)
  const bot = definition?.bots.find(({ id }) => id === name.bot)
  const named = bot?.plugins.find(({ use }) => use === name.plugin)?.secrets ?? {}
  return Object.keys(installed.plugin.contract.declaration.secrets ?? {}).map((secret) => {
    const row = entered.find((each) => each.name === secret)
    const from = row ? 'entered' : Object.hasOwn(named, secret) ? 'definition' : 'nowhere'
    const signs = findUse(installed.plugin, secret) ?? null
    return { secret, from, setAt: row?.set_at ?? null, setBy: row?.set_by ?? null, signs }
  })
}

async function findInstalled(name: InstallationName, ports: AdminPorts): Promise<Installed | undefined> {
  const scope = openScope(name.tenant)
  const row = await ports.store.read('installation.find', (reader) => findInstallation(reader, scope, name))
  if (!row || row.state === 'erased') return undefined
  const plugin = await ports.catalogue.findVersion(row.plugin, row.version)
  return plugin && { row, plugin }
}

function findUse({ contract }: Plugin, secret: string): 'standard-webhooks' | undefined {
  return Object.values(contract.declaration.egress ?? {}).find((each) => each.secret === secret && each.sign)?.sign
}

export interface SecretChange extends InstallationName {
  readonly secret: string
  /** Null takes back what was entered: what a definition names counts again. */
  readonly value: string | null
}

export type SecretChanged =
  | { readonly kind: 'done' }
  | { readonly kind: 'unknown'; readonly what: 'installation' | 'secret' }
  | { readonly kind: 'unfit'; readonly problem: Said }

/** In force from the next call that the plugin makes, in every process. Nobody reads it again. */
export async function changeSecret(change: SecretChange, actor: Actor, ports: AdminPorts): Promise<SecretChanged> {
  const { secret, value, tenant } = change
  const installed = await findInstalled(change, ports)
  if (!installed) return { kind: 'unknown', what: 'installation' }
  const { row, plugin } = installed
  if (!Object.hasOwn(plugin.contract.declaration.secrets ?? {}, secret)) return { kind: 'unknown', what: 'secret' }
  const problem = value === null ? undefined : findProblem(value, findUse(plugin, secret))
  if (problem !== undefined) return { kind: 'unfit', problem }
  const scope = openScope(tenant)
  const place = { tenant_id: tenant, bot_id: row.bot_id, plugin: row.plugin, name: secret }
  const changed = await ports.store.write('plugin-secret.change', async (tx) => {
    if (value === null) {
      if ((await erasePluginSecrets(tx, scope, { ...change, name: secret })) === 0) return false
    } else {
      const sealed = ports.sealer.seal(placeOf(place), value)
      await savePluginSecret(tx, { ...place, value: sealed, set_at: ports.clock.now(), set_by: makerNameOf(actor) })
    }
    const action = value === null ? 'secret_dropped' : 'secret_entered'
    await commitStep(tx, { row, actor, action, ports, data: { secret } })
    return true
  })
  if (!changed) return { kind: 'unknown', what: 'secret' }
  await ports.epochs.follow(tenant)
  return { kind: 'done' }
}

/** A key of 24 to 64 bytes. */
const webhookKey = /^whsec_(?:[A-Za-z0-9+/]{32,86}={0,2})$/
/** What a header can carry. */
const bearer = /^[\x21-\x7e]+$/

function findProblem(value: string, use: 'standard-webhooks' | undefined): Said | undefined {
  if (use === undefined) return bearer.test(value) ? undefined : say('secret.key')
  const bytes = webhookKey.test(value) ? Buffer.from(value.slice('whsec_'.length), 'base64').length : 0
  return bytes >= 24 && bytes <= 64 ? undefined : say('secret.webhook')
}

/** By bot and plugin, opened: what a tenant is built with. */
export async function readPluginSecrets(
  reader: Reader,
  scope: TenantScope,
): Promise<(sealer: Sealer, place: SecretPlace) => Readonly<Record<string, string>>> {
  const rows = await listPluginSecrets(reader, scope)
  return (sealer, { bot, plugin }) =>
    Object.fromEntries(
      rows
        .filter((row) => row.bot_id === bot && row.plugin === plugin)
        .map((row) => [row.name, sealer.open(placeOf(row), row.value)]),
    )
}

function placeOf({ tenant_id, bot_id, plugin, name }: Omit<PluginSecretRow, 'value' | 'set_at' | 'set_by'>) {
  return { tenant: tenant_id, table: 'plugin_secret', column: 'value', row: `${bot_id}/${plugin}/${name}` }
}
