import { getStep } from '@inthread/sdk/engine'
import { addMs } from '@inthread/sdk/time'
import { findDraftRun, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import { answerMs, findAskingBank, isAskingAsBank, isProving, listOpenRuns } from './open-runs.ts'

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
 * Before something urgent is asked: what a scene asks waits. Where the bank has just asked for a consent or a code, it
 * is the urgent question that waits. Says whether it may be asked now.
 */
export function makeWay(draft: TurnDraft, urgent: DraftRun): boolean {
  const bank = findAskingBank(draft)
  if (bank) {
    urgent.askedAt = draft.input.now
    urgent.suspended = true
    const since = isProving(bank) ? bank.askedAt : draft.input.now
    urgent.due = { at: addMs(since, answerMs), kind: 'giveWay' }
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

/** Urgent news waits until the bank has its answer, and at most as long as somebody may need to give it. */
export function awaitBank(draft: TurnDraft, bank: string): void {
  draft.parked = true
  const run = findDraftRun(draft, bank)
  if (!run) return
  run.awaited ??= { due: undefined }
  limitWait(run)
}

/** Whether what was waited for so has come in this turn, or has had its time. */
export function hasBankGivenWay(draft: TurnDraft): boolean {
  const waited = [...draft.runs.values()].filter(({ awaited }) => awaited)
  const over = waited.filter((run) => run.state.ended || !isAskingAsBank(run, draft.input.now))
  for (const run of waited) if (!over.includes(run)) limitWait(run)
  for (const run of over) {
    // The bank's question is still open, with the limit that it had.
    if (isProving(run) && (!run.due || run.due.kind === 'giveWay')) run.due = run.awaited?.due
    run.awaited = undefined
  }
  return over.length > 0 || draft.ended.some(({ awaited }) => awaited)
}

/** The bank's question keeps its own limit for afterwards. */
function limitWait(run: DraftRun): void {
  const { due } = run
  const at = addMs(run.askedAt, answerMs)
  if (!isProving(run) || !due || due.at <= at) return
  run.awaited = { due }
  run.due = { at, kind: 'giveWay' }
}
