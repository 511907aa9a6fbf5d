import type { RenderedContent, Voice } from '@inthread/sdk/channel'
import type { EgressRequest, PlatformWord } from '@inthread/sdk/engine'
import type { FaultData } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'

/** A whole thread as it would have gone, and what it waits for now. */
export interface SimulatedThread {
  readonly turns: readonly SimulatedTurn[]
  readonly now: Instant
  /** Runs that are not over, the youngest last. */
  readonly open: readonly OpenPlace[]
  /** Who outside has to answer before it goes on by itself. */
  readonly asked: OutsideQuestion | undefined
  /** Orders of which the bank has not said how they ended. */
  readonly undecided: number
  /** Why the last acts were not carried out: the time for it was used up, or the thread has grown too long. */
  readonly cut: 'time' | 'length' | undefined
}

/** Something that came in, and everything that followed from it at once. */
export interface SimulatedTurn {
  /** The number of the act that it belongs to. */
  readonly act: number
  readonly at: Instant
  readonly from: 'user' | 'bank' | 'host' | 'time' | 'plugin'
  /** What the user said or tapped; undefined for what was said in confidence, and where nobody said anything. */
  readonly said: string | undefined
  readonly why: Reason
  readonly steps: readonly TurnStep[]
  readonly messages: readonly SimulatedMessage[]
  readonly asked: readonly AskedOutside[]
  readonly wrote: readonly Written[]
  /** Reasons why somebody at the desk would look. */
  readonly cases: readonly string[]
  /** Why nothing of what was folded would have happened. */
  readonly problem: TurnProblem | undefined
}

/** What something that came in was taken for, and by what that was seen. */
export interface Reason {
  readonly by: ReasonKind
  readonly plugin?: string
  readonly flow?: string
  /** The step whose question was answered, or that waited. */
  readonly step?: string
  readonly intent?: string
  readonly word?: PlatformWord
  /** What was made of the words, or the outcome, reminder or event that came. */
  readonly value?: unknown
}

export type ReasonKind =
  /** A button of an open question, its very label typed, or its number. */
  | 'button'
  | 'label'
  | 'number'
  /** Read by the open question's own reader; digits for a confidential question; not understood, and asked again. */
  | 'read'
  | 'confidence'
  | 'not_read'
  /** A word of the platform; a whole expression of an intent; an intent's own reader; a button or entry of the menu. */
  | 'word'
  | 'expression'
  | 'understood'
  | 'way_in'
  | 'greeting'
  /** A button whose question is over; a button that opens something; a button or entry that there is none of. */
  | 'late'
  | 'opens'
  | 'missing'
  /** Words where only confirm or cancel will do; digits that nobody needs; something other than text. */
  | 'confirm_first'
  | 'code_not_needed'
  | 'unsupported'
  /** For the person who answers now; a button of the bot's while a person answers. */
  | 'for_person'
  | 'with_person'
  /** Nobody takes it: the menu is shown. */
  | 'menu'
  /** Said while a dialogue of the bank's stands open that is not played here. */
  | 'for_bank'
  /** What the bank, a host, time, another plugin or the desk told. */
  | 'bank'
  | 'host'
  | 'time'
  | 'event'
  | 'desk'
  /** A run was ended, because a switch is thrown or it broke; what came in had no other effect. */
  | 'stopped'

/** One entry of a run's journal: what it heard, and from which step to which that led. */
export interface TurnStep {
  readonly plugin: string
  readonly version: string
  readonly flow: string
  readonly voice: Voice
  readonly heard: string
  readonly from: string
  readonly to: string
}

export interface SimulatedMessage {
  /** Counts the messages of the thread, from 0. */
  readonly number: number
  readonly voice: Voice
  readonly content: RenderedContent
}

/** What would have gone to the outside. */
export type AskedOutside =
  | AskedOfBank
  | { readonly who: 'host'; readonly plugin: string; readonly host: string; readonly request: EgressRequest }

export interface AskedOfBank {
  readonly who: 'bank'
  readonly bank: string
  readonly capability: string
  readonly operation: string
  /** How the shared bank API carries it out, like `POST /v1/transfers`; undefined for what the platform does itself. */
  readonly route: string | undefined
  readonly input: unknown
  /**
   * `opened`: its dialogue begins. `refused`: the grants do not allow it, and the bank would hear nothing.
   * `handed_over`: the user has agreed, and the bank decides.
   */
  readonly verdict: 'opened' | 'asked' | 'handed_over' | 'refused'
  readonly refusal: Refusal | undefined
}

/** Which side does not allow a call, by which of its terms, and why. */
export interface Refusal {
  readonly party: string
  readonly reason: string
  readonly ceiling: string
}

export interface Written {
  readonly plugin: string
  readonly collection: string
  readonly act: 'put' | 'insert' | 'remove' | 'reserve' | 'take' | 'release'
  /** False where the document was there already, or nothing was left. */
  readonly done: boolean
}

export interface TurnProblem {
  /** Of the catalogue of faults, or `simulation.…` for an act that cannot be carried out. */
  readonly code: string
  readonly data: FaultData
  /** What the code itself said, where it was the plugin's own that threw. */
  readonly detail?: string | undefined
}

/** Where a run stands. */
export interface OpenPlace {
  readonly plugin: string
  readonly version: string
  readonly flow: string
  readonly step: string
  readonly kind: string
  readonly voice: Voice
  readonly suspended: boolean
  readonly confidential: boolean
  readonly dueAt: Instant | undefined
  /** What it has understood so far; undefined for a dialogue of the bank's. */
  readonly slots: Readonly<Record<string, unknown>> | undefined
}

/** What somebody outside is asked and has not answered yet. */
export type OutsideQuestion =
  | {
      readonly who: 'bank'
      readonly bank: string
      readonly capability: string
      readonly operation: string
      readonly input: unknown
      /** Its dialogue is not played here: what it would ask of the user is left out. */
      readonly unplayed: boolean
      readonly choices: readonly AnswerChoice[]
    }
  | {
      readonly who: 'host'
      readonly plugin: string
      readonly host: string
      readonly request: EgressRequest
      readonly sample: unknown
    }

/** One way in which an operation may end, with data that fit; undefined where none could be made up. */
export interface AnswerChoice {
  readonly outcome: string
  readonly sample: unknown
}
