import { addMonths, countYearsMeant, findDueDay, type DayCount } from './calendar.ts'
import { divideRounded, multiply, readDecimal, takePart, type Fraction, type Rounding } from './exact.ts'

export const creditMethods = ['equal-instalment', 'equal-principal', 'interest-only', 'card-instalment'] as const
export type CreditMethod = (typeof creditMethods)[number]

/** What a loan or an instalment plan is made of. Rates are decimal fractions of a year, fees of the principal. */
export interface CreditTerms {
  readonly principalMinor: bigint
  readonly method: CreditMethod
  readonly annualRate: string
  readonly periods: number
  readonly dayCount: DayCount
  readonly rounding: Rounding
  /** `YYYY-MM-DD`, like all days here. */
  readonly start: string
  readonly firstDue: string
  /** The day of the month that is meant, where the credit goes on from a shorter month's end. */
  readonly anchorDay?: number
  /** First periods in which only interest is paid. */
  readonly graceMonths?: number
  readonly feeRate?: string
  readonly feeMode?: 'per-period' | 'once'
  /** The instalment is given, and the term follows from it. */
  readonly instalmentMinor?: bigint
}

export interface ScheduleLine {
  readonly n: number
  readonly from: string
  readonly due: string
  readonly openingMinor: bigint
  readonly principalMinor: bigint
  readonly interestMinor: bigint
  readonly feeMinor: bigint
  readonly paymentMinor: bigint
  readonly closingMinor: bigint
}

/** Every payment until nothing is owed. The last takes what principal is left. */
export function buildSchedule(terms: CreditTerms): ScheduleLine[] {
  const spans = listSpans(terms)
  const instalmentMinor = terms.instalmentMinor ?? buildInstalment(terms, spans)
  const lines: ScheduleLine[] = []
  let openingMinor = terms.principalMinor
  for (const [index, span] of spans.entries()) {
    const interestMinor = takePart(openingMinor, span.rate, terms.rounding)
    const wanted = findPrincipal(terms, { index, interestMinor, instalmentMinor })
    const last = index === terms.periods - 1 || wanted >= openingMinor
    const principalMinor = last ? openingMinor : wanted
    const feeMinor = findFee(terms, index)
    const closingMinor = openingMinor - principalMinor
    const paymentMinor = principalMinor + interestMinor + feeMinor
    const { from, due } = span
    lines.push({
      n: index + 1,
      from,
      due,
      openingMinor,
      principalMinor,
      interestMinor,
      feeMinor,
      paymentMinor,
      closingMinor,
    })
    if (last) break
    openingMinor = closingMinor
  }
  return lines
}

interface Span {
  readonly from: string
  readonly due: string
  /** Interest of the period for each unit that is owed. */
  readonly rate: Fraction
}

function listSpans(terms: CreditTerms): Span[] {
  const annual = readDecimal(terms.method === 'card-instalment' ? '0' : terms.annualRate)
  return Array.from({ length: terms.periods }, (_, index) => {
    const from = index === 0 ? terms.start : findDueDay(terms.start, terms.firstDue, index)
    const due = findDueDay(terms.start, terms.firstDue, index + 1)
    // A period from one due day to the next is a whole month, however short February is.
    const whole = terms.dayCount === 'MONTHLY' && (index > 0 || due === addMonths(from, 1, terms.anchorDay))
    const years = whole
      ? { top: 1n, bottom: 12n }
      : countYearsMeant(terms.dayCount, { from, to: due }, terms.anchorDay ?? 0)
    return { from, due, rate: multiply(annual, years) }
  })
}

/** Digits kept behind the point where a quotient has to be cut: far more than any amount has. */
const scale = 10n ** 36n

/**
 * The even payment whose present value is the principal: P over the sum of the discount factors, in whole numbers
 * scaled by 10^36, rounded once.
 */
function buildInstalment(terms: CreditTerms, spans: readonly Span[]): bigint {
  let factor = scale
  let sum = 0n
  for (const { rate } of spans.slice(terms.graceMonths ?? 0)) {
    factor = divideRounded(factor * rate.bottom, rate.bottom + rate.top)
    sum += factor
  }
  return sum === 0n ? 0n : divideRounded(terms.principalMinor * scale, sum, terms.rounding)
}

interface Place {
  readonly index: number
  readonly interestMinor: bigint
  readonly instalmentMinor: bigint
}

function findPrincipal(terms: CreditTerms, { index, interestMinor, instalmentMinor }: Place): bigint {
  if (index < (terms.graceMonths ?? 0)) return 0n
  const count = BigInt(terms.periods - (terms.graceMonths ?? 0))
  switch (terms.method) {
    case 'equal-instalment':
      return instalmentMinor > interestMinor ? instalmentMinor - interestMinor : 0n
    case 'equal-principal':
      return divideRounded(terms.principalMinor, count, terms.rounding)
    case 'card-instalment':
      return terms.principalMinor / count
    case 'interest-only':
      return 0n
  }
}

function findFee(terms: CreditTerms, index: number): bigint {
  if (terms.feeRate === undefined || (terms.feeMode === 'once' && index > 0)) return 0n
  return takePart(terms.principalMinor, readDecimal(terms.feeRate), terms.rounding)
}

export interface CreditTotals {
  readonly principalMinor: bigint
  readonly interestMinor: bigint
  readonly feeMinor: bigint
  readonly paymentMinor: bigint
}

export function sumSchedule(lines: readonly ScheduleLine[]): CreditTotals {
  const sum = (take: (line: ScheduleLine) => bigint): bigint => lines.reduce((total, line) => total + take(line), 0n)
  return {
    principalMinor: sum((line) => line.principalMinor),
    interestMinor: sum((line) => line.interestMinor),
    feeMinor: sum((line) => line.feeMinor),
    paymentMinor: sum((line) => line.paymentMinor),
  }
}
