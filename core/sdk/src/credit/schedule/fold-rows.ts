import type { Day } from '../exact/calendar.ts'
import { minorOf } from './check-terms.ts'
import {
  addFractions,
  multiplyFractions,
  parseRate,
  roundFraction,
  shareOf,
  zero,
  type Fraction,
} from '../exact/fraction.ts'
import { findLevelPayment } from './level-payment.ts'
import { rateOf, type Period } from './list-periods.ts'
import type { Amount, CheckedTerms, Fees, Instalment } from './terms.ts'

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

/** What goes from one period to the next. */
interface Owed {
  readonly balance: bigint
  readonly deferred: bigint
  /** Of a flat interest, what has not been charged yet. */
  readonly flat: bigint
}

/** How payments are made up until something changes. */
interface Level {
  readonly instalment: bigint | undefined
  readonly exact: Fraction | undefined
  /** Where principals are alike. */
  readonly first: bigint
  readonly each: bigint
}

interface Plan {
  readonly terms: CheckedTerms
  readonly periods: readonly Period[]
  /** Payments without principal, and payments whose interest is spared. */
  readonly grace: number
  readonly spared: number
}

export interface FoldedRows {
  readonly rows: readonly ScheduleRow[]
  readonly instalments: readonly Instalment[]
  /** The first equal payment, as it is paid and before it was rounded. */
  readonly instalment: bigint | undefined
  readonly exactInstalment: Fraction | undefined
}

export function foldRows(terms: CheckedTerms, given: readonly Period[]): FoldedRows {
  const plan = buildPlan(terms, given)
  const rows: FoldedRow[] = []
  let owed: Owed = { balance: terms.principal, deferred: 0n, flat: sumFlat(plan) }
  let level: Level = { instalment: undefined, exact: undefined, first: 0n, each: 0n }
  const levels: (Level & { readonly from: number })[] = []
  for (const [index, period] of plan.periods.entries()) {
    if (isNewLevel(plan, index, period)) {
      level = findLevel(plan, index, owed.balance)
      levels.push({ ...level, from: period.n })
    }
    const row = buildRow({ ...plan, level }, { period, index }, owed)
    rows.push(row)
    owed = { balance: row.closing, deferred: row.deferred ?? 0n, flat: owed.flat - row.accrued }
    if (owed.balance === 0n) break
  }
  return {
    rows: rows.map(({ accrued: _, ...row }) => row),
    instalments: levels.flatMap(({ from, instalment }) =>
      instalment === undefined ? [] : [{ from, amount: instalment }],
    ),
    instalment: levels[0]?.instalment,
    exactInstalment: levels[0]?.exact,
  }
}

function buildPlan(terms: CheckedTerms, given: readonly Period[]): Plan {
  const spared = terms.graceInterest === 'paid' ? 0 : terms.graceInterestPeriods
  const free = terms.graceInterest === 'free' ? spared : 0
  const periods = given.map((period, index) => (index < free ? { ...period, rate: zero } : period))
  return { terms, periods, grace: Math.min(terms.gracePeriods, given.length - 1), spared }
}

/** Flat interest is rounded once as a whole. */
function sumFlat({ terms, periods }: Plan): bigint {
  if (terms.method !== 'flat') return 0n
  const whole = periods.reduce((sum, { rate }) => addFractions(sum, rate), zero)
  return chargeFlat(terms, whole)
}

export function chargeFlat({ flatBase, rounding }: CheckedTerms, rate: Fraction): bigint {
  return roundFraction(multiplyFractions(flatBase, rate), rounding)
}

function isNewLevel({ terms, grace }: Plan, index: number, { n }: Period): boolean {
  const changes = terms.method === 'equal-instalment' && terms.rateChanges.some(({ from }) => from === n)
  return index === grace || (index > grace && changes)
}

function findLevel(plan: Plan, index: number, balance: bigint): Level {
  const { terms, periods } = plan
  const parts = divide(terms, balance, periods.length - index)
  const n = periods[index]?.n ?? 1
  const fixed = terms.instalments.findLast(({ from }) => from <= n) ?? terms.instalments[0]
  if (fixed !== undefined) return { instalment: fixed.amount, exact: undefined, ...parts }
  const exact = findExactLevel(plan, index, balance)
  if (exact === undefined) return { instalment: undefined, exact, ...parts }
  const whole = { ...exact, denominator: exact.denominator * terms.instalmentMultiple }
  const instalment = roundFraction(whole, terms.instalmentRounding) * terms.instalmentMultiple
  return { instalment, exact: terms.method === 'flat' ? undefined : exact, ...parts }
}

/** A rate that will change later is not known yet: the payment is computed as if this one stayed. */
function findExactLevel({ terms, periods }: Plan, index: number, balance: bigint): Fraction | undefined {
  const left = periods.slice(index)
  if (terms.method === 'equal-instalment') {
    const changes = terms.rateChanges.length > 0
    const n = left[0]?.n ?? 1
    const rates = changes
      ? left.map((each) => (each.rate === zero ? each : { rate: rateOf(terms, each.share, n) }))
      : left
    return findLevelPayment(balance, rates)
  }
  if (terms.method !== 'flat' || terms.instalmentMultiple === 1n) return undefined
  const interest = chargeFlat(terms, left[0]?.rate ?? zero)
  const count = BigInt(left.length)
  return { numerator: balance + interest * count, denominator: count }
}

/** What it took of the flat interest goes no further than here. */
type FoldedRow = ScheduleRow & { readonly accrued: bigint }

/** Counted from nought here: what is left of a schedule keeps its numbers. */
interface Place {
  readonly period: Period
  readonly index: number
}

type PlanNow = Plan & { readonly level: Level }

function buildRow(plan: PlanNow, { period, index }: Place, owed: Owed): FoldedRow {
  const { n, from, due, days } = period
  const usual = accrue(plan, { period, index }, owed)
  const principal = index < plan.grace ? 0n : findPrincipal(plan, index, { balance: owed.balance, accrued: usual })
  // Whatever waited until now is asked for with the last payment, even where that comes early.
  const last = principal === owed.balance
  const accrued = last && plan.terms.method === 'flat' ? owed.flat : usual
  const spared = index < plan.spared && !last
  const { interest, deferred, capitalised } = spared ? spare(plan.terms, accrued, owed) : payAll(accrued, owed)
  const fee = sumFees(plan.terms, index)
  const amounts = { opening: owed.balance, principal, interest, fee, payment: principal + interest + fee }
  const closing = owed.balance - principal + capitalised
  const waited = { ...(capitalised > 0n ? { capitalised } : {}), ...(deferred > 0n ? { deferred } : {}) }
  return { n, from, due, days, ...amounts, closing, ...waited, accrued }
}

function accrue({ terms, periods }: Plan, { period, index }: Place, { balance, flat }: Owed): bigint {
  if (terms.method !== 'flat') return shareOf(balance, period.rate, terms.rounding)
  const part = chargeFlat(terms, period.rate)
  return part > flat || index === periods.length - 1 ? flat : part
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
  plan: PlanNow,
  index: number,
  { balance, accrued }: { readonly balance: bigint; readonly accrued: bigint },
): bigint {
  if (index === plan.periods.length - 1) return balance
  const wanted = wantPrincipal(plan, index, accrued)
  if (wanted < 0n) return 0n
  return wanted > balance ? balance : wanted
}

function wantPrincipal({ terms, level, grace }: PlanNow, index: number, accrued: bigint): bigint {
  if (level.instalment !== undefined) return level.instalment - accrued
  if (terms.method === 'interest-only') return 0n
  return index === grace ? level.first : level.each
}

function divide(terms: CheckedTerms, balance: bigint, count: number): Pick<Level, 'first' | 'each'> {
  const { method, remainder, rounding, principalPart } = terms
  if (principalPart !== undefined) return { first: principalPart, each: principalPart }
  const exact = { numerator: balance, denominator: BigInt(count) }
  const each = roundFraction(exact, method === 'equal-principal' ? rounding : 'down')
  return { each, first: remainder === 'first' ? balance - each * BigInt(count - 1) : each }
}

function sumFees(terms: CheckedTerms, index: number): bigint {
  const { perPeriodRate, perPeriod, onceRate, once } = terms.fees
  const regular = feeOf(terms, perPeriodRate, perPeriod)
  return index === 0 ? regular + feeOf(terms, onceRate, once) : regular
}

/** As amounts: shares of a principal that changes would change with it. */
export function fixFees(terms: CheckedTerms): Fees {
  const { perPeriodRate, perPeriod, onceRate, once, keptBackRate, keptBack } = terms.fees
  return {
    perPeriod: feeOf(terms, perPeriodRate, perPeriod),
    once: feeOf(terms, onceRate, once),
    keptBack: feeOf(terms, keptBackRate, keptBack),
  }
}

/** A share of the principal, rounded once, and a fixed amount: each where there is one. */
export function feeOf(terms: CheckedTerms, rate: string | undefined, fixed: Amount | undefined): bigint {
  const share = rate === undefined ? 0n : shareOf(terms.principal, parseRate(rate, 'a rate of fees'), terms.rounding)
  return share + (fixed === undefined ? 0n : minorOf(fixed, 'a fee'))
}
