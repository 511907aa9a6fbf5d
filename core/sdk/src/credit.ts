/**
 * The mathematics of credit: schedules, annual rates, and what happens to a credit afterwards. Exact: whole minor units
 * and fractions, never a binary float; each amount is rounded once.
 */
export { addDays, addMonths, daysBetween, type Day, type Every } from './credit/exact/calendar.ts'
export { yearFraction, type DayCount, type RealDayCount } from './credit/exact/day-count.ts'
export {
  parseRate,
  readMinor,
  roundDecimal,
  roundFraction,
  writeDecimal,
  writeMinor,
  type Fraction,
  type Rounding,
} from './credit/exact/fraction.ts'
export { buildSchedule, type Schedule, type ScheduleTotals } from './credit/schedule/build-schedule.ts'
export type { ScheduleRow } from './credit/schedule/fold-rows.ts'
export type {
  Amount,
  CheckedTerms,
  CreditTerms,
  Fees,
  GraceInterest,
  Instalment,
  Method,
  Rate,
} from './credit/schedule/terms.ts'
export {
  discloseRates,
  solvePeriodicRate,
  solveRateByDates,
  writePercent,
  type DisclosedRates,
} from './credit/schedule/disclose-rates.ts'
export { creditSchema, creditToWire, findCredit, type Credit, type CreditLine } from './credit/quote/credit.ts'
export { compareCredit, type CreditComparison } from './credit/quote/compare-credit.ts'
export { lintCredit, lintWording } from './credit/quote/lint-credit.ts'
export { renderCredit, type CreditRow } from './credit/quote/render-credit.ts'
export { quotePayoff, type Payoff, type PayoffAsk } from './credit/after/quote-payoff.ts'
export { prepay, refundPurchase, type Prepaid, type Prepayment, type PurchaseRefund } from './credit/after/prepay.ts'
export {
  chargeLateness,
  payLate,
  penaltyRateOf,
  type Arrears,
  type LateCharge,
  type LatePayment,
  type LateRule,
} from './credit/after/charge-lateness.ts'
export { allocatePayment, type Allocation, type Dues, type PaymentPart } from './credit/after/allocate-payment.ts'
export { buildInterestForm, type InterestFormRow } from './credit/after/build-interest-form.ts'
