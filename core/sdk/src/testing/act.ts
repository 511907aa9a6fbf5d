import type { FetchAnswer } from '../flow/run-state.ts'
import type { Slots } from '../plugin/slots.ts'

/** What somebody outside of the plugin does. The same acts in the same order give the same thread. */
export type Act =
  | { readonly kind: 'says'; readonly words: string }
  | { readonly kind: 'taps'; readonly label: string }
  | { readonly kind: 'starts'; readonly flow: string; readonly input: unknown }
  /** The bank, or whoever provides what was called, ends the open call. */
  | { readonly kind: 'answers'; readonly outcome: string; readonly data: unknown }
  /** What was unknown has been decided, or another event of a capability has come. */
  | { readonly kind: 'settles'; readonly data: unknown }
  | { readonly kind: 'fetches'; readonly answer: FetchAnswer }
  /** Another plugin of the bot tells something that this one listens to. */
  | { readonly kind: 'tells'; readonly event: string; readonly data: Slots }
  | { readonly kind: 'advances'; readonly ms: number }
  /** Another user takes a unit of a limited good. */
  | {
      readonly kind: 'reserves'
      readonly from: string
      readonly counter: string
      readonly key: string
      readonly part: string
    }
  | { readonly kind: 'lapses' }

/** In what way a thread is disturbed while the story is played. */
export interface Disturbance {
  /** Every entry is followed by a restart: the state comes out of storage, the journal is folded again. */
  readonly restarts?: boolean
  /** Whatever comes in comes twice. */
  readonly doubles?: boolean
  /** Before each act everything of before comes once more: old buttons, old answers of the bank, old timers. */
  readonly repeats?: boolean
  /** While the bank asks, the user tells it something that only the bank may know. */
  readonly confides?: boolean
}
