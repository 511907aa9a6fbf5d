import type { Blocking } from '@inthread/sdk/engine'
import { findDraftRun, isSceneStopped, type DraftRun, type Entry, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import { readOutcome } from './read-outcome.ts'

/**
 * Holds go back, and whoever called hears how it ended: a scene from the order itself and not from the bank's dialogue,
 * a flow from what its sub-flow hands back. What is cancelled takes the flows below it along.
 */
export function* endRun(
  draft: TurnDraft,
  { run, event }: Entry,
  command: Extract<Blocking, { kind: 'end' }>,
): Folding<Entry | undefined> {
  run.state = { ...run.state, ended: true }
  if (run.parentId === undefined) draft.releases.push(run.id)
  const parent = run.parentId === undefined ? undefined : findDraftRun(draft, run.parentId)
  if (!parent) return yield* closeAlone(draft, run)
  if (parent.orderId !== run.orderId) return yield* closeDialogue(draft, run, parent)
  const at = draft.input.now
  if (event.kind === 'cancelled') return { run: parent, event: { kind: 'cancelled', at } }
  const result = run.program.flow.result?.parse(command.result) ?? null
  return { run: parent, event: { kind: 'returned', visit: parent.state.visit, result, at } }
}

/** Whoever called cannot hear it any more. The order is closed all the same, and what the core ends follows it. */
function* closeAlone(draft: TurnDraft, run: DraftRun): Folding<undefined> {
  if (run.orderId === undefined) return undefined
  const order = { scope: draft.input.tenancy.scope, orderId: run.orderId }
  const outcome = yield* ask({ kind: 'close', order, now: draft.input.now, holder: run.rootId })
  draft.outcomes.set(run.rootId, outcome)
  if (isSceneStopped(draft, run.rootId)) run.told = outcome.name
  return undefined
}

function* closeDialogue(draft: TurnDraft, run: DraftRun, parent: DraftRun): Folding<Entry> {
  const at = draft.input.now
  const order = { scope: draft.input.tenancy.scope, orderId: run.orderId ?? '' }
  const outcome = yield* ask({ kind: 'close', order, now: at, holder: run.rootId })
  const { name, data } = readOutcome(parent, outcome)
  run.told = name
  return { run: parent, event: { kind: 'outcome', visit: parent.state.visit, outcome: name, data, at } }
}
