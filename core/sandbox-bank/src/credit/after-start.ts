import { countDays, countYearsMeant, findAnchor } from './calendar.ts'
import { multiply, readDecimal, takePart, type Fraction } from './exact.ts'
import { buildSchedule, type CreditTerms, type ScheduleLine } from './schedule.ts'

/** Interest on what is owed from the day it was last charged to a day within the period. */
export function buildAccruedInterest(
  terms: CreditTerms,
  balanceMinor: bigint,
  span: { from: string; to: string },
): bigint {
  // The day of the start is no due day: it is the one that it is.
  const anchor = span.from === terms.start ? 0 : findAnchor(terms)
  const part = multiply(readDecimal(terms.annualRate), countYearsMeant(terms.dayCount, span, anchor))
  return takePart(balanceMinor, part, terms.rounding)
}

export const prepayStrategies = ['lower-instalment', 'shorter-term'] as const
export type PrepayStrategy = (typeof prepayStrategies)[number]

export interface Rest {
  /** The first payment that is still to come. */
  readonly next: ScheduleLine
  /** The number of the last one: lower than at first where an earlier part has made the time shorter. */
  readonly last: number
  readonly balanceMinor: bigint
  /** The day from which interest on the balance runs. */
  readonly from: string
  readonly strategy: PrepayStrategy
}

/** The payments that are left after part of the principal was paid early; they keep their numbers and days. */
export function buildRest(terms: CreditTerms, rest: Rest): ScheduleLine[] {
  const { next, last, balanceMinor, from, strategy } = rest
  if (balanceMinor === 0n) return []
  const left = last - next.n + 1
  const grace = Math.max((terms.graceMonths ?? 0) - (next.n - 1), 0)
  const keeps = strategy === 'shorter-term' && terms.method === 'equal-instalment' && grace === 0
  const lines = buildSchedule({
    ...terms,
    principalMinor: balanceMinor,
    periods: left,
    start: from,
    firstDue: next.due,
    anchorDay: findAnchor(terms),
    graceMonths: grace,
    ...(keeps ? { instalmentMinor: next.paymentMinor } : {}),
  })
  return lines.map((line) => ({ ...line, n: line.n + next.n - 1 }))
}

/** The yearly rate on what is late: the product's own times its multiplier. */
export function buildPenaltyRate(annualRate: string, multiplier: string): Fraction {
  return multiply(readDecimal(annualRate), readDecimal(multiplier))
}

export interface Arrears {
  readonly principalMinor: bigint
  readonly interestMinor: bigint
  /** Since when the penalty runs on both. */
  readonly from: string
}

/** Penalty on late principal and, compounding, on late interest: each rounded once, days over 360. */
export function buildPenalty(rate: Fraction, arrears: Arrears, on: string): bigint {
  const days = BigInt(Math.max(countDays(arrears.from, on), 0))
  const part = multiply(rate, { top: days, bottom: 360n })
  return takePart(arrears.principalMinor, part) + takePart(arrears.interestMinor, part)
}

export interface Claims {
  readonly penaltyMinor: bigint
  readonly feeMinor: bigint
  readonly interestMinor: bigint
  readonly principalMinor: bigint
}

/** What a payment clears, in this order: penalty, fee, interest, principal. What is over is `restMinor`. */
export function allocate(amountMinor: bigint, claims: Claims): Claims & { readonly restMinor: bigint } {
  let restMinor = amountMinor
  const take = (claimMinor: bigint): bigint => {
    const taken = claimMinor < restMinor ? claimMinor : restMinor
    restMinor -= taken
    return taken
  }
  const penaltyMinor = take(claims.penaltyMinor)
  const feeMinor = take(claims.feeMinor)
  const interestMinor = take(claims.interestMinor)
  const principalMinor = take(claims.principalMinor)
  return { penaltyMinor, feeMinor, interestMinor, principalMinor, restMinor }
}
