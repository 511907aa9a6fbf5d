import { buildDisclosure } from './disclosure.ts'
import { buildSchedule, sumSchedule, type CreditTerms, type ScheduleLine } from './schedule.ts'

interface Money {
  readonly value: string
  readonly currency: string
}

/** A schedule's line on the wire: digits of minor units. */
export interface WireLine {
  readonly n: number
  readonly from: string
  readonly due: string
  readonly opening: string
  readonly principal: string
  readonly interest: string
  readonly fee: string
  readonly payment: string
  readonly closing: string
}

/** A credit as a quote carries it: what it is made of, and what comes of that. */
export interface WireCredit {
  readonly kind: 'loan' | 'instalments'
  readonly principal: Money
  readonly method: string
  readonly annualRate: string
  readonly periods: number
  readonly dayCount: string
  readonly rounding: string
  readonly start: string
  readonly firstDue: string
  readonly graceMonths?: number
  readonly feeRate?: string
  readonly feeMode?: string
  readonly annualSimple: string
  readonly annualCompound: string
  readonly totalInterest: Money
  readonly totalFee: Money
  readonly totalPayment: Money
  readonly firstPayment: Money
  readonly schedule: readonly WireLine[]
}

export interface BuiltCredit {
  readonly wire: WireCredit
  readonly lines: readonly ScheduleLine[]
}

export function buildCredit(kind: WireCredit['kind'], terms: CreditTerms): BuiltCredit {
  const lines = buildSchedule(terms)
  const totals = sumSchedule(lines)
  const payments = lines.map((line) => line.paymentMinor)
  const { method, annualRate, periods, dayCount, rounding, start, firstDue, graceMonths, feeRate, feeMode } = terms
  const wire: WireCredit = {
    kind,
    principal: cny(terms.principalMinor),
    ...{ method, annualRate, periods, dayCount, rounding, start, firstDue },
    ...(graceMonths ? { graceMonths } : {}),
    ...(feeRate === undefined ? {} : { feeRate, feeMode: feeMode ?? 'per-period' }),
    ...buildDisclosure(terms.principalMinor, payments),
    totalInterest: cny(totals.interestMinor),
    totalFee: cny(totals.feeMinor),
    totalPayment: cny(totals.paymentMinor),
    firstPayment: cny(payments[0] ?? 0n),
    schedule: lines.map(renderLine),
  }
  return { wire, lines }
}

export function renderLine(line: ScheduleLine): WireLine {
  const { n, from, due } = line
  return {
    ...{ n, from, due },
    opening: line.openingMinor.toString(),
    principal: line.principalMinor.toString(),
    interest: line.interestMinor.toString(),
    fee: line.feeMinor.toString(),
    payment: line.paymentMinor.toString(),
    closing: line.closingMinor.toString(),
  }
}

export function readLine(line: WireLine): ScheduleLine {
  const { n, from, due } = line
  return {
    ...{ n, from, due },
    openingMinor: BigInt(line.opening),
    principalMinor: BigInt(line.principal),
    interestMinor: BigInt(line.interest),
    feeMinor: BigInt(line.fee),
    paymentMinor: BigInt(line.payment),
    closingMinor: BigInt(line.closing),
  }
}

function cny(amountMinor: bigint): Money {
  return { value: amountMinor.toString(), currency: 'CNY' }
}
