import type { DayCount } from '../credit/calendar.ts'
import type { Rounding } from '../credit/exact.ts'
import type { CreditMethod } from '../credit/schedule.ts'
import { text, type Text } from '../quotes/terms.ts'

export interface LoanUse {
  readonly code: string
  readonly name: Text
}

const businessUses: readonly LoanUse[] = [
  { code: 'stock', name: text('采购货物', 'Buying stock') },
  { code: 'equipment', name: text('购置设备', 'Buying equipment') },
  { code: 'premises', name: text('租金与装修', 'Rent and fitting out') },
  { code: 'wages', name: text('发放工资', 'Paying wages') },
]

/** What the bank lends on: data, so that another product is another entry. */
export interface LoanProduct {
  readonly id: string
  /** Grows when anything of it changes. */
  readonly version: number
  readonly name: Text
  readonly purpose: 'education' | 'consumption' | 'business'
  readonly purposeText: Text
  readonly method: CreditMethod
  readonly annualRate: string
  readonly periods: readonly number[]
  readonly graceMonths: number
  readonly dayCount: DayCount
  readonly rounding: Rounding
  readonly minMinor: bigint
  readonly maxMinor: bigint
  /** The rate on what is late, as a multiple of the product's own. */
  readonly penaltyMultiplier: string
  /** `entrusted`: paid to the merchant; `self`: to the customer's account. */
  readonly payout: 'entrusted' | 'self'
  /** What the money may be for, one of which has to be named; left out where the product has one use. */
  readonly uses?: readonly LoanUse[]
  /** Lent to businesses: licence on the bank's page, a credit query of its own, paid to the settlement account. */
  readonly business?: true
  /** In this many days the loan can be given back with interest for the days alone. */
  readonly coolingOffDays?: number
}

const monthly = { dayCount: 'MONTHLY', rounding: 'half-up', penaltyMultiplier: '1.5' } as const

export const loanProducts: readonly LoanProduct[] = [
  {
    ...monthly,
    id: 'education-loan',
    version: 1,
    name: text('教育分期贷款', 'Education loan'),
    purpose: 'education',
    purposeText: text('支付课程学费', 'Paying tuition'),
    method: 'equal-instalment',
    annualRate: '0.098',
    periods: [24],
    graceMonths: 3,
    minMinor: 100_000n,
    maxMinor: 5_000_000n,
    payout: 'entrusted',
  },
  {
    ...monthly,
    id: 'consumer-loan',
    version: 1,
    name: text('消费贷款', 'Consumer loan'),
    purpose: 'consumption',
    purposeText: text('购买商品或服务', 'Buying goods or services'),
    method: 'equal-instalment',
    annualRate: '0.072',
    periods: [12, 3, 6, 24],
    graceMonths: 0,
    minMinor: 50_000n,
    maxMinor: 20_000_000n,
    payout: 'entrusted',
    coolingOffDays: 7,
  },
  {
    ...monthly,
    id: 'merchant-loan',
    version: 1,
    name: text('小微经营贷款', 'Small business loan'),
    purpose: 'business',
    purposeText: text('日常经营周转', 'Running the business'),
    method: 'equal-instalment',
    annualRate: '0.0899',
    periods: [12, 6],
    graceMonths: 0,
    dayCount: 'ACT/365F',
    minMinor: 500_000n,
    maxMinor: 30_000_000n,
    payout: 'self',
    ...{ business: true, uses: businessUses },
  },
  {
    ...monthly,
    id: 'merchant-turnover-loan',
    version: 1,
    name: text('小微周转贷款', 'Working capital loan'),
    purpose: 'business',
    purposeText: text('日常经营周转', 'Running the business'),
    method: 'interest-only',
    annualRate: '0.0932',
    periods: [6, 3],
    graceMonths: 0,
    dayCount: 'ACT/365F',
    minMinor: 1_000_000n,
    maxMinor: 20_000_000n,
    payout: 'self',
    ...{ business: true, uses: businessUses },
  },
  {
    ...monthly,
    id: 'short-loan',
    version: 1,
    name: text('半年贷', 'Six-month loan'),
    purpose: 'consumption',
    purposeText: text('购买商品或服务', 'Buying goods or services'),
    method: 'equal-instalment',
    annualRate: '0.144',
    periods: [6],
    graceMonths: 0,
    minMinor: 50_000n,
    maxMinor: 5_000_000n,
    payout: 'entrusted',
  },
]

export function findLoanProduct(id: string): LoanProduct | undefined {
  return loanProducts.find((product) => product.id === id)
}
