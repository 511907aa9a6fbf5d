import type { SimulatedAct } from './act.ts'
import { describePlace } from './describe-turn.ts'
import { performAct } from './perform-act.ts'
import { OutOfBudget, Play, type SimulationBudget } from './play.ts'
import { describeQuestion, findQuestion } from './questions.ts'
import type { SimulatedThread } from './simulated-thread.ts'
import { Stage, type StageParts } from './stage.ts'

export interface Simulation extends StageParts {
  readonly acts: readonly SimulatedAct[]
  readonly budget: SimulationBudget
}

/**
 * A thread as it would go: the same fold, arbitration, texts and limits as on the platform, of a user who does not
 * exist. The tenant's documents are read; nothing is written, sent, or asked of anybody outside.
 */
export async function simulateThread({ acts, ...parts }: Simulation): Promise<SimulatedThread> {
  const stage = new Stage(parts)
  const play = new Play(stage, parts.budget)
  const cut = await playAll(play, acts)
  const question = findQuestion(stage)
  const sampling = { now: stage.now, currency: stage.tenancy.currency }
  return {
    turns: play.turns,
    now: stage.now,
    open: stage.runs.map(describePlace),
    asked: question && describeQuestion(question, sampling),
    undecided: stage.ground.bank.listUndecided().length,
    cut,
  }
}

async function playAll(play: Play, acts: readonly SimulatedAct[]): Promise<SimulatedThread['cut']> {
  try {
    for (const [number, act] of acts.entries()) {
      play.begin(number)
      await performAct(play, act)
    }
    return undefined
  } catch (error) {
    if (error instanceof OutOfBudget) return error.cut
    throw error
  }
}
