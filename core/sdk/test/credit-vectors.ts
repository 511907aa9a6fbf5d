import { readFileSync } from 'node:fs'
import type { CreditTerms, DayCount, Method, Rounding, Schedule } from '../src/credit.ts'
import { buildSchedule, readMinor, writeMinor } from '../src/credit.ts'

const folder = new URL('../../../test/wire/finance/', import.meta.url)

/** What was agreed about money: one file each, amounts as decimal text. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

export interface LoanInputs {
  readonly principal: string
  readonly method: Method
  readonly annualRate?: string
  readonly periods: number
  readonly dayCount?: DayCount
  readonly rounding: Rounding
  readonly start: string
  readonly firstDue: string
  readonly gracePrincipalPeriods?: number
  readonly feePerPeriodRate?: string
  readonly feeUpfrontRate?: string
}

export interface AgreedRow {
  readonly n: number
  readonly fee?: string
}

export interface LoanVector {
  readonly id: string
  readonly title: string
  readonly currency: { readonly code: string; readonly scale: number }
  readonly inputs: LoanInputs
  readonly schedule: readonly AgreedRow[]
  readonly totals: Readonly<Record<string, string>>
  readonly disclosure?: Readonly<Record<string, string | number>>
  readonly exactInstalment?: string
  readonly instalment?: string
  readonly interestForm?: readonly AgreedRow[]
}

export const loanVectors = (readVectors('loans.json') as { readonly vectors: readonly LoanVector[] }).vectors

export function termsOf(inputs: LoanInputs, scale = 2): CreditTerms {
  const { principal, gracePrincipalPeriods, feePerPeriodRate, feeUpfrontRate, ...rest } = inputs
  return {
    ...{ ...rest, principal: readMinor(principal, scale), gracePeriods: gracePrincipalPeriods ?? 0 },
    fees: { perPeriodRate: feePerPeriodRate ?? '0', onceRate: feeUpfrontRate ?? '0' },
  }
}

/** The rows as the vectors write them: decimal text, and a fee only where the product has one. */
export function writeRows(rows: Schedule['rows'], scale = 2): unknown[] {
  const charged = rows.some(({ fee }) => fee > 0n)
  return rows.map(({ n, from, due, days, ...row }) => {
    const write = (amount: bigint): string => writeMinor(amount, scale)
    const { opening, principal, interest, fee, payment, closing } = row
    return {
      ...{ n, from, due, days, opening: write(opening), principal: write(principal), interest: write(interest) },
      ...(charged ? { fee: write(fee) } : {}),
      ...{ payment: write(payment), closing: write(closing) },
    }
  })
}

export function scheduleOf(vector: LoanVector): Schedule {
  return buildSchedule(termsOf(vector.inputs, vector.currency.scale))
}
