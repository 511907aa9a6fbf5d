import { getStep } from '@inthread/sdk/engine'
import { addMs } from '@inthread/sdk/time'
import { isRunKilled } from '../halt/subject.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { advanceRun } from './advance.ts'
import { findDraftRun, sayAsPlatform, touchRun, type DraftRun, type TurnDraft } from './draft.ts'
import type { Folding } from './need.ts'
import type { LoadedRun, TurnInput } from './turn.ts'

/** A question that waits for something else has this long; its own time-out begins when it is asked again. */
const suspendedLivesMs = 12 * 3_600_000

type OpenRun = Pick<DraftRun, 'id' | 'program' | 'state' | 'bankId' | 'suspended' | 'askedAt'>

/** The open runs as this turn has them so far. */
function listOpenRuns(draft: TurnDraft): readonly OpenRun[] {
  const untouched = draft.input.runs
    .filter(({ row }) => !draft.runs.has(row.id))
    .map((run) => ({ ...run, id: run.row.id, bankId: run.row.bank_id ?? undefined }))
  return [...untouched, ...[...draft.runs.values()].filter(({ state }) => !state.ended)]
}

/** Somebody is asked something, waits for the bank or a host, the bank is at work, or a guest has still to be asked. */
export function isBusy(draft: TurnDraft): boolean {
  const busy = ({ bankId, suspended, program, state }: OpenRun): boolean =>
    bankId !== undefined ||
    (!suspended && ['ask', 'confirm', 'call', 'fetch'].includes(getStep(program, state.step).kind))
  return draft.deferred.length > 0 || listOpenRuns(draft).some(busy)
}

/**
 * It waits for the bank or for a host, and nothing above it does. A refund is waited for as well, but may take days:
 * somebody may want something in between.
 */
export function isAtWork(input: TurnInput, { row, plugin, program, state }: LoadedRun): boolean {
  if (input.runs.some((other) => other.row.parent_id === row.id)) return false
  const step = getStep(program, state.step)
  if (step.kind !== 'call') return step.kind === 'fetch'
  return plugin.contract.declaration.needs[step.need]?.capability.operations[step.operation]?.dialogue !== false
}

/** Questions that wait, the one that was asked longest ago first. */
export function listSuspended(draft: TurnDraft): readonly DraftRun[] {
  const waiting = listOpenRuns(draft).filter(({ suspended }) => suspended)
  return [...waiting]
    .sort((left, right) => left.askedAt - right.askedAt)
    .flatMap(({ id }) => findDraftRun(draft, id) ?? [])
}

export function suspendRun(draft: TurnDraft, run: DraftRun): void {
  run.suspended = true
  run.due = { at: addMs(draft.input.now, suspendedLivesMs), kind: 'timeout' }
}

/** While a person answers, no scene asks: its open question waits. The bank's dialogue goes on. */
export function suspendScenes(draft: TurnDraft): void {
  for (const { id, bankId, suspended, program, state } of listOpenRuns(draft)) {
    const asks = getStep(program, state.step).kind === 'ask'
    const run = asks && bankId === undefined && !suspended ? findDraftRun(draft, id) : undefined
    if (run) suspendRun(draft, run)
  }
}

/** Cancels a run, and with a sub-flow everything below it. */
export function* cancelStack(draft: TurnDraft, run: LoadedRun | DraftRun): Folding<void> {
  const target = 'row' in run ? touchRun(draft, run) : run
  yield* advanceRun(draft, target, { kind: 'cancelled', at: draft.input.now })
}

/** The flow at the bottom, which a user's wish has started. */
export function findRoot({ runs }: TurnInput, run: LoadedRun): LoadedRun {
  let root = run
  for (let parent: LoadedRun | undefined = run; parent; parent = runs.find(({ row }) => row.id === root.row.parent_id))
    root = parent
  return root
}

/** When nobody is in the middle of anything any more, the question that was left last is asked again. */
export function* resumeSuspended(draft: TurnDraft): Folding<void> {
  if (draft.deskCase !== null) return suspendScenes(draft)
  if (isBusy(draft)) return
  const run = listSuspended(draft).findLast(({ stored }) => !stored || !isRunKilled(draft.input, 'questions', stored))
  if (!run) return
  run.suspended = false
  sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).goOn)
  yield* advanceRun(draft, run, { kind: 'resumed', visit: run.state.visit, at: draft.input.now })
}
