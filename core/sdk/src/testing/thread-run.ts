import type { Command, RunEvent, RunState } from '../flow/run-state.ts'
import type { Program } from '../flow/program.ts'
import type { Instant } from '../time.ts'

/** One entry of a run's journal and what the run then wanted. */
export interface Entry {
  readonly event: RunEvent
  readonly commands: readonly Command[]
}

/** What a run waits for by the clock. */
export interface Due {
  readonly at: Instant
  readonly kind: 'reminder' | 'timeout'
}

/** One run of a thread: a flow under way, or over. */
export interface ThreadRun {
  readonly id: string
  readonly parent: ThreadRun | undefined
  readonly program: Program
  readonly journal: Entry[]
  state: RunState
  due: Due | undefined
  /** Grows with every question of the thread: words answer the youngest. */
  asked: number
  suspended: boolean
  /** News of the bank's that waits for nobody has started it, or a flow that runs it. */
  readonly urgent: boolean
}

/** Asks the bank, or another provider, for one operation. */
export interface BankCall {
  readonly run: ThreadRun
  readonly visit: number
  readonly need: string
  readonly operation: string
  readonly input: unknown
  readonly commits: boolean
  /** Money moves: what the scene holds may then not lapse. An application moves none. */
  readonly moves: boolean
  /** From here on nobody can confirm it: the moment that the plugin names, or a quarter of an hour. */
  readonly expiresAt: Instant | undefined
  outcome: string | undefined
  /** After an `unknown`: whether the bank has said by now how it ended. */
  settled: boolean
}

/** A button that was shown, for as long as the thread lives. */
export interface ShownButton {
  readonly run: ThreadRun
  readonly visit: number
  /** Counts the replies of the message; undefined for a button that opens something. */
  readonly option: number | undefined
  readonly label: string
  readonly expiresAt: Instant
}

/** What the user sees. */
export interface SeenMessage {
  readonly text: string
  readonly labels: readonly string[]
}

export function rootOf(run: ThreadRun): ThreadRun {
  return run.parent ? rootOf(run.parent) : run
}
