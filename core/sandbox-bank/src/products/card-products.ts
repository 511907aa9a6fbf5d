import type { RefundFees } from '../credit/shrink-plan.ts'
import { text, type Text } from '../quotes/terms.ts'

export interface CardProduct {
  readonly id: string
  readonly version: number
  readonly name: Text
  readonly annualFeeMinor: bigint
  /** The highest there is: five ten-thousandths a day. */
  readonly annualRate: string
  readonly limitMinor: bigint
  readonly gift: Text
}

export const cardProducts: readonly CardProduct[] = [
  {
    id: 'young-card',
    version: 1,
    name: text('青春信用卡', 'Young credit card'),
    annualFeeMinor: 0n,
    annualRate: '0.1825',
    limitMinor: 800_000n,
    gift: text('咖啡券一张', 'A coffee voucher'),
  },
]

export function findCardProduct(id: string): CardProduct | undefined {
  return cardProducts.find((product) => product.id === id)
}

/** A way to pay in parts with a card: a purchase at the checkout, or a bill that has come. */
export interface InstalmentProduct {
  readonly id: string
  readonly version: number
  readonly name: Text
  readonly use: 'purchase' | 'bill'
  /** The fee the customer pays each period, by number of periods. */
  readonly feeRates: Readonly<Record<number, string>>
  /** Borne by the shop, once, where the customer pays no fee; of what it gives back, it gets its part of that. */
  readonly merchantFeeRate: string
  /** What becomes of the customer's fees of later periods when part of the purchase comes back. */
  readonly refundFees: RefundFees
  readonly minMinor: bigint
  readonly maxMinor: bigint
}

export const instalmentProducts: readonly InstalmentProduct[] = [
  {
    id: 'checkout-instalments',
    version: 1,
    name: text('免息分期', 'Interest-free instalments'),
    use: 'purchase',
    feeRates: { 3: '0', 6: '0' },
    merchantFeeRate: '0.018',
    refundFees: 'unchanged',
    minMinor: 30_000n,
    maxMinor: 5_000_000n,
  },
  {
    id: 'fee-instalments',
    version: 1,
    name: text('手续费分期', 'Instalments with a fee'),
    use: 'purchase',
    feeRates: { 3: '0.0095', 6: '0.0075', 12: '0.0066' },
    merchantFeeRate: '0',
    refundFees: 'in-proportion',
    minMinor: 30_000n,
    maxMinor: 5_000_000n,
  },
  {
    id: 'bill-instalments',
    version: 1,
    name: text('账单分期', 'Bill in instalments'),
    use: 'bill',
    feeRates: { 6: '0.0060', 12: '0.0060', 24: '0.0065' },
    merchantFeeRate: '0',
    refundFees: 'unchanged',
    minMinor: 50_000n,
    maxMinor: 5_000_000n,
  },
]

export function findInstalmentProduct(id: string): InstalmentProduct | undefined {
  return instalmentProducts.find((product) => product.id === id)
}
