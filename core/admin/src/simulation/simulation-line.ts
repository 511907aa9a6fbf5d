import type { SimulationBudget } from '@inthread/messaging'
import { Refusal } from '../router/refusal.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayRefusal as say } from '../saying/say-refusal.ts'

/** Real time, of the hall. */
export interface LineTimers {
  /** Milliseconds that only grow. */
  elapsedMs(): number
  /** Milliseconds that this thread has computed. */
  workedMs(): number
  /** Lets everything else that has arrived in. */
  breathe(): Promise<void>
}

/** What one simulation may use up: a busy thread of sixty acts takes a tenth of a second. */
const limits = { limitMs: 10_000, turns: 400 } as const
/** All simulations of this process together: users come first. */
const runningAtMost = 2
const waitingPerTenant = 40
/** So much of each minute may a tenant's simulations work. */
const window = { lengthMs: 60_000, spentMs: 15_000 } as const

interface Line {
  running: boolean
  readonly waiting: (() => void)[]
  windowEndsMs: number
  spentMs: number
}

/**
 * Simulations of this process: one at a time for a tenant, two for all of them, in the order in which they came, and no
 * more of each minute than leaves the users theirs.
 */
export class SimulationLine {
  readonly #timers: LineTimers
  readonly #lines = new Map<string, Line>()
  #running = 0

  constructor(timers: LineTimers) {
    this.#timers = timers
  }

  async run<T>(tenant: string, work: (budget: SimulationBudget) => Promise<T>): Promise<T> {
    const line = this.#find(tenant)
    if (line.waiting.length >= waitingPerTenant) throw tooMany(say('simulation.waiting'))
    await this.#enter(line)
    try {
      this.#assertTime(line)
      return await work(this.#budgetOf(line))
    } finally {
      this.#leave(tenant, line)
    }
  }

  #budgetOf(line: Line): SimulationBudget {
    const { elapsedMs, workedMs, breathe } = this.#timers
    const spend = (ms: number): void => void (line.spentMs += ms)
    return { elapsedMs: () => elapsedMs(), workedMs: () => workedMs(), breathe: () => breathe(), spend, ...limits }
  }

  #find(tenant: string): Line {
    const known = this.#lines.get(tenant) ?? { running: false, waiting: [], windowEndsMs: 0, spentMs: 0 }
    this.#lines.set(tenant, known)
    return known
  }

  #assertTime(line: Line): void {
    const now = this.#timers.elapsedMs()
    if (now >= line.windowEndsMs) Object.assign(line, { windowEndsMs: now + window.lengthMs, spentMs: 0 })
    if (line.spentMs < window.spentMs) return
    const left = Math.ceil((line.windowEndsMs - now) / 1000)
    throw tooMany(say('simulation.time', { seconds: left }))
  }

  async #enter(line: Line): Promise<void> {
    while (line.running || this.#running >= runningAtMost) await new Promise<void>((go) => line.waiting.push(go))
    line.running = true
    this.#running += 1
  }

  /** Whoever waits looks for itself whether it may go: first of this tenant, then of the others. */
  #leave(tenant: string, line: Line): void {
    line.running = false
    this.#running -= 1
    const quiet = line.waiting.length === 0 && this.#timers.elapsedMs() >= line.windowEndsMs
    if (quiet) this.#lines.delete(tenant)
    const others = [...this.#lines.values()].filter((each) => each !== line && !each.running)
    for (const each of [...others, line]) each.waiting.shift()?.()
  }
}

function tooMany(said: Said): Refusal {
  return new Refusal({ code: 'TOO_MANY_REQUESTS', said })
}
