import type { z } from 'zod'
import type { Content } from '../message/content.ts'
import type { Instant } from '../time.ts'
import type { Hold } from './collection.ts'
import type { Contract } from './contract.ts'
import type { EgressRequest } from './egress.ts'
import type { Slots } from './slots.ts'
import type { TextRef } from './text.ts'

export type { Slots }

/** The same steps as in `step.ts`, their types forgotten: what the engine, the checks and the drawing work on. */
export interface AnyContext {
  readonly state: Slots
  readonly input: unknown
  readonly config: Slots
  readonly now: Instant
  readonly locale: string
  readonly timeZone: string
  readonly t: (template: string, vars?: TextRef['vars']) => TextRef
}

export type AnyRoute = string | { readonly to: string; readonly set: (result: unknown, context: AnyContext) => Slots }

export interface AnySay {
  readonly kind: 'say'
  readonly message: (context: AnyContext) => Content<unknown>
  readonly next: string
}

export interface AnyAsk {
  readonly kind: 'ask'
  readonly slot: string
  readonly confidential?: boolean
  readonly shape?: { readonly digits: number }
  readonly prompt: (context: AnyContext) => Content<unknown>
  readonly read?: (words: string, context: AnyContext) => unknown
  readonly timeout: { readonly afterMs: number; readonly to: string }
  readonly reminder?: { readonly afterMs: number; readonly message: (context: AnyContext) => Content<unknown> }
  readonly retries?: number
  readonly giveUp?: string
  readonly next: AnyRoute
}

export interface AnyBranch {
  readonly kind: 'branch'
  readonly when: readonly { readonly is: (context: AnyContext) => boolean; readonly to: string }[]
  readonly otherwise: string
}

export interface AnyCall {
  readonly kind: 'call'
  readonly need: string
  readonly operation: string
  readonly input: (context: AnyContext) => unknown
  readonly on: Readonly<Record<string, AnyRoute>>
}

export interface AnyConfirm {
  readonly kind: 'confirm'
  readonly order: (context: AnyContext) => string
  readonly method: (context: AnyContext) => string
  readonly on: { readonly confirmed: string; readonly cancelled: string; readonly expired: string }
}

export interface AnyRead {
  readonly kind: 'read'
  readonly from: string
  readonly by: string
  readonly where?: (context: AnyContext) => Slots
  readonly key?: (context: AnyContext) => string
  readonly limit?: number
  readonly on: { readonly found: AnyRoute; readonly none: AnyRoute }
}

export interface AnyPut {
  readonly kind: 'write'
  readonly to: string
  readonly put: (context: AnyContext) => Slots
  readonly next: string
}

export interface AnyInsert {
  readonly kind: 'write'
  readonly to: string
  readonly insert: (context: AnyContext) => Slots
  readonly on: { readonly written: AnyRoute; readonly present: AnyRoute }
}

export interface AnyRemove {
  readonly kind: 'write'
  readonly to: string
  readonly remove: (context: AnyContext) => string
  readonly next: string
}

export interface AnyFetch {
  readonly kind: 'fetch'
  readonly from: string
  readonly request: (context: AnyContext) => EgressRequest
  readonly deadlineMs?: number
  readonly on: { readonly answered: AnyRoute; readonly failed: AnyRoute }
}

export interface AnyRun {
  readonly kind: 'run'
  readonly flow: string
  readonly input: (context: AnyContext) => unknown
  readonly on: { readonly done: AnyRoute }
}

export interface AnyEmit {
  readonly kind: 'emit'
  readonly event: string
  readonly data: (context: AnyContext) => Slots
  readonly next: string
}

export interface AnyReserve {
  readonly kind: 'reserve'
  readonly from: string
  readonly counter: string
  readonly of: (context: AnyContext) => { readonly key: string; readonly part?: string }
  readonly holdMs: number
  readonly on: { readonly held: AnyRoute; readonly none_left: AnyRoute }
}

export interface AnyTake {
  readonly kind: 'take'
  readonly hold: (context: AnyContext) => Hold
  readonly on: { readonly taken: AnyRoute; readonly lapsed: AnyRoute }
}

export interface AnyRelease {
  readonly kind: 'release'
  readonly hold: (context: AnyContext) => Hold
  readonly next: string
}

export interface AnyWaitUntil {
  readonly kind: 'wait'
  readonly until: (context: AnyContext) => Instant
  readonly next: string
}

export interface AnyWaitEvent {
  readonly kind: 'wait'
  readonly need: string
  readonly event: string
  readonly limitMs: number
  readonly on: { readonly happened: AnyRoute; readonly limit: AnyRoute }
}

export interface AnyEnd {
  readonly kind: 'end'
  readonly result?: (context: AnyContext) => unknown
}

export type AnyStep =
  | AnySay
  | AnyAsk
  | AnyBranch
  | AnyCall
  | AnyConfirm
  | AnyRead
  | AnyPut
  | AnyInsert
  | AnyRemove
  | AnyFetch
  | AnyRun
  | AnyEmit
  | AnyReserve
  | AnyTake
  | AnyRelease
  | AnyWaitUntil
  | AnyWaitEvent
  | AnyEnd

/** How a run of an earlier revision goes on with this one: where its open question now stands. */
export interface AnyMove {
  readonly steps: Readonly<Record<string, string>>
  readonly slots?: (slots: Slots) => Slots
}

/** A flow as the engine sees it. */
export interface Flow<I = unknown, R = unknown> {
  readonly contract: Contract
  readonly id: string
  readonly revision: number
  readonly input: z.ZodType<I>
  readonly state: z.ZodObject
  readonly begin?: (input: I) => Slots
  readonly start: string
  readonly steps: Readonly<Record<string, AnyStep>>
  /** What a sub-flow hands back to the flow that ran it. */
  readonly result?: z.ZodType<R>
  readonly moves?: Readonly<Record<number, AnyMove>>
}
