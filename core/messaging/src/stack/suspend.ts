import { getStep } from '@inthread/sdk/engine'
import { addMs } from '@inthread/sdk/time'
import { findDraftRun, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import { findAskingBank, isAskingAsBank, listOpenRuns } from './open-runs.ts'

/** A question that waits for something else has this long; its own time-out begins when it is asked again. */
const suspendedLivesMs = 12 * 3_600_000

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

/** While a person answers, no scene asks: its open question waits. The bank's dialogue and its news go on. */
export function suspendScenes(draft: TurnDraft): void {
  for (const run of listQuestions(draft)) if (!run.urgent) suspendRun(draft, run)
}

/**
 * Before something urgent is asked: what a scene asks waits. Where the bank wants a consent or a code, it is the
 * urgent question that waits. Says whether it may be asked now.
 */
export function makeWay(draft: TurnDraft, urgent: DraftRun): boolean {
  if (findAskingBank(draft)) {
    urgent.askedAt = draft.input.now
    suspendRun(draft, urgent)
    return false
  }
  for (const run of listQuestions(draft)) if (run !== urgent) suspendRun(draft, run)
  return true
}

/** The open questions of scenes. */
function listQuestions(draft: TurnDraft): readonly DraftRun[] {
  const asked = listOpenRuns(draft).filter(
    ({ bankId, suspended, program, state }) =>
      bankId === undefined && !suspended && getStep(program, state.step).kind === 'ask',
  )
  return asked.flatMap(({ id }) => findDraftRun(draft, id) ?? [])
}

/** Urgent news waits until the bank asks nothing any more. */
export function awaitBank(draft: TurnDraft, bank: string): void {
  const run = findDraftRun(draft, bank)
  if (run) run.awaited = true
  draft.parked = true
}

/** Whether what was waited for so has come in this turn. */
export function hasBankGivenWay(draft: TurnDraft): boolean {
  const over = draft.input.runs.flatMap(({ row, awaited }) => {
    const run = awaited ? draft.runs.get(row.id) : undefined
    return run && (run.state.ended || !isAskingAsBank(run)) ? [run] : []
  })
  for (const run of over) run.awaited = false
  return over.length > 0 || draft.ended.some(({ awaited }) => awaited)
}
