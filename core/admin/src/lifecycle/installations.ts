import { appendAudit, openScope, type Actor, type Transaction } from '@inthread/store'
import { isOfTenant } from '../access/access.ts'
import type { Problem } from '../definition/problem.ts'
import { listIssues } from '../definition/problem.ts'
import type { TenantDefinition } from '../definition/schema.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import type { AdminPorts } from '../ports.ts'
import { findTenant } from '../tenants/tenant.store.ts'
import { buildInstallation } from './build-installation.ts'
import { isSameAbove, layersAbove, mergeConfig, type ConfigLayers } from './config.ts'
import {
  findInstallation,
  moveInstallation,
  raiseEpoch,
  saveInstallations,
  type InstallationName,
} from './installation.store.ts'
import { savePublishedConfigs } from './published-config.store.ts'
import { findMoveProblem, installationMachine, type InstallationState } from './states.ts'
import type { InstallationRow } from './tables.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayChange as say } from '../saying/say-change.ts'

export interface InstallationResult {
  readonly problems: readonly Problem[]
  readonly installation: Pick<InstallationRow, 'version' | 'state'> | undefined
}

const wrong = (path: string, said: Said): InstallationResult => ({
  problems: [{ path, ...said }],
  installation: undefined,
})

/** Whose the upper layers are not: they send them as they are, or leave them out. */
type Publisher = Pick<KeyHolder, 'actor' | 'role'>

const notYours = say('installed.above')

/** Installs the newest listed version within a range. Nothing is active before its config is right. */
export async function install(
  { config: given, ...name }: InstallationName & { readonly range: string; readonly config: ConfigLayers },
  by: Publisher,
  ports: AdminPorts,
): Promise<InstallationResult> {
  if (!(await hasBot(name, ports))) return wrong('$.bot', say('installed.no_bot', { bot: name.bot }))
  const plugin = await ports.catalogue.findPlugin(name.plugin, name.range)
  if (!plugin) return wrong('$.plugin', say('installed.not_listed', { plugin: name.plugin }))
  const scope = openScope(name.tenant)
  const old = await ports.store.read('installation.find', (reader) => findInstallation(reader, scope, name))
  const known = old ? (JSON.parse(old.config) as ConfigLayers) : {}
  if (isOfTenant(by) && !isSameAbove(given, {}) && !isSameAbove(given, known)) return wrong('$.config', notYours)
  const config = isOfTenant(by) ? { ...given, ...layersAbove(known) } : given
  const parsed = plugin.contract.declaration.config.safeParse(mergeConfig(config))
  if (!parsed.success) return { problems: listIssues(parsed.error, 'config'), installation: undefined }
  const { actor } = by
  const row = buildInstallation({ ...name, config, plugin, now: ports.clock.now() })
  const problem = await ports.store.write('installation.install', async (tx) => {
    const before = await findInstallation(tx, scope, name)
    if (before && before.state !== 'removed' && before.state !== 'erased')
      return say('installed.already', { version: before.version, state: before.state })
    await saveInstallations(tx, [row])
    await savePublishedConfigs(tx, [row], { actor, ports })
    await commitStep(tx, { row, actor, action: 'installed', ports })
    return undefined
  })
  if (problem !== undefined) return wrong('$.plugin', problem)
  await ports.epochs.follow(name.tenant)
  return { problems: [], installation: { version: row.version, state: row.state } }
}

async function hasBot({ tenant, bot }: InstallationName, { store }: AdminPorts): Promise<boolean> {
  const row = await store.read('tenant.find', (reader) => findTenant(reader, tenant))
  return row !== undefined && (JSON.parse(row.definition) as TenantDefinition).bots.some(({ id }) => id === bot)
}

interface Configuring extends InstallationName {
  readonly config: ConfigLayers
  /** Says only what would be wrong with it. */
  readonly dryRun: boolean
}

/** Config layers in place of those of before. Open runs keep what they started with. */
export async function configure(
  { dryRun, ...name }: Configuring,
  by: Publisher,
  ports: AdminPorts,
): Promise<InstallationResult> {
  const scope = openScope(name.tenant)
  const row = await ports.store.read('installation.find', (reader) => findInstallation(reader, scope, name))
  const plugin = row && (await ports.catalogue.findVersion(row.plugin, row.version))
  if (!row || !plugin) return wrong('$.plugin', say('installed.not', { plugin: name.plugin, bot: name.bot }))
  if (isOfTenant(by) && !isSameAbove(name.config, JSON.parse(row.config) as ConfigLayers))
    return wrong('$.config', notYours)
  const { config, configVersion = 1 } = plugin.contract.declaration
  const parsed = config.safeParse(mergeConfig(name.config))
  if (!parsed.success) return { problems: listIssues(parsed.error, 'config'), installation: undefined }
  if (dryRun) return { problems: [], installation: { version: row.version, state: row.state } }
  const change = { config: JSON.stringify(name.config), config_version: configVersion, updated_at: ports.clock.now() }
  return changeRow(row, { change, action: 'configured', actor: by.actor }, ports)
}

/** One step of an installation's life. */
export async function moveTo(
  name: InstallationName & { readonly state: InstallationState },
  actor: Actor,
  ports: AdminPorts,
): Promise<InstallationResult> {
  const scope = openScope(name.tenant)
  const row = await ports.store.read('installation.find', (reader) => findInstallation(reader, scope, name))
  if (!row) return wrong('$.plugin', say('installed.not', { plugin: name.plugin, bot: name.bot }))
  const problem = findMoveProblem(installationMachine, row.state, name.state)
  if (problem !== undefined) return wrong('$.state', problem)
  const change = { state: name.state, updated_at: ports.clock.now() }
  return changeRow(row, { change, action: name.state, actor }, ports)
}

interface RowChange {
  readonly change: Parameters<typeof moveInstallation>[2]
  readonly action: string
  readonly actor: Actor
}

async function changeRow(
  row: InstallationRow,
  { change, action, actor }: RowChange,
  ports: AdminPorts,
): Promise<InstallationResult> {
  const changed = await ports.store.write('installation.change', async (tx) => {
    if (!(await moveInstallation(tx, row, change))) return false
    if (change.config !== undefined) await savePublishedConfigs(tx, [{ ...row, ...change }], { actor, ports })
    await commitStep(tx, { row: { ...row, ...change }, actor, action, ports })
    return true
  })
  if (!changed) return wrong('$', say('installed.changed'))
  await ports.epochs.follow(row.tenant_id)
  return { problems: [], installation: { version: change.version ?? row.version, state: change.state ?? row.state } }
}

export interface Step {
  readonly row: InstallationRow
  readonly actor: Actor
  readonly action: string
  readonly ports: AdminPorts
  readonly data?: Readonly<Record<string, unknown>>
}

/** Written down, and followed by every process. */
export async function commitStep(tx: Transaction, { row, actor, action, ports, data }: Step): Promise<void> {
  const scope = openScope(row.tenant_id)
  await raiseEpoch(tx, scope)
  const record = {
    scope,
    actor,
    action: `installation.${action}`,
    object: { kind: 'installation', id: `${row.bot_id}/${row.plugin}` },
    data: { version: row.version, state: row.state, ...data },
  }
  await appendAudit(tx, [record], { ids: ports.ids, now: ports.clock.now() })
}
