import type { Content } from '../message/content.ts'
import type { Hold } from '../plugin/collection.ts'
import type { EgressRequest, FetchFailure } from '../plugin/egress.ts'
import type { Slots } from '../plugin/erased.ts'
import type { TextRef } from '../plugin/text.ts'
import type { Instant } from '../time.ts'

/**
 * Where a run stands: all that the next entry of its journal needs. A visit is one stay at one step; it grows by one
 * with every step entered, so (run, visit) names a question, a call or a hold for ever.
 */
export interface RunState {
  readonly step: string
  readonly visit: number
  readonly slots: Slots
  readonly input: unknown
  /** Answers that could not be read at this visit. */
  readonly unread: number
  /** The replies on offer at this visit, by index. */
  readonly options: readonly Option[]
  readonly ended: boolean
  /** When this visit began: reminders and time-outs count from here. */
  readonly since?: Instant
  /** Questions answered since something was last done outside the run, the latest last: where "correct" leads back. */
  readonly trail?: readonly Waypoint[]
}

/** A question as it was when it was asked. */
export interface Waypoint {
  readonly step: string
  readonly slots: Slots
}

export interface Option {
  readonly label: TextRef
  readonly value: unknown
}

/** An entry of a run's journal: what came from outside of the pure fold. Nothing else moves a run. */
export type RunEvent = { readonly at: Instant } & (
  | { readonly kind: 'started'; readonly input: unknown }
  | { readonly kind: 'answered'; readonly visit: number; readonly value: unknown }
  /** The words stand sealed in the inbox; `secret` is the name of that row. */
  | { readonly kind: 'answered_in_confidence'; readonly visit: number; readonly secret: string }
  | { readonly kind: 'not_read'; readonly visit: number }
  | { readonly kind: 'timed_out'; readonly visit: number }
  | { readonly kind: 'reminded'; readonly visit: number }
  /** The user goes back to the question before. */
  | { readonly kind: 'corrected'; readonly visit: number }
  /** What stood between is over; the open question is asked once more. */
  | { readonly kind: 'resumed'; readonly visit: number }
  | { readonly kind: 'written'; readonly visit: number; readonly written: boolean }
  | { readonly kind: 'fetched'; readonly visit: number; readonly answer: FetchAnswer }
  /** A sub-flow has ended with this result. */
  | { readonly kind: 'returned'; readonly visit: number; readonly result: unknown }
  /** The run goes on with another version and another revision of its flow. `step` and `slots` say where. */
  | {
      readonly kind: 'moved'
      readonly visit: number
      /** What it was pinned to, and is now: all that a replay of the whole journal needs besides the flows. */
      readonly from: RunPin
      readonly to: RunPin
      readonly step: string
      readonly slots: Slots
    }
  | { readonly kind: 'read'; readonly visit: number; readonly documents: readonly Slots[] }
  | { readonly kind: 'held'; readonly visit: number; readonly hold: Hold | null }
  | { readonly kind: 'taken'; readonly visit: number; readonly taken: boolean }
  | { readonly kind: 'released'; readonly visit: number }
  | { readonly kind: 'outcome'; readonly visit: number; readonly outcome: string; readonly data: unknown }
  | { readonly kind: 'decided'; readonly visit: number; readonly answer: 'confirmed' | 'cancelled' | 'expired' }
  | { readonly kind: 'happened'; readonly visit: number; readonly data: unknown }
  | { readonly kind: 'cancelled' }
)

/** Which version of a plugin and which revision of its flow a run goes by. */
export interface RunPin {
  readonly version: string
  readonly revision: number
}

export type FetchAnswer =
  { readonly kind: 'answered'; readonly data: unknown } | { readonly kind: 'failed'; readonly reason: FetchFailure }

/** What a run wants done. Says and events come first; the last command is what it waits for, or its end. */
export type Command = PassingCommand | Blocking

export type PassingCommand =
  | { readonly kind: 'say'; readonly visit: number; readonly content: Content<unknown> }
  | { readonly kind: 'emit'; readonly visit: number; readonly event: string; readonly data: Slots }

export type Blocking =
  | {
      readonly kind: 'ask'
      readonly visit: number
      readonly content: Content<unknown>
      readonly timeoutAt: Instant
      readonly remindAt: Instant | undefined
      readonly again: boolean
      readonly digits: number | undefined
    }
  | { readonly kind: 'confirm'; readonly visit: number; readonly order: string; readonly method: string }
  | {
      readonly kind: 'call'
      readonly visit: number
      readonly need: string
      readonly operation: string
      readonly input: unknown
    }
  /** The reminder of an open question; the question itself stays open until `timeoutAt`. */
  | { readonly kind: 'remind'; readonly visit: number; readonly content: Content<unknown>; readonly timeoutAt: Instant }
  | ReadCommand
  | WriteCommand
  | HoldCommand
  | FetchCommand
  | { readonly kind: 'run'; readonly visit: number; readonly flow: string; readonly input: unknown }
  | {
      readonly kind: 'wait'
      readonly visit: number
      readonly until: Instant
      readonly event: { readonly need: string; readonly name: string } | undefined
    }
  | { readonly kind: 'end'; readonly visit: number; readonly result?: unknown }

export type ReadCommand =
  | { readonly kind: 'read'; readonly visit: number; readonly from: string; readonly by: 'key'; readonly key: string }
  | {
      readonly kind: 'read'
      readonly visit: number
      readonly from: string
      readonly by: string
      readonly where: Slots
      readonly limit: number
    }

export type WriteCommand = { readonly kind: 'write'; readonly visit: number; readonly to: string } & (
  { readonly act: 'put' | 'insert'; readonly document: Slots } | { readonly act: 'remove'; readonly key: string }
)

export interface FetchCommand {
  readonly kind: 'fetch'
  readonly visit: number
  readonly from: string
  readonly request: EgressRequest
  readonly deadlineMs: number
}

export type HoldCommand =
  | {
      readonly kind: 'reserve'
      readonly visit: number
      readonly from: string
      readonly counter: string
      readonly key: string
      readonly part: string
      readonly until: Instant
    }
  | { readonly kind: 'take'; readonly visit: number; readonly hold: Hold }
  | { readonly kind: 'release'; readonly visit: number; readonly hold: Hold }

export interface Advance {
  readonly state: RunState
  readonly commands: readonly Command[]
}
