import { getStep } from '@inthread/sdk/engine'
import type { TurnDraft } from '../fold/draft.ts'
import type { LoadedRun } from '../fold/turn.ts'
import { refundIdOf } from '../step/refund-id.ts'
import { presentOf, type Present } from './asked.ts'
import { rootOf, type Letter } from './letter.ts'

/**
 * Who hears a letter: the run that it names, where that one waits for the answer or for the event; else whoever in the
 * same stack waits for the end of what it speaks of, the caller of a dialogue that is over or somebody further above.
 */
export function findListener(draft: TurnDraft, letter: Letter): LoadedRun | undefined {
  const { runs, item, tapped } = draft.input
  const named = runs.find(({ row }) => row.id === item.run_id)
  if (named) {
    const run = presentOf(draft, named)
    if (isAsking(run, letter) || isTakenLate(run, letter) || waitsFor(run, letter)) return named
  }
  // What ended with this very outcome has told it.
  if (!tapped || (letter.outcome && tapped.told === letter.outcome.name)) return undefined
  const others = runs.filter((run) => run !== named && rootOf(run.row) === rootOf(tapped))
  const waiting = others.filter((run) => waitsFor(presentOf(draft, run), letter))
  const asker = waiting.find((run) => presentOf(draft, run).asked.some(({ id }) => id === letter.id))
  return asker ?? waiting.find(({ row }) => row.id === tapped.parent_id)
}

/** It has called for this, and nothing has come back yet. */
export function isAsking({ id, program, state, bankId }: Present, letter: Letter): boolean {
  const step = getStep(program, state.step)
  return (
    letter.outcome !== null &&
    step.kind === 'call' &&
    (bankId !== undefined || letter.id === refundIdOf(id, state.visit))
  )
}

/**
 * A dialogue that has said that nobody knows, and waits for the end, need wait no longer when the bank has the order
 * after all and goes on with it: its scene hears what that is called, and of the end later.
 */
export function isTakenLate({ program, state, bankId }: Present, { outcome }: Letter): boolean {
  const step = getStep(program, state.step)
  const waits = step.kind === 'wait' && 'event' in step && step.event === 'settled'
  return waits && bankId !== undefined && outcome?.name === 'accepted'
}

/**
 * A wait is for the end of what was asked last under its need. Of what a run has not kept (it began before anything was
 * kept, or is the dialogue itself) the name of the event says enough, and so it does where nothing has ended.
 */
function waitsFor({ program, state, asked }: Present, letter: Letter): boolean {
  const step = getStep(program, state.step)
  if (step.kind !== 'wait' || !('event' in step) || step.event !== letter.event?.name) return false
  if (!letter.outcome) return true
  const last = asked.findLast(({ need }) => need === step.need)
  return last ? last.id === letter.id : asked.every(({ id }) => id !== letter.id)
}
