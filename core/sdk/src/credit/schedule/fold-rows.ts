import type { Day } from '../exact/calendar.ts'
import { minorOf } from './check-terms.ts'
import { parseRate, roundFraction, shareOf } from '../exact/fraction.ts'
import type { Period } from './list-periods.ts'
import type { Amount, CheckedTerms } from './terms.ts'

/** One line of a schedule; all amounts in minor units. `payment` = principal + interest + fee. */
export interface ScheduleRow {
  readonly n: number
  readonly from: Day
  readonly due: Day
  readonly days: number
  readonly opening: bigint
  readonly principal: bigint
  readonly interest: bigint
  readonly fee: bigint
  readonly payment: bigint
  readonly closing: bigint
  /** Interest that was added to the principal; only in a grace period that capitalises. */
  readonly capitalised?: bigint
  /** Interest that is owed and was not asked for yet; only in a grace period that defers. */
  readonly deferred?: bigint
}

interface Plan {
  readonly terms: CheckedTerms
  readonly instalment: bigint | undefined
  /** The number of payments without principal, and of all payments. */
  readonly grace: number
  readonly last: number
  /** What each payment holds where principals are alike. */
  readonly parts: Parts
}

interface Parts {
  readonly first: bigint
  readonly each: bigint
}

/** What goes from one period to the next. */
interface Owed {
  readonly balance: bigint
  readonly deferred: bigint
}

export function foldRows(
  terms: CheckedTerms,
  periods: readonly Period[],
  instalment: bigint | undefined,
): readonly ScheduleRow[] {
  const grace = Math.min(terms.gracePeriods, periods.length - 1)
  const plan = { terms, instalment, grace, last: periods.length }
  const rows: ScheduleRow[] = []
  let owed: Owed = { balance: terms.principal, deferred: 0n }
  let parts: Parts = { first: 0n, each: 0n }
  for (const [index, period] of periods.entries()) {
    if (index === grace) parts = divide(terms, owed.balance, periods.length - grace)
    const row = buildRow({ ...plan, parts }, { period, index }, owed)
    rows.push(row)
    owed = { balance: row.closing, deferred: row.deferred ?? 0n }
    if (owed.balance === 0n) break
  }
  return rows
}

/** Counted from nought here: what is left of a schedule keeps its numbers. */
interface Place {
  readonly period: Period
  readonly index: number
}

function buildRow(plan: Plan, place: Place, owed: Owed): ScheduleRow {
  const { terms } = plan
  const { n, from, due, days, rate } = place.period
  const accrued = shareOf(terms.method === 'flat' ? terms.principal : owed.balance, rate, terms.rounding)
  const waiting = place.index < plan.grace
  const { interest, deferred, capitalised } = waiting ? spare(terms, accrued, owed) : payAll(accrued, owed)
  const principal = waiting ? 0n : findPrincipal(plan, place.index, { balance: owed.balance, accrued })
  const fee = listFees(terms, n)
  const amounts = { opening: owed.balance, principal, interest, fee, payment: principal + interest + fee }
  const closing = owed.balance - principal + capitalised
  const waited = { ...(capitalised > 0n ? { capitalised } : {}), ...(deferred > 0n ? { deferred } : {}) }
  return { n, from, due, days, ...amounts, closing, ...waited }
}

interface Charge {
  readonly interest: bigint
  readonly deferred: bigint
  readonly capitalised: bigint
}

function payAll(accrued: bigint, { deferred }: Owed): Charge {
  return { interest: accrued + deferred, deferred: 0n, capitalised: 0n }
}

function spare({ graceInterest }: CheckedTerms, accrued: bigint, { deferred }: Owed): Charge {
  switch (graceInterest) {
    case 'paid':
      return { interest: accrued, deferred, capitalised: 0n }
    case 'deferred':
      return { interest: 0n, deferred: deferred + accrued, capitalised: 0n }
    case 'capitalised':
      return { interest: 0n, deferred, capitalised: accrued }
    case 'free':
      return { interest: 0n, deferred, capitalised: 0n }
  }
}

/** Never below nothing and never more than is left; the last one is what is left. */
function findPrincipal(
  plan: Plan,
  index: number,
  { balance, accrued }: { readonly balance: bigint; readonly accrued: bigint },
): bigint {
  if (index === plan.last - 1) return balance
  const wanted = wantPrincipal(plan, index, accrued)
  if (wanted < 0n) return 0n
  return wanted > balance ? balance : wanted
}

function wantPrincipal({ terms, instalment, grace, parts }: Plan, index: number, accrued: bigint): bigint {
  if (instalment !== undefined) return instalment - accrued
  if (terms.method === 'interest-only') return 0n
  return index === grace ? parts.first : parts.each
}

function divide(terms: CheckedTerms, balance: bigint, count: number): Parts {
  const { method, remainder, rounding, principalPart } = terms
  if (principalPart !== undefined) return { first: principalPart, each: principalPart }
  const exact = { numerator: balance, denominator: BigInt(count) }
  const each = roundFraction(exact, method === 'equal-principal' ? rounding : 'down')
  return { each, first: remainder === 'first' ? balance - each * BigInt(count - 1) : each }
}

function listFees(terms: CheckedTerms, n: number): bigint {
  const { perPeriodRate, perPeriod, onceRate, once } = terms.fees
  const regular = feeOf(terms, perPeriodRate, perPeriod)
  return n === 1 ? regular + feeOf(terms, onceRate, once) : regular
}

/** A share of the principal, rounded once, and a fixed amount: each where there is one. */
export function feeOf(terms: CheckedTerms, rate: string | undefined, fixed: Amount | undefined): bigint {
  const share = rate === undefined ? 0n : shareOf(terms.principal, parseRate(rate, 'a rate of fees'), terms.rounding)
  return share + (fixed === undefined ? 0n : minorOf(fixed))
}
