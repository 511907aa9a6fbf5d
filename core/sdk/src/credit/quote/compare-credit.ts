import { buildSchedule, type Schedule } from '../schedule/build-schedule.ts'
import type { Credit, CreditLine } from './credit.ts'
import { discloseRates, type DisclosedRates } from '../schedule/disclose-rates.ts'
import { parseRate, writeDecimal } from '../exact/fraction.ts'
import { addEvery } from '../exact/calendar.ts'
import type { CreditTerms, Fees } from '../schedule/terms.ts'

/** `path` is the member of the credit that differs or is missing, like `schedule.3.interest`. */
export type CreditComparison =
  | { readonly kind: 'equal' }
  | { readonly kind: 'differs'; readonly path: string; readonly ours: string; readonly theirs: string }
  | { readonly kind: 'incomplete'; readonly path: string }

type Difference = Exclude<CreditComparison, { readonly kind: 'equal' }>

/**
 * Computes a bank's credit again, from its terms alone: totals, first payment, both annual rates (to the digits that
 * the bank gives, at least four) and, where there is one, every line of the schedule. What is not `equal` may not be
 * shown: without its annual rate nobody may offer a credit.
 *
 * A card has no schedule: its simple annual rate has to be there, and is the nominal one.
 */
export function compareCredit(credit: Credit): CreditComparison {
  const missing = findMissing(credit)
  if (missing !== undefined) return { kind: 'incomplete', path: missing }
  return (credit.kind === 'card' ? compareCard(credit) : comparePlan(credit)) ?? { kind: 'equal' }
}

const ofCards = ['annualSimple', 'annualRate'] as const
const ofPlans = [
  'annualSimple',
  'annualCompound',
  'principal',
  'method',
  'periods',
  'start',
  'firstDue',
  'totalInterest',
  'totalPayment',
  'firstPayment',
] as const

function findMissing(credit: Credit): string | undefined {
  const needed = credit.kind === 'card' ? ofCards : ofPlans
  const missing = needed.find((name) => credit[name] === undefined)
  return missing ?? (credit.annualRate === undefined && credit.feeRate === undefined ? 'annualRate' : undefined)
}

function compareCard({ annualSimple = '', annualRate = '0' }: Credit): Difference | undefined {
  return compareRate('annualSimple', annualSimple, [annualRate])
}

function comparePlan(credit: Credit): Difference | undefined {
  const schedule = findSchedule(credit)
  if (schedule === undefined) return { kind: 'incomplete', path: 'method' }
  return compareTotals(credit, schedule) ?? compareRates(credit, schedule) ?? compareLines(credit, schedule)
}

/** Our own schedule of a credit; undefined where its terms say too little or contradict one another. */
export function findSchedule(credit: Credit): Schedule | undefined {
  const terms = findTerms(credit)
  if (terms === undefined) return undefined
  try {
    return buildSchedule(terms)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function findTerms(credit: Credit): CreditTerms | undefined {
  const { principal, method, periods, start, firstDue, annualRate, dayCount, rounding } = credit
  if (principal === undefined || method === undefined || periods === undefined || start === undefined) return undefined
  return {
    ...{ principal, method, periods, start, gracePeriods: credit.graceMonths ?? 0, fees: listFees(credit) },
    ...(firstDue === undefined ? {} : { firstDue }),
    ...(annualRate === undefined || method === 'card-instalment' ? {} : { annualRate }),
    ...(dayCount === undefined ? {} : { dayCount }),
    ...(rounding === undefined ? {} : { rounding }),
  }
}

function listFees({ feeRate, feeMode }: Credit): Fees {
  if (feeRate === undefined) return {}
  if (feeMode === 'once') return { onceRate: feeRate }
  return feeMode === 'kept-back' ? { keptBackRate: feeRate } : { perPeriodRate: feeRate }
}

function compareTotals(credit: Credit, { totals, rows }: Schedule): Difference | undefined {
  const apart = credit.totalFee !== undefined
  const ours = {
    totalInterest: apart ? totals.interest : totals.interest + totals.fee,
    ...(apart ? { totalFee: totals.fee } : {}),
    totalPayment: totals.payment,
    firstPayment: rows[0]?.payment ?? 0n,
  }
  for (const [name, amount] of Object.entries(ours)) {
    const theirs = credit[name as keyof typeof ours]
    const same = theirs?.amountMinor === amount && theirs.currency === credit.principal?.currency
    if (!same) return differ(name, amount, theirs?.amountMinor ?? '')
  }
  return undefined
}

function compareRates(credit: Credit, schedule: Schedule): Difference | undefined {
  const { annualSimple = '', annualCompound = '' } = credit
  const rates = discloseRates(schedule)
  return (
    compareRate('annualSimple', annualSimple, [rates.annualSimple]) ??
    compareRate('annualCompound', annualCompound, listCompound(rates, schedule))
  )
}

/** With a broken first period, equal steps are not true any more: then the rate by dates is as good. */
function listCompound(rates: DisclosedRates, { terms }: Schedule): readonly string[] {
  const broken = terms.firstDue !== addEvery(terms.start, terms.every, 1)
  return broken ? [rates.annualCompound, rates.annualByDates] : [rates.annualCompound]
}

const fewestDigits = 4

/** Equal where ours, rounded to their digits, is the same. */
function compareRate(path: string, theirs: string, ours: readonly string[]): Difference | undefined {
  const places = Math.min(Math.max(theirs.split('.')[1]?.length ?? 0, fewestDigits), 10)
  const write = (rate: string): string => writeDecimal(parseRate(rate, path), places)
  const written = ours.map(write)
  return written.includes(write(theirs)) ? undefined : differ(path, written[0] ?? '', theirs)
}

const lineMembers = ['n', 'from', 'due', 'opening', 'principal', 'interest', 'fee', 'payment', 'closing'] as const

function compareLines({ schedule }: Credit, { rows }: Schedule): Difference | undefined {
  if (schedule === undefined) return undefined
  if (schedule.length !== rows.length) return differ('schedule.length', rows.length, schedule.length)
  for (const [index, row] of rows.entries()) {
    const theirs: CreditLine | undefined = schedule[index]
    const name = lineMembers.find((member) => theirs?.[member] !== row[member])
    if (name !== undefined) return differ(`schedule.${index}.${name}`, row[name], theirs?.[name] ?? '')
  }
  return undefined
}

function differ(path: string, ours: string | number | bigint, theirs: string | number | bigint): Difference {
  return { kind: 'differs', path, ours: String(ours), theirs: String(theirs) }
}
