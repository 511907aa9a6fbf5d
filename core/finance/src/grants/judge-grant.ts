import type { Money } from '@inthread/sdk/money'
import type { GrantTerms, Strength } from './grant-terms.ts'
import { rankOf, strongestOf } from './strength/required-strength.ts'

export { rankOf }

export type GrantParty = 'bank' | 'tenant' | 'plugin'

/** What is asked, as far as grants look at it. */
export interface GrantCall {
  /** Undefined for an operation that moves no money. */
  readonly amount: Money | undefined
  /** The declared need it is made for, written `plugin.need`. */
  readonly purpose: string
  /** The calendar day in the tenant's zone, `2026-03-05`. */
  readonly day: string
  /** The surest proof of the user that the bank connection can ask for. */
  readonly strength: Strength
}

/** One side of a call: what it allows, and what has been used of that up to now. */
export interface GrantSide {
  readonly party: GrantParty
  readonly state: 'active' | 'blocked' | 'missing'
  readonly terms: GrantTerms
  readonly use: GrantUse
}

export interface GrantUse {
  readonly dayMinor: bigint
  readonly userDayMinor: bigint
  readonly minuteCalls: number
}

export type GrantCeiling = 'grant' | keyof GrantTerms

/**
 * Why, as a class: nobody granted it, it was blocked, it is none of what is allowed, it is more than is ever allowed,
 * or what is allowed for now has been used.
 */
export type GrantReason = 'not_granted' | 'blocked' | 'not_allowed' | 'too_much' | 'used_up'

export interface GrantRefusal {
  readonly kind: 'refused'
  readonly reason: GrantReason
  readonly party: GrantParty
  readonly ceiling: GrantCeiling
}

/** `strength` is what the user's confirmation must at least be; undefined where no side asks for any. */
export type GrantVerdict = { readonly kind: 'allowed'; readonly strength: Strength | undefined } | GrantRefusal

type Finding = Pick<GrantRefusal, 'reason' | 'ceiling'>

/** Allowed by every ceiling of every side, or refused by the first that is not kept. Looks at nothing else. */
export function judgeGrant(call: GrantCall, sides: readonly GrantSide[]): GrantVerdict {
  for (const side of sides) {
    const finding = findRefusal(call, side)
    if (finding) return { kind: 'refused', party: side.party, ...finding }
  }
  return { kind: 'allowed', strength: strongestOf(sides.map(({ terms }) => terms.strength)) }
}

function findRefusal(call: GrantCall, { state, terms, use }: GrantSide): Finding | undefined {
  if (state !== 'active') return { ceiling: 'grant', reason: state === 'missing' ? 'not_granted' : 'blocked' }
  return findOutside(call, terms) ?? findTooMuch(call, terms) ?? findUsedUp(call, terms, use)
}

/** Not at this time, not in this currency, not for this, not with so weak a proof. */
function findOutside({ amount, purpose, day, strength }: GrantCall, terms: GrantTerms): Finding | undefined {
  const refuse = (ceiling: GrantCeiling): Finding => ({ ceiling, reason: 'not_allowed' })
  if (terms.from !== undefined && day < terms.from) return refuse('from')
  if (terms.until !== undefined && day > terms.until) return refuse('until')
  if (terms.purposes !== undefined && !terms.purposes.includes(purpose)) return refuse('purposes')
  if (rankOf(terms.strength) > rankOf(strength)) return refuse('strength')
  if (!amount) return undefined
  const { currency, perCall, perDay, perUserDay } = terms
  const named = [currency, perCall?.currency, perDay?.currency, perUserDay?.currency]
  return named.some((name) => name !== undefined && name !== amount.currency) ? refuse('currency') : undefined
}

function findTooMuch({ amount }: GrantCall, terms: GrantTerms): Finding | undefined {
  if (terms.perMinute === 0) return { ceiling: 'perMinute', reason: 'too_much' }
  if (!amount) return undefined
  for (const ceiling of ['perCall', 'perDay', 'perUserDay'] as const) {
    const limit = terms[ceiling]
    if (limit && amount.amountMinor > limit.amountMinor) return { ceiling, reason: 'too_much' }
  }
  return undefined
}

function findUsedUp({ amount }: GrantCall, terms: GrantTerms, use: GrantUse): Finding | undefined {
  const asked = amount?.amountMinor ?? 0n
  const over = (limit: Money | undefined, used: bigint): boolean =>
    amount !== undefined && limit !== undefined && used + asked > limit.amountMinor
  if (over(terms.perDay, use.dayMinor)) return { ceiling: 'perDay', reason: 'used_up' }
  if (over(terms.perUserDay, use.userDayMinor)) return { ceiling: 'perUserDay', reason: 'used_up' }
  const { perMinute } = terms
  if (perMinute !== undefined && use.minuteCalls >= perMinute) return { ceiling: 'perMinute', reason: 'used_up' }
  return undefined
}
