import {
  applyEvent,
  foldJournal,
  type Advance,
  type Plugin,
  type Program,
  type RunEvent,
  type RunPin,
} from '@inthread/sdk/engine'
import { canonicalJson } from '@inthread/sdk/json'
import type { Sealer, Store, TenantScope, Transaction } from '@inthread/store'
import { commitInternal } from '../inbox/accept.store.ts'
import type { Snapshot } from '../fold/turn.ts'
import type { MessagingPorts } from '../ports.ts'
import type { RunRow } from '../schema/tables.ts'
import type { Hosted } from '../tenancy/tenancy.ts'
import { openSnapshot } from '../turn/load.store.ts'
import { findMove } from './move-run.ts'
import { listJournals, listOpenRuns } from './open-runs.store.ts'

/**
 * What the new version makes of an open run. `same`: its journal folds to the same commands. `differs`: it does not, so
 * it could not go on there. `movable`: its flow has another revision and says how. `fixed`: nobody says how.
 */
export type Shadow = 'same' | 'differs' | 'movable' | 'fixed'

export type Survey = Readonly<Record<Shadow, number>> & {
  readonly open: number
  readonly movable: number
}

export interface Surveying {
  readonly store: Store
  readonly sealer: Sealer
  /** Loads a version that a run is pinned to. */
  readonly host: (plugin: string, version: string) => Promise<Hosted | undefined>
}

export interface SurveyedVersion {
  readonly plugin: string
  readonly bot: string | undefined
  readonly next: Hosted
}

export interface SurveyResult {
  readonly survey: Survey
  /** Runs that go on with the new version, in the order of their ids. */
  readonly movable: readonly Pick<RunRow, 'id' | 'conversation_id'>[]
}

const page = 100

/** Folds every open run of a plugin with a new version, in memory. Nothing is changed. */
export async function surveyRuns(
  scope: TenantScope,
  version: SurveyedVersion,
  ports: Surveying,
): Promise<SurveyResult> {
  const counts: Record<Shadow, number> = { same: 0, differs: 0, movable: 0, fixed: 0 }
  const movable: RunRow[] = []
  const target = version.next.plugin.contract.declaration.version
  for (let after = ''; ;) {
    const query = {
      plugin: version.plugin,
      after,
      limit: page,
      ...(version.bot === undefined ? {} : { bot: version.bot }),
    }
    const { rows, journals } = await ports.store.read('upgrade.survey', async (reader) => {
      const found = await listOpenRuns(reader, scope, query)
      return { rows: found, journals: await listJournals(reader, found, ports.sealer) }
    })
    for (const row of rows) {
      if (row.version === target) continue
      const shadow = await shadowRun(row, { journal: journals.get(row.id) ?? [], next: version.next, ports })
      counts[shadow] += 1
      if (shadow === 'movable') movable.push(row)
    }
    if (rows.length < page) break
    after = rows.at(-1)?.id ?? ''
  }
  const open = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { survey: { ...counts, open }, movable: movable.map(({ id, conversation_id }) => ({ id, conversation_id })) }
}

interface Shadowing {
  readonly journal: readonly RunEvent[]
  readonly next: Hosted
  readonly ports: Surveying
}

async function shadowRun(row: RunRow, { journal, next, ports }: Shadowing): Promise<Shadow> {
  const flow = Object.hasOwn(next.plugin.flows, row.flow) ? next.plugin.flows[row.flow] : undefined
  if (!flow) return 'fixed'
  const programs = await openPrograms(row, journal, ports)
  if (!programs) return 'fixed'
  try {
    const snapshot = openSnapshot(ports.sealer, row)
    if (flow.revision !== row.revision)
      return shadowMove(snapshot, { programs, row, next: { ...snapshot.setup, flow } })
    // What a guest computes is not computed here; its run stays where it is.
    if (next.guest) return 'fixed'
    const here = foldAll(programs, journal, row)
    const plugins = { ...programs.plugins, [row.version]: next.plugin }
    const there = foldAll({ ...programs, plugins }, journal, row)
    return canonicalJson(here.map(toPlain)) === canonicalJson(there.map(toPlain)) ? 'same' : 'differs'
  } catch {
    return 'differs'
  }
}

function toPlain({ state, commands }: Advance): unknown {
  return JSON.parse(
    JSON.stringify({ step: state.step, visit: state.visit, commands }, (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    ),
  )
}

function shadowMove(
  { state }: Snapshot,
  { programs, row, next }: { readonly programs: Programs; readonly row: RunRow; readonly next: Program },
): Shadow {
  const before = programOf(programs, row, { version: row.version, revision: row.revision })
  const target = findMove({ program: before, state }, next.flow)
  if (!target) return 'fixed'
  const pins = {
    from: { version: row.version, revision: row.revision },
    to: { version: next.flow.contract.declaration.version, revision: next.flow.revision },
  }
  const event: RunEvent = { kind: 'moved', visit: state.visit, ...pins, ...target, at: row.started_at }
  return applyEvent(next, state, event).commands.at(-1)?.kind === 'ask' ? 'movable' : 'fixed'
}

/** The versions that a run has been with, by version. */
interface Programs {
  readonly plugins: Readonly<Record<string, Plugin>>
  readonly setup: Snapshot['setup']
}

async function openPrograms(
  row: RunRow,
  journal: readonly RunEvent[],
  { host, sealer }: Surveying,
): Promise<Programs | undefined> {
  const versions = new Set([
    row.version,
    ...journal.flatMap((event) => (event.kind === 'moved' ? [event.from.version, event.to.version] : [])),
  ])
  const plugins: Record<string, Plugin> = {}
  for (const version of versions) {
    const hosted = await host(row.plugin, version)
    if (!hosted) return undefined
    plugins[version] = hosted.plugin
  }
  return { plugins, setup: openSnapshot(sealer, row).setup }
}

function foldAll(programs: Programs, journal: readonly RunEvent[], row: RunRow): readonly Advance[] {
  const moved = journal.find((event) => event.kind === 'moved')
  const first: RunPin = moved?.from ?? { version: row.version, revision: row.revision }
  return foldJournal(programOf(programs, row, first), journal, (pin) => programOf(programs, row, pin))
}

function programOf(programs: Programs, row: RunRow, { version }: RunPin): Program {
  const flow = programs.plugins[version]?.flows[row.flow]
  if (!flow) throw new TypeError(`${row.plugin}@${version} has no flow ${row.flow}`)
  return { flow, ...programs.setup }
}

/** Lets runs go on with another version: each in its own conversation's next turn, if it still stands where it may. */
export function planMoves(
  tx: Transaction,
  scope: TenantScope,
  {
    runs,
    version,
    ports,
  }: {
    readonly runs: SurveyResult['movable']
    readonly version: string
    readonly ports: Pick<MessagingPorts, 'ids' | 'sealer' | 'clock'>
  },
): Promise<void> {
  const items = runs.map(({ id, conversation_id: conversationId }) => ({
    scope,
    conversationId,
    runId: id,
    key: `${id}:move:${version}`,
    body: { kind: 'move' as const, version },
  }))
  return commitInternal(tx, items, ports)
}
