import { isDeepStrictEqual } from 'node:util'
import { z } from '@inthread/sdk'
import type { Ceiling } from '@inthread/sdk/capability'
import { isCurrency, money, moneyToDecimal, type Money } from '@inthread/sdk/money'
import {
  readStrengthRules,
  strengthRulesSchema,
  strengths,
  type Strength,
  type StrengthRules,
} from './strength/required-strength.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayGrant as say } from './say-grant.ts'

export { strengths, type Strength }

/** What a bank calls them. */
const methods = { code: 'code', pin: 'code+pin', signature: 'sim-shield' } as const

/** How a bank is asked to make sure of the user. A code is the least that it asks for. */
export function methodOf(strength: string | null | undefined): (typeof methods)[keyof typeof methods] {
  return strength === 'pin' || strength === 'signature' ? methods[strength] : methods.code
}

/** What is reached when the bank has made sure by this method; by one that we do not know, no more than by a code. */
export function strengthOf(method: string | undefined): Strength {
  return (Object.keys(methods) as (keyof typeof methods)[]).find((name) => methods[name] === method) ?? 'code'
}

const amount = z.string().regex(/^(0|[1-9][0-9]{0,12})(\.[0-9]{1,3})?$/, say('form.amount').message)
const day = z.iso.date(say('form.day').message)

/** A grant as it is written: in a definition, in a call of the admin API, in a proposal, and in our table. */
export const grantSchema = z.strictObject({
  perCall: amount.optional(),
  perDay: amount.optional(),
  perUserDay: amount.optional(),
  perMinute: z.int().min(0).max(1_000_000).optional(),
  /** Needs, written `plugin.need`, that it may be used for; any when left out. */
  purposes: z.array(z.string().min(3).max(100)).min(1).max(50).optional(),
  /** The first and the last day, in the tenant's zone. */
  from: day.optional(),
  until: day.optional(),
  /** Of the amounts, and then the only one that may be paid in; the tenant's own when left out beside an amount. */
  currency: z.string().refine(isCurrency, say('form.known_currency').message).optional(),
  strength: z.enum(strengths).optional(),
  /** When a surer proof is needed than that: by amount and day, for a new payee, for a new number. */
  strengthBy: strengthRulesSchema.optional(),
})

export type GrantText = z.infer<typeof grantSchema>

/** What one side allows. Each that is left out is unlimited on this side; of all sides the smallest counts. */
export interface GrantTerms extends Ceiling {
  readonly purposes?: readonly string[]
  readonly from?: string
  readonly until?: string
  readonly currency?: string
  readonly strength?: Strength
  readonly strengthBy?: StrengthRules
}

const amounts = ['perCall', 'perDay', 'perUserDay'] as const

/** The same text with its currency named, so that it means the same wherever it is kept. */
export function completeGrant(text: GrantText, currency: string): GrantText {
  const needed = text.strengthBy !== undefined || amounts.some((name) => text[name] !== undefined)
  return needed && text.currency === undefined ? { ...text, currency } : text
}

/** Why a grant cannot be meant as it is written; undefined when it can. */
export function findGrantProblem(text: GrantText, currency: string): Said | undefined {
  try {
    readGrant(completeGrant(text, currency))
  } catch (error) {
    if (error instanceof RangeError) return explainAmount(text, text.currency ?? currency)
    throw error
  }
  if (text.from !== undefined && text.until !== undefined && text.from > text.until) return say('grant.days')
  return undefined
}

function explainAmount({ strengthBy }: GrantText, currency: string): Said {
  if (!isCurrency(currency)) return say('grant.currency', { currency })
  if (strengthBy?.tiers === 'usual' && currency !== 'CNY') return say('grant.usual_tiers')
  return say('grant.amount', { currency, example: moneyToDecimal(money(1000n, currency)) })
}

/** A complete text as terms. A RangeError when an amount has more places than its currency. */
export function readGrant(text: GrantText): GrantTerms {
  const { perMinute, purposes, from, until, currency, strength, strengthBy } = text
  const limits: Partial<Record<(typeof amounts)[number], Money>> = {}
  for (const name of amounts) {
    const value = text[name]
    if (value !== undefined) limits[name] = money(value, currency ?? '')
  }
  return {
    ...limits,
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(purposes === undefined ? {} : { purposes }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(currency === undefined ? {} : { currency }),
    ...(strength === undefined ? {} : { strength }),
    ...(strengthBy === undefined ? {} : { strengthBy: readStrengthRules(strengthBy, currency ?? '') }),
  }
}

/** Whether some call would be allowed by `after` that `before` refuses: then a second person has to agree. */
export function isWider(before: GrantTerms, after: GrantTerms): boolean {
  return (
    amounts.some((name) => isMoreMoney(before[name], after[name])) ||
    isMore(before.perMinute, after.perMinute, (left, right) => right > left) ||
    isMore(before.from, after.from, (left, right) => right < left) ||
    isMore(before.until, after.until, (left, right) => right > left) ||
    isMore(before.currency, after.currency, (left, right) => right !== left) ||
    isMore(before.purposes, after.purposes, (left, right) => right.some((purpose) => !left.includes(purpose))) ||
    isMore(before.strength, after.strength, (left, right) => strengths.indexOf(right) < strengths.indexOf(left)) ||
    // Which of two rules asks for less depends on what is asked: every change of one is looked at by two.
    isMore(before.strengthBy, after.strengthBy, (left, right) => !isDeepStrictEqual(left, right))
  )
}

function isMore<T>(before: T | undefined, after: T | undefined, more: (left: T, right: T) => boolean): boolean {
  return before !== undefined && (after === undefined || more(before, after))
}

function isMoreMoney(before: Money | undefined, after: Money | undefined): boolean {
  return isMore(
    before,
    after,
    (left, right) => left.currency !== right.currency || right.amountMinor > left.amountMinor,
  )
}
