/**
 * A way to say who one is, and how much a day may move by it, in minor units. A list of them goes from the weakest to
 * the strongest; `dailyMax: undefined` is only what user and bank agreed on.
 */
export interface StrengthTier {
  readonly auth: string
  readonly dailyMax: bigint | undefined
}

/**
 * The rule for payments out of payment accounts: 1,000 yuan a day below two factors, 5,000 with two, and what was
 * agreed with a certificate or signature. Source: PBOC announcement 2015 no. 43. Bank and tenant may set their own.
 */
export const usualTiers: readonly StrengthTier[] = [
  { auth: 'none', dailyMax: 100_000n },
  { auth: 'otp+pin', dailyMax: 500_000n },
  { auth: 'sim-shield', dailyMax: undefined },
]

/** Levels of bar-code payments, from the same announcements (2017). */
export const barCodeTiers: readonly StrengthTier[] = [
  { auth: 'D', dailyMax: 50_000n },
  { auth: 'C', dailyMax: 100_000n },
  { auth: 'B', dailyMax: 500_000n },
  { auth: 'A', dailyMax: undefined },
]

export interface LimitAsk {
  /** How the user has shown who it is. */
  readonly auth: string
  readonly spentToday: bigint
  readonly amount: bigint
}

/** `stepUp` is the weakest way that would do; undefined where none does. */
export type LimitVerdict = { readonly allow: true } | { readonly allow: false; readonly stepUp: string | undefined }

/**
 * Whether an amount may move, by what has moved today and how the user has shown who it is.
 *
 * @throws RangeError for a way that is not among the tiers
 */
export function judgeLimit(
  { auth, spentToday, amount }: LimitAsk,
  tiers: readonly StrengthTier[] = usualTiers,
): LimitVerdict {
  const shown = tiers.findIndex((tier) => tier.auth === auth)
  if (shown < 0) throw new RangeError('auth has to be one of the tiers')
  const enough = ({ dailyMax }: StrengthTier): boolean => dailyMax === undefined || spentToday + amount <= dailyMax
  const needed = tiers.slice(shown).find(enough)
  return needed?.auth === auth ? { allow: true } : { allow: false, stepUp: needed?.auth }
}
