import type {
  Advance,
  CollectionDeclaration,
  Hold,
  HoldCommand,
  Plugin,
  ReadCommand,
  Slots,
  WriteCommand,
} from '@inthread/sdk/engine'
import type { Instant } from '@inthread/sdk/time'
import type { Guest, GuestAdvance, GuestIntent, GuestReact, GuestRead, GuestUnderstand } from '../tenancy/guest.ts'
import type {
  AllowedCall,
  Committed,
  NewOrder,
  NewRefund,
  Opening,
  OrderRef,
  OrderStanding,
  Outcome,
  Presented,
  RefundOpening,
} from '../ports.ts'

/**
 * What a turn asks for while it is folded. Reads of our own database are answered before the transaction and for the
 * whole group at once, and so is what a guest has to compute; everything else changes something, so it happens in the
 * turn's own transaction and the fold goes on there.
 */
export type Need = ReadNeed | GuestNeed | WriteNeed

/** Inside of a transaction no guest is asked: an `advance` is then answered with `later`. */
export type GuestNeed =
  | { readonly kind: 'advance'; readonly guest: Guest; readonly call: GuestAdvance }
  | { readonly kind: 'words'; readonly guest: Guest; readonly call: GuestRead }
  | { readonly kind: 'sentence'; readonly guest: Guest; readonly call: GuestUnderstand }
  | { readonly kind: 'reaction'; readonly guest: Guest; readonly call: GuestReact }

export type ReadNeed =
  | { readonly kind: 'documents'; readonly tenantId: string; readonly plugin: Plugin; readonly command: ReadCommand }
  | { readonly kind: 'standing'; readonly order: OrderRef }
  /** Whether anything of what a scene holds was handed over to the bank, and has not been taken or given back since. */
  | { readonly kind: 'locked'; readonly tenantId: string; readonly holder: string }

export type WriteNeed =
  | { readonly kind: 'write'; readonly plugin: Plugin; readonly command: WriteCommand }
  | { readonly kind: 'hold'; readonly holder: Holder; readonly command: HoldCommand }
  | { readonly kind: 'open'; readonly order: NewOrder }
  | { readonly kind: 'allow'; readonly call: AllowedCall }
  | { readonly kind: 'refund'; readonly refund: NewRefund }
  | { readonly kind: 'present'; readonly order: OrderRef; readonly method: string; readonly now: Instant }
  | { readonly kind: 'consent'; readonly order: OrderRef; readonly now: Instant }
  /** `holder` is the scene whose holds may no longer run out once the money is on its way. */
  | { readonly kind: 'commit'; readonly order: OrderRef; readonly now: Instant; readonly holder: string }
  /** A switch is thrown: the order is not handed over, and ends as declined. */
  | { readonly kind: 'refuse'; readonly order: OrderRef; readonly now: Instant }
  /** The bank said no after all: what waited for it can run out, or be given back, like any other hold. */
  | { readonly kind: 'unlock'; readonly tenantId: string; readonly holder: string }
  /** `frees`: the scene has no other order open, so what it holds follows this one. */
  | {
      readonly kind: 'close'
      readonly order: OrderRef
      readonly now: Instant
      readonly holder: string
      readonly frees: boolean
    }

/** Who holds which plugin's goods. */
export interface Holder {
  readonly tenantId: string
  readonly plugin: string
  /** The scene at the bottom, also when a sub-flow asks. */
  readonly runId: string
  /** Names the hold. */
  readonly holdId: string
  /** The field of the document that says how many units there are. */
  readonly capacityField: string
  /** Brings a document of an earlier version up before that field is read. */
  readonly goods?: CollectionDeclaration | undefined
  readonly now: Instant
}

/** The answer to each kind of need. */
export interface NeedAnswers {
  documents: readonly Slots[]
  standing: OrderStanding | undefined
  locked: boolean
  advance: Advance | 'later'
  words: { readonly value: unknown }
  sentence: GuestIntent | undefined
  reaction: { readonly value: unknown } | 'later'
  write: { readonly written: boolean }
  hold: { readonly hold: Hold | null } | { readonly taken: boolean } | { readonly released: true }
  open: Opening
  allow: Opening
  refund: RefundOpening
  present: Presented
  consent: 'consented' | 'expired'
  commit: Committed
  refuse: Outcome
  unlock: undefined
  close: Outcome
}

type Answer = NeedAnswers[Need['kind']]

/** A turn under way: it yields what it needs and goes on with the answer. */
export type Folding<T> = Generator<Need, T, Answer>

/**
 * Asks for one need with the type of its answer: whoever drives a turn answers a need with what belongs to its kind.
 */
export function* ask<N extends Need>(need: N): Generator<Need, NeedAnswers[N['kind']], Answer> {
  return (yield need) as NeedAnswers[N['kind']]
}
