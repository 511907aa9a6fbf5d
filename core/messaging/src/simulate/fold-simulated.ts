import { Fault, faultCodeOf, isFault } from '@inthread/sdk/fault'
import { arbitrate } from '../fold/arbitrate.ts'
import type { TurnDraft } from '../fold/draft.ts'
import { foldFailure, foldTurn } from '../fold/fold-turn.ts'
import type { Folding, Need } from '../fold/need.ts'
import type { TurnInput } from '../fold/turn.ts'
import { stopRun } from '../turn/stop-run.ts'
import { answerNeed, type Answer, type Surroundings } from './answer-need.ts'
import { explainDecision } from './explain-decision.ts'
import type { Reason, TurnProblem } from './simulated-thread.ts'

/** A turn that was folded, and nothing of it written anywhere. */
export interface Folded {
  readonly draft: TurnDraft
  /** Why a user's message was taken for what it was taken for; undefined for everything else. */
  readonly why: Reason | undefined
  readonly around: Surroundings
  readonly problem: TurnProblem | undefined
}

export type Ground = Omit<Surroundings, 'asked' | 'wrote'>

/**
 * As the pipeline folds a turn. What throws leaves nothing behind; at what is no user's message, the run that threw is
 * ended and the rest goes on.
 */
export async function foldSimulated(input: TurnInput, ground: Ground): Promise<Folded> {
  const around: Surroundings = { ...ground, asked: [], wrote: [] }
  const undo = [ground.shelf.save(), ground.holds.save(), ground.bank.save()]
  try {
    return { ...(await foldThrough(input, around)), around, problem: undefined }
  } catch (error) {
    for (const each of undo) each()
    if (isFault(error) && error.code.startsWith('store.')) throw error
    const problem = describeProblem(error)
    const without = stopRun(input, error)
    if (without) return { ...(await foldSimulated(without, ground)), problem }
    const nothing = { ...ground, asked: [], wrote: [] }
    return { draft: foldFailure(input, faultCodeOf(error)), why: undefined, around: nothing, problem }
  }
}

async function foldThrough(input: TurnInput, around: Surroundings): Promise<Pick<Folded, 'draft' | 'why'>> {
  const heard: Answer[] = []
  const answer = (need: Need): Answer | Promise<Answer> => answerNeed(need, input, around)
  const { body } = input
  const decision =
    body?.kind === 'message' &&
    (await drive(arbitrate(input, body.content), async (need) => {
      const given = await answer(need)
      heard.push(given)
      return given
    }))
  // What a guest has read once it need not read again.
  const draft = await drive(foldTurn(input), (need) =>
    isReading(need) && heard.length > 0 ? heard.shift() : answer(need),
  )
  const why = decision && body.kind === 'message' ? explainDecision(decision, input, body.content) : undefined
  return { draft, why: draft.ended.length > 0 && draft.journal.length === 0 ? { by: 'stopped' } : why }
}

function isReading({ kind }: Need): boolean {
  return kind === 'words' || kind === 'sentence'
}

async function drive<T>(folding: Folding<T>, answer: (need: Need) => Answer | Promise<Answer>): Promise<T> {
  let step = folding.next()
  while (!step.done) {
    let given: Answer
    try {
      given = await answer(step.value)
    } catch (error) {
      // The turn knows which run it asked for.
      step = folding.throw(error)
      continue
    }
    step = folding.next(given)
  }
  return step.value
}

const detailLength = 200

function describeProblem(error: unknown): TurnProblem {
  const cause = isFault(error) ? error.cause : error
  const own = cause instanceof Error && !(cause instanceof Fault) ? cause.message.slice(0, detailLength) : undefined
  return { code: faultCodeOf(error), data: isFault(error) ? error.data : {}, detail: own }
}
