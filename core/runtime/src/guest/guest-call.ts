import type { GuestAdvance, GuestReact, GuestRead, GuestUnderstand, GuestUpgrade } from '@inthread/messaging/ports'

type Told<C> = Omit<C, 'tenantId'>

/** What a guest is asked, as JSON. */
export type GuestCall =
  | ({ readonly kind: 'advance' } & Told<GuestAdvance>)
  | ({ readonly kind: 'read' } & Told<GuestRead>)
  | ({ readonly kind: 'understand' } & Told<GuestUnderstand>)
  | ({ readonly kind: 'react' } & Told<GuestReact>)
  | ({ readonly kind: 'upgrade' } & Told<GuestUpgrade>)

/** What comes back, as JSON: an answer that nobody has checked yet, or the code of what went wrong. */
export type GuestReply = { readonly value: unknown } | { readonly failed: string }

/** What one call may use up. */
export interface GuestLimits {
  /** Milliseconds of computing. */
  readonly stepMs: number
  /** Bytes besides what the engine itself takes. */
  readonly heapBytes: number
}

/** Why a guest gave no answer at all. */
export type GuestFailure = 'timed_out' | 'memory' | 'threw' | 'too_long' | 'not_loaded'

/** Host → worker. `bundle` goes along when the worker does not have it. */
export interface WorkerRequest {
  readonly id: number
  readonly digest: string
  readonly bundle: string | undefined
  readonly text: string
  readonly limits: GuestLimits
}

/** Worker → host. */
export type WorkerReply =
  | { readonly id: number; readonly kind: 'answer'; readonly text: string }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: GuestFailure }
  | { readonly id: number; readonly kind: 'no_bundle' }
