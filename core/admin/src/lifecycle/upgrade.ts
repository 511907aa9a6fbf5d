import {
  listOpenRuns,
  listStoredCollections,
  planMoves,
  surveyRuns,
  type Survey,
  type SurveyResult,
} from '@inthread/messaging'
import type { Hosted } from '@inthread/messaging/ports'
import { compareManifests, compareVersions, type Comparison, type Manifest } from '@inthread/sdk/manifest'
import { openScope, type Actor, type TenantScope, type Transaction } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'
import { mergeConfig, type ConfigLayers } from './config.ts'
import { shareChange, type Approval, type Decider, type Shared } from './share-change.ts'
import { findInstallation, moveInstallation, type InstallationName } from './installation.store.ts'
import { commitStep } from './installations.ts'
import { savePublishedConfigs } from './published-config.store.ts'
import { listPackages } from '../packages/package.store.ts'
import { readVersion } from '../packages/packages.ts'
import { pickVersion } from '../packages/pick-version.ts'
import { assertMoves, findMoveProblem, installationMachine } from './states.ts'
import type { InstallationRow } from './tables.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayChange as say } from '../saying/say-change.ts'

export interface UpgradeRequest extends InstallationName {
  /** The newest listed one when left out. */
  readonly version: string | undefined
  /** The tenant has agreed to what the verdict says. */
  readonly consent: boolean
  readonly approval: Approval | undefined
}

export interface Assessment {
  readonly from: string
  readonly to: string
  /** Why it cannot be, each in a sentence. */
  readonly problems: readonly Said[]
  readonly comparison: Comparison
  /** What it would mean for the runs that are open now. */
  readonly survey: Survey
  readonly fourEyes: boolean
}

interface Assessed extends Assessment {
  readonly row: InstallationRow
  readonly config: { readonly layers: ConfigLayers; readonly version: number }
  readonly movable: SurveyResult['movable']
}

/** What an upgrade would mean, without doing any of it; undefined when nothing is installed there. */
export async function assessUpgrade(request: UpgradeRequest, ports: AdminPorts): Promise<Assessed | undefined> {
  const scope = openScope(request.tenant)
  const { row, packages } = await ports.store.read('upgrade.read', async (reader) => ({
    row: await findInstallation(reader, scope, request),
    packages: await listPackages(reader, request.plugin),
  }))
  if (!row) return undefined
  const to = request.version ?? pickVersion(packages, request.plugin) ?? row.version
  const listed = packages.some((each) => each.version === to && each.state === 'listed')
  const [before, after] = await Promise.all([
    readVersion(row.plugin, row.version, ports),
    listed ? readVersion(row.plugin, to, ports) : undefined,
  ])
  const next = listed ? await ports.versions.host(row.plugin, to) : undefined
  if (!before || !after || !next) return refuseUnknown(row, to)
  const comparison = compareManifests(before, after)
  const bot = row.bot_id.startsWith('bank:') ? undefined : row.bot_id
  const host = (plugin: string, version: string): Promise<Hosted | undefined> => ports.versions.host(plugin, version)
  const { store, sealer } = ports
  const { survey, movable } = await surveyRuns(scope, { plugin: row.plugin, bot, next }, { store, sealer, host })
  const config = upgradeConfig(row, after, next.plugin.contract.declaration.configUpgrades ?? {})
  const parsed = next.plugin.contract.declaration.config.safeParse(mergeConfig(config.layers))
  const problems = [
    ...listStateProblems(row, to),
    ...(compareVersions(to, row.version) < 0 ? await listDowngradeProblems(scope, { row, after }, ports) : []),
    ...(parsed.success ? [] : [say('upgrade.unfit_config')]),
  ]
  const refusals = compareVersions(to, row.version) < 0 ? [] : listRefusals(comparison)
  const fourEyes = after.provides !== undefined || comparison.verdict === 'review'
  return {
    from: row.version,
    to,
    problems: [...problems, ...refusals],
    comparison,
    survey,
    fourEyes,
    row,
    config,
    movable,
  }
}

const nothingOpen: Survey = { same: 0, differs: 0, movable: 0, fixed: 0, open: 0 }

function refuseUnknown(row: InstallationRow, to: string): Assessed {
  return {
    from: row.version,
    to,
    problems: [say('upgrade.no_version', { version: to, plugin: row.plugin })],
    comparison: { verdict: 'refused', differences: [] },
    survey: nothingOpen,
    fourEyes: false,
    row,
    config: { layers: {}, version: row.config_version },
    movable: [],
  }
}

function listStateProblems(row: InstallationRow, to: string): Said[] {
  const move = findMoveProblem(installationMachine, row.state, 'upgrading')
  return [
    ...(move === undefined ? [] : [move]),
    ...(to === row.version ? [say('upgrade.is_there', { version: to })] : []),
  ]
}

function listRefusals({ verdict, differences }: Comparison): Said[] {
  if (verdict !== 'refused') return []
  return differences.filter((each) => each.verdict === 'refused').map(({ reason }) => reason)
}

/** Back is possible only while the newer version has left nothing that the older one could not read. */
async function listDowngradeProblems(
  scope: TenantScope,
  { row, after }: { readonly row: InstallationRow; readonly after: Manifest },
  { store }: AdminPorts,
): Promise<Said[]> {
  const { stored, runs } = await store.read('upgrade.stored', async (reader) => ({
    stored: await listStoredCollections(reader, scope, {
      plugin: row.plugin,
      collections: Object.keys(after.collections),
    }),
    runs: await listOpenRuns(reader, scope, { plugin: row.plugin, after: '', limit: 1000 }),
  }))
  const documents = stored.flatMap(({ collection, newestVersion }) => {
    const known = after.collections[collection]?.version ?? 0
    return newestVersion > known
      ? [say('upgrade.newer_documents', { collection, newest: newestVersion, version: after.version, known })]
      : []
  })
  const newer = runs.filter((run) => compareVersions(run.version, after.version) > 0).length
  return [
    ...documents,
    ...(newer > 0 ? [say('upgrade.newer_runs', { n: newer })] : []),
    ...(row.config_version > after.config.version
      ? [
          say('upgrade.newer_config', {
            ...{ newest: row.config_version, version: after.version, known: after.config.version },
          }),
        ]
      : []),
  ]
}

type ConfigUpgrades = Readonly<
  Record<number, (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>
>

/** Each layer goes up the chain by itself: they are partial, and stay so. */
function upgradeConfig(row: InstallationRow, after: Manifest, upgrades: ConfigUpgrades): Assessed['config'] {
  let layers = JSON.parse(row.config) as ConfigLayers
  for (let version = row.config_version; version < after.config.version; version += 1) {
    const upgrade = upgrades[version]
    if (!upgrade) continue
    const { platform, parent, tenant } = layers
    layers = {
      ...layers,
      ...(platform ? { platform: upgrade(platform) } : {}),
      ...(parent ? { parent: upgrade(parent) } : {}),
      ...(tenant ? { tenant: upgrade(tenant) } : {}),
    }
  }
  return { layers, version: after.config.version }
}

export type Upgraded = Assessment & {
  readonly done: boolean
  /** What is still wanted: a second person, or the tenant's word. */
  readonly approval: Approval | undefined
}

/**
 * Gives an installation another version. New runs begin in it at once; open runs stay with the old one until they end,
 * but for those whose flow says how they go on.
 */
export async function upgrade(request: UpgradeRequest, by: Decider, ports: AdminPorts): Promise<Upgraded | undefined> {
  const assessed = await assessUpgrade(request, ports)
  if (!assessed) return undefined
  const asked = ['consent', 'review'].includes(assessed.comparison.verdict) && !request.consent
  const problems = asked
    ? [...assessed.problems, say('upgrade.consent', { n: countWeighty(assessed.comparison) })]
    : assessed.problems
  if (problems.length > 0) return answer({ ...assessed, problems }, false)
  const shared = await commitUpgrade(assessed, { request, by }, ports)
  if (shared.kind === 'refused') return answer({ ...assessed, problems: [shared.problem] }, false)
  if (shared.kind === 'proposed') return answer(assessed, false, shared.approval)
  await ports.epochs.follow(request.tenant)
  return answer(assessed, true)
}

function countWeighty({ differences }: Comparison): number {
  return differences.filter(({ verdict }) => verdict === 'consent' || verdict === 'review').length
}

function answer(
  { from, to, problems, comparison, survey, fourEyes }: Assessment,
  done: boolean,
  approval?: Approval,
): Upgraded {
  return { from, to, problems, comparison, survey, fourEyes, done, approval }
}

interface Upgrading {
  readonly request: UpgradeRequest
  readonly by: Decider
}

async function commitUpgrade(assessed: Assessed, { request, by }: Upgrading, ports: AdminPorts): Promise<Shared> {
  const scope = openScope(request.tenant)
  const { row, to, fourEyes } = assessed
  const place = { bot: row.bot_id, plugin: row.plugin }
  return ports.store.write('installation.upgrade', async (tx): Promise<Shared> => {
    if (fourEyes) {
      const change = { ...place, from: row.version, to }
      const shared = await shareChange(
        tx,
        { scope, subject: 'installation.upgrade', change, by, approval: request.approval },
        ports,
      )
      if (shared.kind !== 'approved') return shared
    }
    return commitVersion(tx, assessed, { actor: by.actor, ports })
  })
}

async function commitVersion(
  tx: Transaction,
  { row, to, config, movable, survey, comparison }: Assessed,
  { actor, ports }: { readonly actor: Actor; readonly ports: AdminPorts },
): Promise<Shared> {
  const back = row.state === 'paused' ? 'paused' : 'active'
  const change = {
    version: to,
    state: assertMoves(installationMachine, row.state, ['upgrading', back]),
    config: JSON.stringify(config.layers),
    config_version: config.version,
    updated_at: ports.clock.now(),
  }
  if (!(await moveInstallation(tx, row, change))) return { kind: 'refused', problem: say('installed.changed') }
  if (change.config !== row.config) await savePublishedConfigs(tx, [{ ...row, ...change }], { actor, ports })
  const data = { from: row.version, verdict: comparison.verdict, open: survey.open, moving: survey.movable }
  await commitStep(tx, { row: { ...row, ...change }, actor, action: 'upgraded', ports, data })
  await planMoves(tx, openScope(row.tenant_id), { runs: movable, version: to, ports })
  return { kind: 'approved' }
}
