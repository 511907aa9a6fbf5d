import { z } from '@inthread/sdk'
import { judgeLimit, money, usualTiers } from '@inthread/sdk/money'
import { days } from '@inthread/sdk/time'
import { sayGrant } from '../say-grant.ts'

/** How surely the bank must know who confirms, each surer than the one before it. */
export const strengths = ['number', 'code', 'pin', 'signature'] as const
export type Strength = (typeof strengths)[number]

const amount = z.string().regex(/^(0|[1-9][0-9]{0,12})(\.[0-9]{1,3})?$/, sayGrant('form.amount').message)
const tier = z.strictObject({
  strength: z.enum(strengths),
  /** How much one user may move on a day by it; whatever was agreed on when left out. */
  dailyMax: amount.optional(),
})

/** When a surer proof is needed than a grant asks for always, as it is written in a grant. */
export const strengthRulesSchema = z.strictObject({
  /** From the weakest to the strongest; `usual` is the rule for payment accounts, see {@link usualTiers}. */
  tiers: z.union([z.literal('usual'), z.array(tier).min(1).max(4)]).optional(),
  /** The first time that this user pays this payee, from more than this amount on. */
  newPayee: z.strictObject({ strength: z.enum(strengths), above: amount.default('0') }).optional(),
  /** While the number is known as this user's for less than so many days. */
  newNumber: z
    .strictObject({ strength: z.enum(strengths), days: z.int().min(1).max(3650), above: amount.default('0') })
    .optional(),
})

export type StrengthText = z.infer<typeof strengthRulesSchema>

/** The same with its amounts in minor units. */
export interface StrengthRules {
  readonly tiers: readonly { readonly auth: Strength; readonly dailyMax: bigint | undefined }[]
  readonly newPayee: StepUp | undefined
  readonly newNumber: (StepUp & { readonly withinMs: number }) | undefined
}

interface StepUp {
  readonly strength: Strength
  readonly above: bigint
}

/** One code is less than two factors; a code and a PIN are two; the SIM card's signature is a signature. */
const usualStrengths: Readonly<Record<string, Strength>> = { none: 'code', 'otp+pin': 'pin', 'sim-shield': 'signature' }

/** A RangeError when an amount has more places than its currency, or the usual tiers are asked for in another one. */
export function readStrengthRules({ tiers, newPayee, newNumber }: StrengthText, currency: string): StrengthRules {
  const minor = (text: string): bigint => money(text, currency).amountMinor
  if (tiers === 'usual' && currency !== 'CNY') throw new RangeError(sayGrant('grant.usual_tiers').message)
  return {
    tiers: readTiers(tiers, minor),
    newPayee: newPayee && { strength: newPayee.strength, above: minor(newPayee.above) },
    newNumber: newNumber && {
      strength: newNumber.strength,
      above: minor(newNumber.above),
      withinMs: days(newNumber.days),
    },
  }
}

function readTiers(tiers: StrengthText['tiers'], minor: (text: string) => bigint): StrengthRules['tiers'] {
  if (tiers === undefined) return []
  if (tiers === 'usual')
    return usualTiers.map(({ auth, dailyMax }) => ({ auth: usualStrengths[auth] ?? 'signature', dailyMax }))
  return tiers.map(({ strength, dailyMax }) => ({
    auth: strength,
    dailyMax: dailyMax === undefined ? undefined : minor(dailyMax),
  }))
}

/** What is about to happen, as far as its proof depends on it. Amounts in minor units. */
export interface StrengthAsk {
  readonly amountMinor: bigint
  /** What this user has moved by this grant on the same day. */
  readonly spentToday: bigint
  /** Somebody is paid whom this user has never paid here. */
  readonly isNewPayee: boolean
  /** How long the number has been known as this user's; undefined where nobody knows. */
  readonly numberAgeMs: number | undefined
}

/**
 * Pure. How sure the bank has to be of the user for this, by amount, payee and number: the surest of all that apply;
 * undefined where none does. Where no tier takes the amount, the surest one does: refusing is for the grant's limits.
 */
export function requiredStrength(
  ask: StrengthAsk,
  { tiers, newPayee, newNumber }: StrengthRules,
): Strength | undefined {
  if (ask.amountMinor === 0n) return undefined
  const { amountMinor, isNewPayee, numberAgeMs } = ask
  const isNewNumber = newNumber !== undefined && (numberAgeMs === undefined || numberAgeMs < newNumber.withinMs)
  return strongestOf([
    findTier(ask, tiers),
    isNewPayee && newPayee && amountMinor > newPayee.above ? newPayee.strength : undefined,
    isNewNumber && amountMinor > newNumber.above ? newNumber.strength : undefined,
  ])
}

function findTier({ amountMinor, spentToday }: StrengthAsk, tiers: StrengthRules['tiers']): Strength | undefined {
  const [weakest] = tiers
  if (!weakest) return undefined
  const verdict = judgeLimit({ auth: weakest.auth, spentToday, amount: amountMinor }, tiers)
  if (verdict.allow) return weakest.auth
  return tiers.find(({ auth }) => auth === verdict.stepUp)?.auth ?? tiers.at(-1)?.auth
}

/** The surest of these; undefined when none is asked for. */
export function strongestOf(asked: readonly (Strength | undefined)[]): Strength | undefined {
  return strengths[Math.max(...asked.map(rankOf))]
}

/** Below every strength when none is asked for. */
export function rankOf(strength: Strength | undefined): number {
  return strength === undefined ? -1 : strengths.indexOf(strength)
}
