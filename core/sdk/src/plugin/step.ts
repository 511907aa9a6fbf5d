import type { z } from 'zod'
import type { CapabilityDeclaration, Need, OperationDeclaration } from '../capability.ts'
import type { Content } from '../message/content.ts'
import type { Instant } from '../time.ts'
import type { CollectionDeclaration, DocumentOf, Hold, SecretRef } from './collection.ts'
import type { ConfigOf, ContractDeclaration } from './contract.ts'
import type { EgressRequest, FetchFailure } from './egress.ts'
import type { Flow } from './erased.ts'
import type { TextPicker } from './text.ts'

/** The types that the steps of one flow share: D contract, I input, S state, N names of steps, U flows it runs. */
export interface FlowTypes<
  D extends ContractDeclaration = ContractDeclaration,
  I = unknown,
  S = unknown,
  N extends string = string,
  U = object,
> {
  readonly declaration: D
  readonly input: I
  readonly state: S
  readonly step: N
  readonly runs: U
}

/** Flows of any input and result: no type of input takes them all, so that side is left out. */
export type AnyFlow = Omit<Flow, 'input' | 'begin' | 'result'>

/** What a step's small pure functions are given. Everything in it comes from the journal, so a refold sees the same. */
export interface StepContext<F extends FlowTypes> {
  readonly state: Readonly<F['state']>
  readonly input: Readonly<F['input']>
  readonly config: Readonly<ConfigOf<F['declaration']>>
  /** Business time of the turn. */
  readonly now: Instant
  readonly locale: string
  readonly timeZone: string
  readonly t: TextPicker<F['declaration']['texts']>
}

type Context<F extends FlowTypes> = StepContext<F>
type Filled<T> = Exclude<T, undefined | null>
type SlotOf<F extends FlowTypes> = keyof F['state'] & string

/** Where to go on, and what to remember of the result. */
export type Route<F extends FlowTypes, R = unknown> =
  F['step'] | { readonly to: F['step']; readonly set: (result: R, context: Context<F>) => Partial<F['state']> }

export interface SayStep<F extends FlowTypes> {
  readonly kind: 'say'
  readonly message: (context: Context<F>) => Content
  readonly next: F['step']
}

/** What a reader made of typed words: a value for the slot, or undefined when it could not read one. */
export type Reader<F extends FlowTypes, V> = (words: string, context: Context<F>) => V | undefined

interface Asking<F extends FlowTypes> {
  readonly kind: 'ask'
  /** Mandatory: every wait has a limit. */
  readonly timeout: { readonly afterMs: number; readonly to: F['step'] }
  /** Said once when nobody has answered for this long, before the time-out. */
  readonly reminder?: { readonly afterMs: number; readonly message: (context: Context<F>) => Content }
  /**
   * How often it asks again after an answer it cannot read, 2 when left out; then it goes to `giveUp` (or the
   * time-out's step).
   */
  readonly retries?: number
  readonly giveUp?: F['step']
}

/**
 * Asks for one slot and is passed over when the slot is already filled. A tap on a reply answers with the reply's
 * value; typed words that equal a reply's label do the same; other words go through `read`.
 */
export interface PlainAskStep<F extends FlowTypes, K extends SlotOf<F>> extends Asking<F> {
  readonly slot: K
  readonly confidential?: false
  readonly prompt: (context: Context<F>) => Content<Filled<F['state'][K]>>
  readonly read?: Reader<F, Filled<F['state'][K]>>
  readonly next: Route<F, Filled<F['state'][K]>>
}

/**
 * Asks for something only the provider may know. The slot receives a reference; words not of `shape` are asked for
 * again.
 */
export interface ConfidentialAskStep<F extends FlowTypes, K extends SlotOf<F>> extends Asking<F> {
  readonly slot: K
  readonly confidential: true
  /** How many digits an answer has. */
  readonly shape: { readonly digits: number }
  readonly prompt: (context: Context<F>) => Content
  readonly next: F['step']
}

export type AskStep<F extends FlowTypes> = {
  readonly [K in SlotOf<F>]:
    PlainAskStep<F, K> | (SecretRef extends Filled<F['state'][K]> ? ConfidentialAskStep<F, K> : never)
}[SlotOf<F>]

/** The first case that holds decides. Declared as a list, so that it can be drawn and proved. */
export interface BranchStep<F extends FlowTypes> {
  readonly kind: 'branch'
  readonly when: readonly { readonly is: (context: Context<F>) => boolean; readonly to: F['step'] }[]
  readonly otherwise: F['step']
}

type OutcomesOf<O extends OperationDeclaration> = O['outcomes']
type RoutesOf<F extends FlowTypes, O extends OperationDeclaration> = {
  readonly [R in keyof OutcomesOf<O>]: Route<F, z.infer<OutcomesOf<O>[R]>>
}

/** A want also routes `unavailable`; a need may not. */
type Availability<F extends FlowTypes, N extends Need> = N['optional'] extends true
  ? { readonly unavailable: F['step'] }
  : { readonly unavailable?: never }

interface CallOf<
  F extends FlowTypes,
  A extends keyof F['declaration']['needs'],
  P extends string,
  O extends OperationDeclaration,
> {
  readonly kind: 'call'
  readonly need: A
  readonly operation: P
  readonly input: (context: Context<F>) => z.infer<O['input']>
  /** Every outcome, none left out. */
  readonly on: RoutesOf<F, O> & Availability<F, F['declaration']['needs'][A]>
}

type OperationsOf<C extends CapabilityDeclaration> = C['operations']

/** Calls an operation of a needed capability. Its answer comes back through the inbox, however long it takes. */
export type CallStep<F extends FlowTypes> = {
  readonly [A in keyof F['declaration']['needs'] & string]: {
    readonly [P in keyof OperationsOf<F['declaration']['needs'][A]['capability']> & string]: CallOf<
      F,
      A,
      P,
      OperationsOf<F['declaration']['needs'][A]['capability']>[P]
    >
  }[keyof OperationsOf<F['declaration']['needs'][A]['capability']> & string]
}[keyof F['declaration']['needs'] & string]

/**
 * The core's own question: it renders amount, payee, account, fee and expiry from the stored order and takes the
 * answer. Only for plugins that provide a capability. The order's own expiry is its time-out.
 */
export interface ConfirmStep<F extends FlowTypes> {
  readonly kind: 'confirm'
  readonly order: (context: Context<F>) => string
  /** Which of the methods that the bank offered is to pay. */
  readonly method: (context: Context<F>) => string
  readonly on: { readonly confirmed: F['step']; readonly cancelled: F['step']; readonly expired: F['step'] }
}

type IndexesOf<C extends CollectionDeclaration> = C['indexes']
type FieldsOf<
  C extends CollectionDeclaration,
  X extends keyof IndexesOf<C>,
> = IndexesOf<C>[X] extends readonly (infer P extends string)[] ? P : never

interface ReadByIndex<
  F extends FlowTypes,
  A extends string,
  C extends CollectionDeclaration,
  X extends keyof IndexesOf<C>,
> {
  readonly kind: 'read'
  readonly from: A
  readonly by: X
  /** Equality on the first fields of the index; results come ordered by its other fields. */
  readonly where: (context: Context<F>) => { readonly [P in FieldsOf<C, X>]?: DocumentOf<C>[P & keyof DocumentOf<C>] }
  /** At most this many documents, up to 50. */
  readonly limit: number
  readonly on: { readonly found: Route<F, readonly DocumentOf<C>[]>; readonly none: Route<F, readonly []> }
}

interface ReadByKey<F extends FlowTypes, A extends string, C extends CollectionDeclaration> {
  readonly kind: 'read'
  readonly from: A
  readonly by: 'key'
  readonly key: (context: Context<F>) => string
  readonly on: { readonly found: Route<F, readonly [DocumentOf<C>]>; readonly none: Route<F, readonly []> }
}

/** Reads documents of an own collection, in the turn. */
export type ReadStep<F extends FlowTypes> = {
  readonly [A in keyof F['declaration']['collections'] & string]:
    | ReadByKey<F, A, F['declaration']['collections'][A]>
    | (F['declaration']['collections'][A]['dataClass'] extends 'personal'
        ? ReadMine<F, A, F['declaration']['collections'][A]>
        : never)
    | {
        readonly [X in keyof IndexesOf<F['declaration']['collections'][A]> & string]: ReadByIndex<
          F,
          A,
          F['declaration']['collections'][A],
          X
        >
      }[keyof IndexesOf<F['declaration']['collections'][A]> & string]
}[keyof F['declaration']['collections'] & string]

/** `read … by: 'mine'` lists the documents of a personal collection that belong to this user, the newest first. */
interface ReadMine<F extends FlowTypes, A extends string, C extends CollectionDeclaration> {
  readonly kind: 'read'
  readonly from: A
  readonly by: 'mine'
  readonly limit: number
  readonly on: { readonly found: Route<F, readonly DocumentOf<C>[]>; readonly none: Route<F, readonly []> }
}

interface PutDocument<F extends FlowTypes, A extends string, C extends CollectionDeclaration> {
  readonly kind: 'write'
  readonly to: A
  /** Replaces the document with the same key, if there is one. */
  readonly put: (context: Context<F>) => DocumentOf<C>
  readonly insert?: never
  readonly remove?: never
  readonly next: F['step']
}

interface InsertDocument<F extends FlowTypes, A extends string, C extends CollectionDeclaration> {
  readonly kind: 'write'
  readonly to: A
  /** Leaves a document with the same key as it is, and goes to `present`. */
  readonly insert: (context: Context<F>) => DocumentOf<C>
  readonly put?: never
  readonly remove?: never
  readonly on: { readonly written: Route<F, null>; readonly present: Route<F, null> }
}

interface RemoveDocument<F extends FlowTypes, A extends string> {
  readonly kind: 'write'
  readonly to: A
  /** The key of the document to erase; none of that key is no error. */
  readonly remove: (context: Context<F>) => string
  readonly put?: never
  readonly insert?: never
  readonly next: F['step']
}

/** Writes a document of an own collection, in the turn's own transaction. */
export type WriteStep<F extends FlowTypes> = {
  readonly [A in keyof F['declaration']['collections'] & string]:
    | PutDocument<F, A, F['declaration']['collections'][A]>
    | InsertDocument<F, A, F['declaration']['collections'][A]>
    | RemoveDocument<F, A>
}[keyof F['declaration']['collections'] & string]

type EgressOf<D extends ContractDeclaration> = NonNullable<D['egress']>

/** Asks a declared host. An effect: nobody waits in silence, and its answer comes back through the inbox. */
export type FetchStep<F extends FlowTypes> = {
  readonly [A in keyof EgressOf<F['declaration']> & string]: {
    readonly kind: 'fetch'
    readonly from: A
    readonly request: (context: Context<F>) => EgressRequest
    /** Up to 15 seconds; 10 when left out. */
    readonly deadlineMs?: number
    readonly on: {
      readonly answered: Route<F, z.infer<EgressOf<F['declaration']>[A]['answer']>>
      readonly failed: Route<F, { readonly reason: FetchFailure }>
    }
  }
}[keyof EgressOf<F['declaration']> & string]

type InputOf<X> = X extends Flow<infer I, infer _> ? I : never
type ResultOf<X> = X extends Flow<infer _, infer R> ? R : never

/** Runs another flow of the plugin, by its name in `runs`, and goes on with what its end hands back. */
export type RunStep<F extends FlowTypes> = {
  readonly [K in keyof F['runs'] & string]: {
    readonly kind: 'run'
    readonly flow: K
    readonly input: (context: Context<F>) => InputOf<F['runs'][K]>
    readonly on: { readonly done: Route<F, ResultOf<F['runs'][K]>> }
  }
}[keyof F['runs'] & string]

type EmitsOf<D extends ContractDeclaration> = NonNullable<D['emits']>

/** Tells an event to the other plugins of the bot. Those that listen start a flow of their own afterwards. */
export type EmitStep<F extends FlowTypes> = {
  readonly [E in keyof EmitsOf<F['declaration']> & string]: {
    readonly kind: 'emit'
    readonly event: E
    readonly data: (context: Context<F>) => z.infer<EmitsOf<F['declaration']>[E]>
    readonly next: F['step']
  }
}[keyof EmitsOf<F['declaration']> & string]

/**
 * Holds one unit of a document's counter for this run, in the turn's own transaction. At the run's end it is released,
 * unless it was taken or the bank has yet to say whether it is paid for.
 */
export type ReserveStep<F extends FlowTypes> = {
  readonly [A in keyof F['declaration']['collections'] & string]: {
    readonly kind: 'reserve'
    readonly from: A
    readonly counter: keyof F['declaration']['collections'][A]['counters'] & string
    /** `key` names the document; `part` splits its counter, for example by day. */
    readonly of: (context: Context<F>) => { readonly key: string; readonly part?: string }
    readonly holdMs: number
    readonly on: { readonly held: Route<F, Hold>; readonly none_left: Route<F, null> }
  }
}[keyof F['declaration']['collections'] & string]

/** Makes a hold final. `lapsed`: it had run out before. */
export interface TakeStep<F extends FlowTypes> {
  readonly kind: 'take'
  readonly hold: (context: Context<F>) => Hold
  readonly on: { readonly taken: Route<F, null>; readonly lapsed: Route<F, null> }
}

/**
 * Gives a unit back: one that is held by this run, or one that was taken, whenever that was. For the latter keep the
 * hold with what was sold, in a personal document.
 */
export interface ReleaseStep<F extends FlowTypes> {
  readonly kind: 'release'
  readonly hold: (context: Context<F>) => Hold
  readonly next: F['step']
}

interface WaitUntil<F extends FlowTypes> {
  readonly kind: 'wait'
  readonly until: (context: Context<F>) => Instant
  readonly next: F['step']
}

type EventsOf<C extends CapabilityDeclaration> = C['events']

/** Waits for a moment, or for an event of a needed capability with a limit. */
export type WaitStep<F extends FlowTypes> =
  | WaitUntil<F>
  | {
      readonly [A in keyof F['declaration']['needs'] & string]: {
        readonly [E in keyof EventsOf<F['declaration']['needs'][A]['capability']> & string]: {
          readonly kind: 'wait'
          readonly need: A
          readonly event: E
          readonly limitMs: number
          readonly on: {
            readonly happened: Route<F, z.infer<EventsOf<F['declaration']['needs'][A]['capability']>[E]>>
            readonly limit: Route<F, null>
          }
        }
      }[keyof EventsOf<F['declaration']['needs'][A]['capability']> & string]
    }[keyof F['declaration']['needs'] & string]

/** R: what a sub-flow hands back. */
export interface EndStep<F extends FlowTypes, R> {
  readonly kind: 'end'
  readonly result?: (context: Context<F>) => R
}

type OwnConfirm<F extends FlowTypes> = F['declaration'] extends { readonly provides: CapabilityDeclaration }
  ? ConfirmStep<F>
  : never

/** For flows written in several files: what the functions of a contract's steps are given. */
export type ContextOf<C, S, I = unknown> = C extends { readonly declaration: infer D extends ContractDeclaration }
  ? StepContext<FlowTypes<D, I, S, string>>
  : never

/**
 * For flows written in several files: a step of a flow with these slots, step names, input, and result, which runs
 * these flows: `StepOf<typeof contract, Slots, 'ask' | 'end', Input, undefined, { address: typeof address }>`.
 */
export type StepOf<C, S, N extends string, I = unknown, R = undefined, U extends object = object> = C extends {
  readonly declaration: infer D extends ContractDeclaration
}
  ? Step<FlowTypes<D, I, S, N, U>, R>
  : never

export type Step<F extends FlowTypes, R = unknown> =
  | SayStep<F>
  | AskStep<F>
  | BranchStep<F>
  | CallStep<F>
  | OwnConfirm<F>
  | ReadStep<F>
  | WriteStep<F>
  | FetchStep<F>
  | RunStep<F>
  | EmitStep<F>
  | ReserveStep<F>
  | TakeStep<F>
  | ReleaseStep<F>
  | WaitStep<F>
  | EndStep<F, R>
