import { addMs, type Instant } from '@inthread/sdk/time'
import { describeTurn } from './describe-turn.ts'
import type { Reason, SimulatedTurn, TurnProblem } from './simulated-thread.ts'
import type { Stage, StageItem } from './stage.ts'

/** What one simulation may use up. */
export interface SimulationBudget {
  /** Milliseconds that only grow. */
  elapsedMs(): number
  /** Lets everything else that has arrived in. */
  breathe(): Promise<void>
  /** Milliseconds that this thread has computed: what the machine does besides does not count. */
  workedMs(): number
  /** Told what each turn has used up: of this thread, and of guests. */
  spend(ms: number): void
  /** For all turns together, pauses not counted. */
  readonly limitMs: number
  readonly turns: number
}

export class OutOfBudget extends Error {
  readonly cut: 'time' | 'length'

  constructor(cut: 'time' | 'length') {
    super(`a simulation has used up its ${cut}`)
    this.name = 'OutOfBudget'
    this.cut = cut
  }
}

/** So many things may follow from one act by themselves. */
const itemsPerAct = 60

/** A stage on which acts are played, with all that has happened so far. */
export class Play {
  readonly stage: Stage
  readonly turns: SimulatedTurn[] = []
  readonly #budget: SimulationBudget
  #spentMs = 0
  #act = 0

  constructor(stage: Stage, budget: SimulationBudget) {
    this.stage = stage
    this.#budget = budget
  }

  begin(act: number): void {
    this.#act = act
  }

  /** Something comes in, and then whatever follows from it by itself. */
  async take(item: StageItem): Promise<void> {
    this.stage.queue.push(item)
    for (let count = 0; count < itemsPerAct; count += 1) {
      const next = this.stage.queue.shift()
      if (!next) return
      await this.#takeOne(next)
    }
    throw new OutOfBudget('length')
  }

  /** Time passes, from one thing that is due to the next. */
  async passTo(until: Instant): Promise<void> {
    for (let due = this.stage.findDue(until); due; due = this.stage.findDue(until)) {
      this.stage.now = Math.max(this.stage.now, due.at)
      await this.take(due.item)
    }
    this.stage.now = Math.max(this.stage.now, until)
  }

  pass(ms: number): Promise<void> {
    return this.passTo(addMs(this.stage.now, ms))
  }

  /** An act that goes nowhere, and why. */
  note(why: Reason, { said, problem }: { readonly said?: string; readonly problem?: TurnProblem } = {}): void {
    const nothing = { steps: [], messages: [], asked: [], wrote: [], cases: [] }
    this.turns.push({ act: this.#act, at: this.stage.now, from: 'user', said, why, problem, ...nothing })
  }

  async #takeOne(item: StageItem): Promise<void> {
    if (this.turns.length >= this.#budget.turns) throw new OutOfBudget('length')
    if (this.#spentMs > this.#budget.limitMs) throw new OutOfBudget('time')
    const beganMs = this.#budget.elapsedMs()
    const workedMs = this.#budget.workedMs()
    const played = await this.stage.take(item)
    if (played) this.turns.push(describeTurn(this.stage, this.#act, played))
    this.#answerOwnSteps()
    this.#spentMs += this.#budget.elapsedMs() - beganMs
    this.#budget.spend(this.#budget.workedMs() - workedMs)
    await this.#budget.breathe()
  }

  /** What a dialogue needs before anything is decided is answered as by a bank that has nothing against it. */
  #answerOwnSteps(): void {
    for (const effect of this.stage.takeNew()) {
      if (effect.kind !== 'call' || effect.orderId === '') continue
      const { orderId, operation, visit, request } = effect
      const scope = this.stage.tenancy.scope
      const step = { scope, orderId, operation, input: request?.input, now: this.stage.now }
      const outcome = this.stage.ground.bank.perform(step)
      if (outcome) this.stage.queue.push({ body: { kind: 'effect', visit, outcome }, runId: effect.run.id })
    }
  }
}
