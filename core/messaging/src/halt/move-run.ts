import { getStep, type RunEvent, type RunState, type Flow, type Slots } from '@inthread/sdk/engine'
import { advanceRun } from '../fold/advance.ts'
import { touchRun, type TurnDraft } from '../fold/draft.ts'
import type { Folding } from '../fold/need.ts'
import type { LoadedRun } from '../fold/turn.ts'
import { pinOf } from '../tenancy/pin.ts'

/** A run with an open question goes on with another version, where that version's flow says how. It asks anew there. */
export function* takeMove(draft: TurnDraft, version: string): Folding<void> {
  const { input } = draft
  const stored = input.runs.find(({ row }) => row.id === input.item.run_id)
  if (!stored || stored.row.version === version) return
  const installed = input.bot.installations.find(({ plugin }) => isVersion(plugin.contract.declaration))
  const plugin = input.hosted.get(pinOf({ plugin: stored.row.plugin, version }))?.plugin ?? installed?.plugin
  const flow = plugin?.flows[stored.row.flow]
  const target = flow && findMove(stored, flow)
  if (!plugin || !flow || !target) return
  const run = { ...touchRun(draft, stored), plugin, program: { ...stored.program, flow } }
  draft.runs.set(run.id, run)
  const event: RunEvent = {
    kind: 'moved',
    visit: stored.state.visit,
    from: { version: stored.row.version, revision: stored.row.revision },
    to: { version, revision: flow.revision },
    ...target,
    at: input.now,
  }
  yield* advanceRun(draft, run, event)

  function isVersion(declaration: { readonly id: string; readonly version: string }): boolean {
    return (
      stored !== undefined && pinOf({ ...declaration, plugin: declaration.id }) === pinOf({ ...stored.row, version })
    )
  }
}

export interface MoveTarget {
  readonly step: string
  readonly slots: Slots
}

/**
 * Where a run of another revision goes on in this flow; undefined when nobody has said so, when it does not wait for a
 * plain answer, or when its slots would not fit there.
 */
export function findMove(
  run: Pick<LoadedRun, 'program'> & { readonly state: RunState },
  flow: Flow,
): MoveTarget | undefined {
  const { flow: before } = run.program
  const open = getStep(run.program, run.state.step)
  const moves = flow.moves ?? {}
  const move = Object.hasOwn(moves, before.revision) ? moves[before.revision] : undefined
  if (!move || open.kind !== 'ask' || open.confidential || run.state.ended) return undefined
  const step = Object.hasOwn(move.steps, run.state.step) ? move.steps[run.state.step] : undefined
  if (step === undefined || flow.steps[step]?.kind !== 'ask') return undefined
  const moved: unknown = move.slots ? move.slots(run.state.slots) : run.state.slots
  const slots = flow.state.safeParse(moved)
  return slots.success ? { step, slots: slots.data } : undefined
}
