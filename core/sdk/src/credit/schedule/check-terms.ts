import type { Money } from '../../money.ts'
import { addEvery, measureEvery, parseDay, type Every } from '../exact/calendar.ts'
import { realDayCounts } from '../exact/day-count.ts'
import { fraction, parseRate, roundings } from '../exact/fraction.ts'
import { methods, type Amount, type CheckedTerms, type CreditTerms, type Fees } from './terms.ts'

const mostPeriods = 1200

/** Fills in what was left out. Throws a RangeError that names the member and says what it has to be. */
export function checkTerms(terms: CreditTerms): CheckedTerms {
  const every = terms.every ?? { months: 1 }
  assertEvery(every)
  parseDay(terms.start, 'start')
  const principal = minorOf(terms.principal, 'principal')
  const downPayment = minorOf(terms.downPayment ?? 0n, 'downPayment')
  const checked: CheckedTerms = {
    ...{ principal, downPayment, flatBase: fraction(principal - downPayment, 1n) },
    ...{ method: terms.method, annualRate: terms.annualRate ?? '0' },
    ...{ periods: terms.periods, start: terms.start, every },
    firstDue: terms.dueDays?.[0] ?? terms.firstDue ?? addEvery(terms.start, every, 1),
    ...{ dueDay: terms.dueDay, dueDays: terms.dueDays },
    ...{ dayCount: terms.dayCount ?? 'MONTHLY', oddDays: terms.oddDays ?? '30E/360' },
    ...{ compoundsPerYear: terms.compoundsPerYear, rounding: terms.rounding ?? 'half-up' },
    ...{ gracePeriods: terms.gracePeriods ?? 0, graceInterest: terms.graceInterest ?? 'paid' },
    graceInterestPeriods: terms.graceInterestPeriods ?? terms.gracePeriods ?? 0,
    ...{
      rateChanges: terms.rateChanges ?? [],
      instalmentMultiple: minorOf(terms.instalmentMultiple ?? 1n, 'instalmentMultiple'),
    },
    instalmentFit: terms.instalmentFit ?? 'rounded',
    instalmentRounding: terms.instalmentRounding ?? terms.rounding ?? 'half-up',
    instalments: terms.instalment === undefined ? [] : [{ from: 1, amount: minorOf(terms.instalment, 'instalment') }],
    principalPart: terms.principalPart === undefined ? undefined : minorOf(terms.principalPart, 'principalPart'),
    ...{ remainder: terms.remainder ?? 'last', fees: terms.fees ?? {} },
  }
  assertAmounts(checked)
  assertFees(checked.fees)
  assertRates(checked)
  assertWords(checked)
  assertCounts(checked)
  assertDays(checked)
  assertDueDays(terms)
  assertMethod(checked)
  return checked
}

export function minorOf(amount: Amount, what: string): bigint {
  const minor = typeof amount === 'bigint' ? amount : (amount as Money | null | undefined)?.amountMinor
  refuseUnless(typeof minor === 'bigint', what, 'an amount: money, or whole minor units as a bigint')
  return minor
}

function assertEvery(every: Every): void {
  const units = Object.keys(every)
  const measure = measureEvery(every)
  const count = 'months' in measure ? measure.months : measure.days
  const rule = 'one unit with a whole number from 1 on, like { months: 1 }; units are months, weeks, days and years'
  refuseUnless(units.length === 1 && Number.isInteger(count) && count >= 1 && count <= 3660, 'every', rule)
}

function assertAmounts({ principal, instalments, instalmentMultiple, principalPart, downPayment }: CheckedTerms): void {
  refuseUnless(principal > 0n, 'principal', 'above zero, in whole minor units')
  refuseUnless(downPayment >= 0n && downPayment < principal, 'downPayment', 'less than the principal, or left out')
  refuseUnless(instalmentMultiple > 0n, 'instalmentMultiple', 'above zero, in whole minor units')
  refuseUnless(
    instalments.every(({ amount }) => amount > 0n),
    'instalment',
    'above zero, or left out',
  )
  refuseUnless(principalPart === undefined || principalPart > 0n, 'principalPart', 'above zero, or left out')
}

function assertFees(fees: Fees): void {
  for (const name of ['perPeriod', 'once', 'keptBack'] as const) {
    const fixed = minorOf(fees[name] ?? 0n, `fees.${name}`)
    refuseUnless(fixed >= 0n, `fees.${name}`, 'zero or more, in whole minor units')
    parseRate(fees[`${name}Rate`] ?? '0', `fees.${name}Rate`)
  }
}

function assertRates({ annualRate, rateChanges, periods, downPayment }: CheckedTerms): void {
  refuseUnless(downPayment === 0n || rateChanges.length === 0, 'downPayment', 'left out where the rate changes')
  parseRate(annualRate, 'annualRate')
  for (const [index, change] of rateChanges.entries()) {
    parseRate(change.annualRate, 'annualRate of each of rateChanges')
    assertWhole(change.from, [(rateChanges[index - 1]?.from ?? 1) + 1, periods], 'from of each of rateChanges')
  }
}

function assertWords(terms: CheckedTerms): void {
  const { method, rounding, dayCount, oddDays, graceInterest } = terms
  assertOneOf(method, methods, 'method')
  assertOneOf(rounding, roundings, 'rounding')
  assertOneOf(terms.instalmentRounding, roundings, 'instalmentRounding')
  assertOneOf(terms.instalmentFit, ['rounded', 'closest'], 'instalmentFit')
  assertOneOf(terms.remainder, ['first', 'last'], 'remainder')
  assertOneOf(dayCount, ['MONTHLY', ...realDayCounts], 'dayCount')
  assertOneOf(oddDays, realDayCounts, 'oddDays')
  assertOneOf(graceInterest, ['paid', 'deferred', 'capitalised', 'free'], 'graceInterest')
}

function assertCounts(terms: CheckedTerms): void {
  const { periods, gracePeriods, compoundsPerYear, dueDay } = terms
  assertWhole(periods, [1, mostPeriods], 'periods')
  assertWhole(gracePeriods, [0, periods - 1], 'gracePeriods')
  const most = terms.graceInterest === 'capitalised' ? gracePeriods : periods - 1
  assertWhole(terms.graceInterestPeriods, [0, most], 'graceInterestPeriods')
  if (compoundsPerYear !== undefined) assertWhole(compoundsPerYear, [1, 366], 'compoundsPerYear')
  if (dueDay !== undefined) assertWhole(dueDay, [1, 31], 'dueDay')
}

function assertDays({ start, firstDue, dueDays, periods }: CheckedTerms): void {
  parseDay(firstDue, 'firstDue')
  refuseUnless(firstDue >= start, 'firstDue', 'the day of start or a later one')
  if (dueDays === undefined) return
  refuseUnless(dueDays.length === periods, 'dueDays', 'as many days as there are periods')
  for (const day of dueDays) parseDay(day, 'each of dueDays')
  const ordered = dueDays.every((day, index) => index === 0 || day > (dueDays[index - 1] ?? ''))
  refuseUnless(ordered, 'dueDays', 'in order, each later than the one before')
}

function assertDueDays({ dueDays, dueDay, firstDue }: CreditTerms): void {
  if (dueDays === undefined) return
  const same = firstDue === undefined || firstDue === dueDays[0]
  refuseUnless(same, 'firstDue', 'the first of dueDays, or left out where there are any')
  refuseUnless(dueDay === undefined, 'dueDay', 'left out where dueDays say all of them')
}

/** What a method has no use for would be left out of account in silence. */
function assertMethod({ method, annualRate, rateChanges, gracePeriods, graceInterestPeriods }: CheckedTerms): void {
  if (method !== 'bullet' && method !== 'card-instalment') return
  refuseUnless(rateChanges.length === 0, 'rateChanges', `left out for ${method}`)
  if (method === 'bullet') {
    const rule = 'left out for bullet, which is paid at the end, with all of its interest'
    refuseUnless(gracePeriods === 0, 'gracePeriods', rule)
    return refuseUnless(graceInterestPeriods === 0, 'graceInterestPeriods', rule)
  }
  const free = parseRate(annualRate, 'annualRate').numerator === 0n
  refuseUnless(free, 'annualRate', '0, or left out, for card-instalment: it costs fees and no interest')
}

export function assertWhole(value: number, [least, most]: readonly [number, number], what: string): void {
  const fits = Number.isInteger(value) && value >= least && value <= most
  refuseUnless(fits, what, `a whole number from ${least} to ${most}`)
}

export function assertOneOf(value: string, known: readonly string[], what: string): void {
  refuseUnless(known.includes(value), what, `one of ${known.join(', ')}`)
}

export function refuseUnless(fits: boolean, what: string, rule: string): asserts fits {
  if (!fits) throw new RangeError(`${what} has to be ${rule}`)
}
