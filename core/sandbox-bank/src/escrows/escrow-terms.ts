const dayMs = 24 * 3_600_000

/** What the bank promises of money that waits for two people: data, so that another rule is another number. */
export const escrowTerms = {
  minMinor: 100n,
  maxMinor: 2_000_000n,
  /** Not shipped in this time: it goes back. */
  shipMs: 3 * dayMs,
  /** Not answered in this time after shipping: the buyer is reminded, once. */
  answerMs: 7 * dayMs,
  /** Not answered in this time after the reminder: it goes to the seller. */
  graceMs: 2 * dayMs,
  /** Not agreed in this time: the bank decides. */
  decideMs: 3 * dayMs,
} as const

export const daysOf = (ms: number): number => ms / dayMs
