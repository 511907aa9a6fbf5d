import { isDeepStrictEqual } from 'node:util'
import { foldJournal, type Plugin, type Program, type RunEvent, type RunPin, type RunState } from '@inthread/sdk/engine'
import type { Slots } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Sealer } from '@inthread/store'
import { listPlugins } from '../../kit/scenes/list-plugins.ts'
import { tillPlugins } from '../../kit/till/till.ts'
import type { HouseRows } from './rows.store.ts'

interface Snapshot {
  readonly state: RunState
  readonly setup: { readonly config: Slots; readonly locale: string; readonly timeZone: string }
}

const known = [...(await listPlugins()).map(({ plugin }) => plugin), ...tillPlugins]
const plugins = new Map(known.map((plugin) => [plugin.contract.declaration.id, plugin]))

/** Plugins besides those that come with the platform, by `plugin@version`. */
type Versions = ReadonlyMap<string, Plugin>

const noOthers: Versions = new Map()

/** Runs whose journal, folded anew from its first entry, does not lead to the state that is stored. */
export function listUnfaithfulRuns(rows: HouseRows, sealer: Sealer, others: Versions = noOthers): readonly string[] {
  return rows.run
    .filter((run) => !isFaithful(rows, run, { sealer, others }))
    .map((run) => `${run.plugin}/${run.flow} ${run.id}`)
}

function isFaithful(
  rows: HouseRows,
  run: HouseRows['run'][number],
  { sealer, others }: { readonly sealer: Sealer; readonly others: Versions },
): boolean {
  const findFlow = (version: string) =>
    (others.get(`${run.plugin}@${version}`) ?? plugins.get(run.plugin))?.flows[run.flow]
  const place = { tenant: run.tenant_id, table: 'run', column: 'snapshot', row: run.id }
  const { state, setup } = decodeJson(sealer.open(place, run.snapshot)) as Snapshot
  const events = listEvents(rows, run, sealer)
  const moved = events.find((event) => event.kind === 'moved')
  const flow = findFlow(moved?.from.version ?? run.version)
  if (!flow) return false
  const findProgram = (pin: RunPin): Program => ({ flow: findFlow(pin.version) ?? flow, ...setup })
  const last = foldJournal({ flow, ...setup }, events, findProgram).at(-1)?.state
  return last !== undefined && events.length === run.seq && isDeepStrictEqual(decodeJson(encodeJson(last)), state)
}

function listEvents({ journal }: HouseRows, run: HouseRows['run'][number], sealer: Sealer): RunEvent[] {
  const own = journal.filter((entry) => entry.run_id === run.id).toSorted((left, right) => left.seq - right.seq)
  return own.map(({ seq, entry }) => {
    const place = { tenant: run.tenant_id, table: 'journal', column: 'entry', row: `${run.id}/${seq}` }
    return decodeJson(sealer.open(place, entry)) as RunEvent
  })
}
