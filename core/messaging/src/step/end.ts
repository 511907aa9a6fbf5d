import type { Blocking, Plugin } from '@inthread/sdk/engine'
import {
  findDraftRun,
  isSceneStopped,
  sayAsPlatform,
  type DraftRun,
  type Entry,
  type TurnDraft,
} from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import { forgetEnded, inheritAsked, isOnlyOrder } from '../letter/asked.ts'
import type { Outcome } from '../ports.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { keepPaid } from './keep-paid.ts'
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
  if (run.parentId === undefined) yield* endHolds(draft, run)
  const parent = run.parentId === undefined ? undefined : findDraftRun(draft, run.parentId)
  if (!parent) return yield* closeAlone(draft, run)
  if (parent.orderId !== run.orderId) return yield* closeDialogue(draft, run, parent)
  const at = draft.input.now
  if (event.kind === 'cancelled') return { run: parent, event: { kind: 'cancelled', at } }
  inheritAsked(parent, run)
  const result = run.program.flow.result?.parse(command.result) ?? null
  return { run: parent, event: { kind: 'returned', visit: parent.state.visit, result, at } }
}

/** A scene may end before it has handed over what was paid for, as when its user leaves: the user hears that too. */
function* endHolds(draft: TurnDraft, run: DraftRun): Folding<void> {
  draft.releases.push(run.id)
  if (hasGoods(run.plugin) && (yield* keepPaid(draft, run.id)))
    sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).paidNotDone)
}

function hasGoods({ contract }: Plugin): boolean {
  const { collections } = contract.declaration
  return Object.values(collections).some(({ counters }) => Object.keys(counters).length > 0)
}

/** How an order ends with its dialogue. What its scene holds follows it, unless another order may still need it. */
export function closeOrder(
  draft: TurnDraft,
  { holder, orderId }: { readonly holder: string; readonly orderId: string },
): Folding<Outcome> {
  const { tenancy, now } = draft.input
  const frees = isOnlyOrder(draft, holder, orderId)
  return ask({ kind: 'close', order: { scope: tenancy.scope, orderId }, now, holder, frees })
}

/** Whoever called cannot hear it any more. The order is closed all the same, and what the core ends follows it. */
function* closeAlone(draft: TurnDraft, run: DraftRun): Folding<undefined> {
  if (run.orderId === undefined) return undefined
  const outcome = yield* closeOrder(draft, { holder: run.rootId, orderId: run.orderId })
  draft.outcomes.set(run.rootId, outcome)
  if (isSceneStopped(draft, run.rootId)) run.told = outcome.name
  return undefined
}

function* closeDialogue(draft: TurnDraft, run: DraftRun, parent: DraftRun): Folding<Entry> {
  const at = draft.input.now
  const outcome = yield* closeOrder(draft, { holder: run.rootId, orderId: run.orderId ?? '' })
  const { name, data } = readOutcome(parent, outcome)
  run.told = name
  forgetEnded(parent, run.orderId, name)
  return { run: parent, event: { kind: 'outcome', visit: parent.state.visit, outcome: name, data, at } }
}
