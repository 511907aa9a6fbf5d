/** Who causes a step. */
export type Actor = 'user' | 'bank' | 'platform' | 'tenant' | 'operator' | 'clock' | 'biller' | 'supplier'

/** One step. `guard` says what has to be true for it, `effect` what it brings along: for people, and for tests. */
export interface Move {
  readonly from: string
  readonly event: string
  readonly to: string
  readonly actor: Actor
  readonly guard?: string
  readonly effect?: string
}

/**
 * The life of one kind of thing, as data. What is not listed is refused without effect. Who runs it is its `home`; a
 * machine of the bank is only mirrored, by version and rank.
 */
export interface Machine {
  readonly home: 'platform' | 'bank' | 'scene'
  readonly initial: string
  readonly states: readonly string[]
  /** Never left; a correction is a thing of its own. */
  readonly terminal: readonly string[]
  readonly transitions: readonly Move[]
}
