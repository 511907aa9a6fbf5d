import { isRunKilled } from '../halt/subject.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { advanceRun } from '../fold/advance.ts'
import { sayAsPlatform, touchRun, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import type { Folding } from '../fold/need.ts'
import type { LoadedRun, TurnInput } from '../fold/turn.ts'
import { isBusy, isTalking } from './open-runs.ts'
import { listSuspended, suspendScenes } from './suspend.ts'

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

/**
 * When nobody is in the middle of anything any more, the question that was left last is asked again; an urgent one
 * already when nobody is asked anything.
 */
export function* resumeSuspended(draft: TurnDraft): Folding<void> {
  if (draft.deskCase !== null) return suspendScenes(draft)
  const waiting = isBusy(draft) ? listUrgent(draft) : listSuspended(draft)
  const run = waiting.findLast(({ stored }) => !stored || !isRunKilled(draft.input, 'questions', stored))
  if (!run) return
  run.suspended = false
  sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).goOn)
  yield* advanceRun(draft, run, { kind: 'resumed', visit: run.state.visit, at: draft.input.now })
}

function listUrgent(draft: TurnDraft): readonly DraftRun[] {
  return isTalking(draft) ? [] : listSuspended(draft).filter(({ urgent }) => urgent)
}

/** What it waits for has had its time. A question of the bank's stays open; an urgent one is asked beside it. */
export function* giveWay(draft: TurnDraft, run: DraftRun): Folding<void> {
  if (!run.suspended) return
  run.suspended = false
  yield* advanceRun(draft, run, { kind: 'resumed', visit: run.state.visit, at: draft.input.now })
}
