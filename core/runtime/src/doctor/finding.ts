/** One thing that was looked at. `unknown` could not be looked at because something before it is wrong. */
export interface Finding {
  readonly check: string
  readonly state: 'fine' | 'wrong' | 'unknown'
  readonly detail: string
  readonly remedy?: string
}
