import { createHash } from 'node:crypto'
import { eraseCollection, listOpenRuns, listStoredCollections } from '@inthread/messaging'
import { withdrawGrants } from '@inthread/finance'
import { canonicalJson } from '@inthread/sdk/json'
import type { Plugin } from '@inthread/sdk/engine'
import { openScope, type Actor, type TenantScope, type Transaction } from '@inthread/store'
import type { TenantDefinition } from '../definition/schema.ts'
import type { AdminPorts } from '../ports.ts'
import { voidGrantProposals } from '../proposals/propose.ts'
import { eraseOwnWords } from '../wordings/own-words.store.ts'
import { findTenant, saveTenant } from '../tenants/tenant.store.ts'
import { layersAbove, type ConfigLayers } from './config.ts'
import {
  findInstallation,
  listInstallations,
  moveInstallation,
  saveReceipt,
  type InstallationName,
} from './installation.store.ts'
import { commitStep } from './installations.ts'
import { erasePluginSecrets } from './plugin-secret.store.ts'
import { erasePublishedConfigs } from './published-config.store.ts'
import { assertMoves, installationMachine } from './states.ts'
import type { InstallationRow } from './tables.ts'

/** What was erased, what was kept and why; its digest names it for ever. */
export interface ErasureReceipt {
  readonly tenant: string
  readonly bot: string
  readonly plugin: string
  readonly version: string
  readonly at: number
  readonly erased: readonly { readonly what: string; readonly class: string; readonly count: number }[]
  readonly kept: readonly { readonly what: string; readonly why: string }[]
}

export type Uninstalled =
  | { readonly kind: 'unknown' }
  /** Conversations are in the middle of it: it takes no new ones, and is asked for again. */
  | { readonly kind: 'draining'; readonly open: number }
  | { readonly kind: 'erased'; readonly receipt: ErasureReceipt; readonly digest: string }

const kept: ErasureReceipt['kept'] = [
  {
    what: 'orders, attempts and movements',
    why: 'the law has payments kept, and they belong to the bank and the tenant',
  },
  { what: 'audit records', why: 'who did what has to stay provable; they hold ids and no personal data' },
  { what: 'conversations and journals', why: "the tenant's own record, erased by its retention and not with a plugin" },
]

/**
 * Takes a plugin away: it drains, then what it entered and kept is erased, and a receipt says so. What the law wants
 * kept stays. Another bot of the tenant that has the same plugin keeps its documents: they are the tenant's.
 */
export async function uninstall(name: InstallationName, actor: Actor, ports: AdminPorts): Promise<Uninstalled> {
  const scope = openScope(name.tenant)
  const row = await ports.store.read('installation.find', (reader) => findInstallation(reader, scope, name))
  const plugin = row && (await ports.catalogue.findVersion(row.plugin, row.version))
  if (!row || !plugin || row.state === 'erased') return { kind: 'unknown' }
  const result = await ports.store.write('installation.uninstall', async (tx): Promise<Uninstalled> => {
    const draining = await drain(tx, row, { actor, ports })
    const open = await listOpenRuns(tx, scope, { plugin: row.plugin, bot: row.bot_id, after: '', limit: 1000 })
    if (open.length > 0) return { kind: 'draining', open: open.length }
    return erase(tx, draining, { plugin, actor, ports })
  })
  await ports.epochs.follow(name.tenant)
  return result
}

interface By {
  readonly actor: Actor
  readonly ports: AdminPorts
}

async function drain(tx: Transaction, row: InstallationRow, { actor, ports }: By): Promise<InstallationRow> {
  if (row.state === 'draining' || row.state === 'removed') return row
  const change = {
    state: assertMoves(installationMachine, row.state, ['draining']),
    updated_at: ports.clock.now(),
  }
  await moveInstallation(tx, row, change)
  const draining = { ...row, ...change }
  await commitStep(tx, { row: draining, actor, action: 'draining', ports })
  return draining
}

async function erase(
  tx: Transaction,
  row: InstallationRow,
  { plugin, actor, ports }: By & { readonly plugin: Plugin },
): Promise<Uninstalled> {
  const scope = openScope(row.tenant_id)
  const now = ports.clock.now()
  const secrets = await forget(tx, scope, { row, now })
  const entered = await erasePluginSecrets(tx, scope, { bot: row.bot_id, plugin: row.plugin })
  const grants = await withdrawGrants(tx, scope, { bot: row.bot_id, plugin: row.plugin, now })
  await voidGrantProposals(tx, scope, { places: grants, now })
  const configs = await erasePublishedConfigs(tx, scope, { bot: row.bot_id, plugin: row.plugin })
  const words = secrets.elsewhere ? 0 : await eraseOwnWords(tx, scope, row.plugin)
  const elsewhere = secrets.elsewhere
    ? [{ what: 'its documents', why: 'another bot of the tenant has the plugin' }]
    : []
  const receipt: ErasureReceipt = {
    tenant: row.tenant_id,
    bot: row.bot_id,
    plugin: row.plugin,
    version: row.version,
    at: now,
    erased: [
      { what: 'secrets', class: 'secret', count: secrets.count + entered },
      { what: 'grants', class: 'tenant', count: grants.length },
      // The one in force, and those that were before it.
      { what: 'config', class: 'tenant', count: Math.max(1, configs) },
      ...(words > 0 ? [{ what: 'own wording', class: 'tenant', count: words }] : []),
      ...(secrets.elsewhere ? [] : await eraseCollections(tx, scope, plugin)),
    ],
    kept: [...kept, ...elsewhere],
  }
  const body = canonicalJson(receipt)
  const digest = createHash('sha256').update(body).digest('hex')
  await saveReceipt(tx, { id: ports.ids.next(), tenant_id: row.tenant_id, digest, body, created_at: now })
  // The platform's own word about it is none of the tenant's data, and holds for whoever installs it anew.
  const above = JSON.stringify(layersAbove(JSON.parse(row.config) as ConfigLayers))
  const path = row.state === 'removed' ? (['erased'] as const) : (['removed', 'erased'] as const)
  const change = { state: assertMoves(installationMachine, row.state, path), config: above, updated_at: now }
  await moveInstallation(tx, row, change)
  await commitStep(tx, { row: { ...row, ...change }, actor, action: 'erased', ports, data: { receipt: digest } })
  return { kind: 'erased', receipt, digest }
}

async function eraseCollections(
  tx: Transaction,
  scope: TenantScope,
  plugin: Plugin,
): Promise<ErasureReceipt['erased']> {
  const { id, collections } = plugin.contract.declaration
  const stored = await listStoredCollections(tx, scope, { plugin: id, collections: Object.keys(collections) })
  for (const { collection } of stored) await eraseCollection(tx, scope, { plugin, collection })
  return stored.map(({ collection, documents }) => ({
    what: `collection ${collection}`,
    class: collections[collection]?.dataClass ?? 'public',
    count: documents,
  }))
}

/** What was entered is taken out of the stored definition; its places stay what they are. */
async function forget(
  tx: Transaction,
  scope: TenantScope,
  { row, now }: { readonly row: InstallationRow; readonly now: number },
): Promise<{ readonly count: number; readonly elsewhere: boolean }> {
  const tenant = await findTenant(tx, scope.tenantId)
  if (!tenant) return { count: 0, elsewhere: false }
  const definition = JSON.parse(tenant.definition) as TenantDefinition
  const isIt = (bot: string, use: string): boolean => bot === row.bot_id && use === row.plugin
  const entries = definition.bots.flatMap(({ id, plugins }) => plugins.filter(({ use }) => isIt(id, use)))
  const bots = definition.bots.map((bot) => ({
    ...bot,
    plugins: bot.plugins.map((entry) => (isIt(bot.id, entry.use) ? { ...entry, config: {}, secrets: {} } : entry)),
  }))
  const others = await listInstallations(tx, scope)
  const elsewhere = others.some(
    (other) => other.plugin === row.plugin && other.bot_id !== row.bot_id && other.state !== 'erased',
  )
  // An apply of the old file installs it anew: its digest no longer is that of what is in force.
  const changed = { ...tenant, definition: canonicalJson({ ...definition, bots }), digest: `without ${row.plugin}` }
  await saveTenant(tx, { ...changed, updated_at: now })
  return { count: entries.reduce((sum, { secrets }) => sum + Object.keys(secrets).length, 0), elsewhere }
}
