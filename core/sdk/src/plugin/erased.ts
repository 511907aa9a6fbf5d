import type { z } from 'zod'
import type { Content } from '../message/content.ts'
import type { Instant } from '../time.ts'
import type { Hold } from './collection.ts'
import type { Contract } from './contract.ts'
import type { TextRef } from './text.ts'

/** The slots of a run, as the engine carries them. */
export type Slots = Readonly<Record<string, unknown>>

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
}

export type AnyStep =
  | AnySay
  | AnyAsk
  | AnyBranch
  | AnyCall
  | AnyConfirm
  | AnyRead
  | AnyReserve
  | AnyTake
  | AnyRelease
  | AnyWaitUntil
  | AnyWaitEvent
  | AnyEnd

/** A flow as the engine sees it. */
export interface Flow<I = unknown> {
  readonly contract: Contract
  readonly id: string
  readonly revision: number
  readonly input: z.ZodType<I>
  readonly state: z.ZodObject
  readonly begin?: (input: I) => Slots
  readonly start: string
  readonly steps: Readonly<Record<string, AnyStep>>
}
