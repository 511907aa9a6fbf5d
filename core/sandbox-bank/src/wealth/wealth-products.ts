import { text, type Text } from '../quotes/terms.ts'

export const risks = ['R1', 'R2', 'R3', 'R4', 'R5'] as const
export type Risk = (typeof risks)[number]

/** What the bank sells; it is not a deposit, and what it may bring is no promise. */
export interface WealthProduct {
  readonly id: string
  readonly version: number
  readonly name: Text
  readonly risk: Risk
  readonly term: Text
  /** A benchmark, never a promise. */
  readonly benchmark: Text
  readonly minMinor: bigint
  readonly stepMinor: bigint
  /** What a unit costs, and what it is paid back at. */
  readonly nav: string
  readonly redemptionNav: string
}

/** Units are counted in thousandths. */
export const unitPlaces = 3
/** After this hour an order is one of the next working day. */
export const cutOffHour = 15

export const wealthProducts: readonly WealthProduct[] = [
  {
    id: 'cash-daily',
    version: 1,
    name: text('日日宝现金管理', 'Daily cash'),
    risk: 'R1',
    term: text('随时可赎回', 'any day'),
    benchmark: text('七日年化 1.60%（历史，非保证收益）', 'seven days 1.60% a year (past, not guaranteed)'),
    minMinor: 100n,
    stepMinor: 1n,
    nav: '1',
    redemptionNav: '1.0003',
  },
  {
    id: 'steady-7',
    version: 1,
    name: text('稳健理财 7 天', 'Steady, seven days'),
    risk: 'R2',
    term: text('7 天', '7 days'),
    benchmark: text('业绩比较基准 2.40%（非保证收益）', 'benchmark 2.40% (not guaranteed)'),
    minMinor: 100_000n,
    stepMinor: 10_000n,
    nav: '1.0125',
    redemptionNav: '1.01574',
  },
  {
    id: 'balanced-180',
    version: 1,
    name: text('平衡增利 180 天', 'Balanced, 180 days'),
    risk: 'R3',
    term: text('180 天', '180 days'),
    benchmark: text('业绩比较基准 3.10%（非保证收益，可能亏损）', 'benchmark 3.10% (not guaranteed, may lose)'),
    minMinor: 1_000_000n,
    stepMinor: 100_000n,
    nav: '1.1043',
    redemptionNav: '1.0987',
  },
  {
    id: 'gold-fund',
    version: 1,
    name: text('黄金主题基金', 'Gold fund'),
    risk: 'R4',
    term: text('开放式', 'open'),
    benchmark: text('跟踪黄金价格（可能大幅亏损）', 'follows the price of gold (may lose much)'),
    minMinor: 1_000n,
    stepMinor: 1n,
    nav: '2.3471',
    redemptionNav: '2.3302',
  },
]

export function findWealthProduct(id: string): WealthProduct | undefined {
  return wealthProducts.find((product) => product.id === id)
}
