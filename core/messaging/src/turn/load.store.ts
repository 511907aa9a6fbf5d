import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Reader, Sealer } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { Flow, Plugin } from '@inthread/sdk/engine'
import type { MessagingTables, RunRow } from '../schema/tables.ts'
import { pinOf } from '../tenancy/pin.ts'
import type { Bot, Hosted, Tenancy } from '../tenancy/tenancy.ts'
import type { LoadedRun, Snapshot, StoppedRun } from '../fold/turn.ts'

/** The open runs of these conversations and the runs named besides, as rows. */
export async function loadRuns(
  reader: Reader,
  wanted: { readonly conversations: readonly string[]; readonly runs: readonly string[] },
): Promise<readonly RunRow[]> {
  const db = sqlOf<MessagingTables>(reader)
  const open = await db
    .selectFrom('run')
    .selectAll()
    .where('conversation_id', 'in', [...wanted.conversations])
    .where('state', '=', 'open')
    .orderBy('id')
    .execute()
  const known = new Set(open.map((row) => row.id))
  const missing = wanted.runs.filter((id) => !known.has(id))
  if (missing.length === 0) return open
  return [
    ...open,
    ...(await db
      .selectFrom('run')
      .selectAll()
      .where('id', 'in', missing)
      .where('conversation_id', 'in', [...wanted.conversations])
      .execute()),
  ]
}

export interface RunSetting {
  readonly tenancy: Tenancy
  readonly bot: Bot
  readonly sealer: Sealer
  /** Versions beside those that are installed, by `plugin@version`. Left out where there is but one of each. */
  readonly hosted?: ReadonlyMap<string, Hosted>
}

/** Those of a conversation, by whether they can go on. */
export interface OpenedRuns {
  readonly runs: readonly LoadedRun[]
  /** Their code may not run, or is not there any more: the core ends them by itself. */
  readonly stopped: readonly StoppedRun[]
  /** Of those, the ones whose version or revision nobody has. */
  readonly gone: readonly RunRow[]
}

/**
 * Opens what is open in a conversation. A run whose flow a deployment has replaced must not keep the rest of its
 * conversation waiting: it is ended as if somebody had stopped it.
 */
export function openRuns(
  rows: readonly RunRow[],
  { isStopped, ...setting }: RunSetting & { readonly isStopped: (row: RunRow) => boolean },
): OpenedRuns {
  const runs: LoadedRun[] = []
  const stopped: StoppedRun[] = []
  const gone: RunRow[] = []
  for (const row of rows) {
    const isForbidden = isStopped(row)
    const found = isForbidden ? undefined : findFlow(row, setting)
    if (found) runs.push(openRun(row, found, setting.sealer))
    else stopped.push({ row, ...openSnapshot(setting.sealer, row) })
    if (!found && !isForbidden) gone.push(row)
  }
  return { runs, stopped, gone }
}

interface FoundFlow {
  readonly plugin: Plugin
  readonly flow: Flow
}

function openRun(row: RunRow, { plugin, flow }: FoundFlow, sealer: Sealer): LoadedRun {
  const { setup, state, askedAt, calls = 0, ...place } = openSnapshot(sealer, row)
  const { suspended = false, causes = [], urgent = false, awaited, asked = [] } = place
  return { row, plugin, program: { flow, ...setup }, state, askedAt, suspended, causes, calls, urgent, awaited, asked }
}

export function openSnapshot(sealer: Sealer, row: RunRow): Snapshot {
  return decodeJson(sealer.open(placeOf(row), row.snapshot)) as Snapshot
}

export function sealSnapshot(
  sealer: Sealer,
  run: { readonly id: string; readonly tenant_id: string },
  snapshot: Snapshot,
): string {
  return sealer.seal(placeOf(run), encodeJson(snapshot))
}

function placeOf(run: { readonly id: string; readonly tenant_id: string }): {
  tenant: string
  table: string
  column: string
  row: string
} {
  return { tenant: run.tenant_id, table: 'run', column: 'snapshot', row: run.id }
}

/** A run goes on with the flow it started with, or not at all. */
function findFlow(row: RunRow, setting: RunSetting): FoundFlow | undefined {
  const plugin = findPlugin(row, setting)
  const flow = plugin && Object.hasOwn(plugin.flows, row.flow) ? plugin.flows[row.flow] : undefined
  return plugin && flow?.revision === row.revision ? { plugin, flow } : undefined
}

function findPlugin(row: RunRow, { tenancy, bot, hosted }: RunSetting): Plugin | undefined {
  const installed = findInstalled(row, { tenancy, bot })
  if (installed) return installed.plugin
  return hosted ? hosted.get(pinOf(row))?.plugin : findNamed(row, { tenancy, bot })?.plugin
}

/** The very version of a run, where it is the one that is installed. */
export function findInstalled(row: RunRow, place: Pick<RunSetting, 'tenancy' | 'bot'>): Hosted | undefined {
  const found = findNamed(row, place)
  return found?.plugin.contract.declaration.version === row.version ? found : undefined
}

function findNamed(row: RunRow, { tenancy, bot }: Pick<RunSetting, 'tenancy' | 'bot'>): Hosted | undefined {
  const named = ({ plugin }: Hosted): boolean => plugin.contract.declaration.id === row.plugin
  if (row.bank_id === null) return bot.installations.find(named)
  return [...tenancy.providers.values()].find((provider) => provider.bankId === row.bank_id && named(provider))
}
