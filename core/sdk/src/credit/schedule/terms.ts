import type { Money } from '../../money.ts'
import type { Day, Every } from '../exact/calendar.ts'
import type { DayCount, RealDayCount } from '../exact/day-count.ts'
import type { Fraction, Rounding } from '../exact/fraction.ts'

/**
 * How principal comes back.
 *
 * - `equal-instalment`: every payment is the same, `A = P·∏f / Σ∏f`, rounded once; interest on what is left
 * - `equal-principal`: every principal is the same, round(P/n); interest on what is left
 * - `interest-only`: interest each period, principal in the last
 * - `bullet`: one payment at the last due day: principal, and interest of the whole time
 * - `flat`: every principal is floor(P/n); interest on the whole of P for the whole time, rounded once, spread evenly
 * - `card-instalment`: every principal is floor(P/n); no interest but fees
 */
export type Method = 'equal-instalment' | 'equal-principal' | 'interest-only' | 'bullet' | 'flat' | 'card-instalment'

export const methods: readonly Method[] = [
  'equal-instalment',
  'equal-principal',
  'interest-only',
  'bullet',
  'flat',
  'card-instalment',
]

/**
 * What becomes of interest while principal waits: it is `paid` each period, `deferred` to the first payment afterwards,
 * `capitalised` (added to the principal each period), or there is none (`free`).
 */
export type GraceInterest = 'paid' | 'deferred' | 'capitalised' | 'free'

/** An amount in whole minor units (fen): as such, or with its currency. What comes out is always minor units. */
export type Amount = bigint | Money

/** From the payment with number `from` on, another rate; an equal instalment is computed anew for what is left. */
export interface RateChange {
  readonly from: number
  readonly annualRate: Rate
}

/** A share as exact decimal text: `0.098` is 9.8 %. */
export type Rate = string

/** Each fee is rounded once. Shares are of the principal. */
export interface Fees {
  /** With every payment. */
  readonly perPeriodRate?: Rate
  readonly perPeriod?: Amount
  /** With the first payment. */
  readonly onceRate?: Rate
  readonly once?: Amount
  /** Kept back when the loan is paid out: the borrower gets less, and owes the whole. */
  readonly keptBackRate?: Rate
  readonly keptBack?: Amount
}

/** A credit as its contract states it. Everything with a default may be left out. */
export interface CreditTerms {
  readonly principal: Amount
  readonly method: Method
  /** Nominal, of a year. Default `0`. */
  readonly annualRate?: Rate
  /** Number of payments, 1 to 1,200. */
  readonly periods: number
  readonly start: Day
  /**
   * Default: one interval after `start`. Another day makes a broken first period; `start` itself makes payments in
   * advance.
   */
  readonly firstDue?: Day
  /** The day of the month of all later payments. Default: as in `start` where `firstDue` follows from it. */
  readonly dueDay?: number
  /** All due days, where no rule gives them. */
  readonly dueDays?: readonly Day[]
  /** Default `{ months: 1 }`. */
  readonly every?: Every
  /** Default `MONTHLY`. */
  readonly dayCount?: DayCount
  /** How a `MONTHLY` credit counts odd days. Default `30E/360`: a month is a twelfth, a day its 30th part. */
  readonly oddDays?: RealDayCount
  /** How often a year interest earns interest: 365 for daily, 2 for half-yearly. Default: only by being unpaid. */
  readonly compoundsPerYear?: number
  /** Default `half-up`. */
  readonly rounding?: Rounding
  /** Payments at the beginning that hold no principal. Default 0. */
  readonly gracePeriods?: number
  /** Default `paid`. */
  readonly graceInterest?: GraceInterest
  /** For so many payments, where it is fewer or more than principal waits. Default: as many as `gracePeriods`. */
  readonly graceInterestPeriods?: number
  /** In order of `from`. */
  readonly rateChanges?: readonly RateChange[]
  /** A payment that the contract fixes, in place of the one that follows; the last one takes the rest. */
  readonly instalment?: Amount
  /** The equal payment is rounded to whole ones of it: 100 minor units for whole yuan. Default 1. */
  readonly instalmentMultiple?: Amount
  /** How it is rounded, where that differs from everything else: `up` leaves no more for the last payment. */
  readonly instalmentRounding?: Rounding
  /** `closest`: one step up or down where the last payment then differs less. Default `rounded`. */
  readonly instalmentFit?: 'rounded' | 'closest'
  /** Paid on the first day already, as a payment of its own without interest. */
  readonly downPayment?: Amount
  /** A principal that the contract fixes for every payment, in place of P/n; the last one takes the rest. */
  readonly principalPart?: Amount
  /** Where equal principals leave a remainder. Default `last`. */
  readonly remainder?: 'first' | 'last'
  readonly fees?: Fees
}

/** An equal payment, and the number of the first payment that it holds for. */
export interface Instalment {
  readonly from: number
  readonly amount: bigint
}

/** The same with every default filled in and every amount in minor units. */
export interface CheckedTerms {
  readonly principal: bigint
  /** What flat interest is charged on, in minor units; after an event, in proportion to what is left. */
  readonly flatBase: Fraction
  readonly method: Method
  readonly annualRate: Rate
  readonly periods: number
  readonly start: Day
  readonly firstDue: Day
  readonly dueDay: number | undefined
  readonly dueDays: readonly Day[] | undefined
  readonly every: Every
  readonly dayCount: DayCount
  readonly oddDays: RealDayCount
  readonly compoundsPerYear: number | undefined
  readonly rounding: Rounding
  readonly gracePeriods: number
  readonly graceInterest: GraceInterest
  readonly graceInterestPeriods: number
  readonly rateChanges: readonly RateChange[]
  /** Those that are fixed: one by the contract, or all of them, where a part paid early makes the time shorter. */
  readonly instalments: readonly Instalment[]
  readonly instalmentMultiple: bigint
  readonly instalmentRounding: Rounding
  readonly instalmentFit: 'rounded' | 'closest'
  readonly downPayment: bigint
  readonly principalPart: bigint | undefined
  readonly remainder: 'first' | 'last'
  readonly fees: Fees
}
