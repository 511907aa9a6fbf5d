import { divideRounded } from './exact.ts'
import type { ScheduleLine } from './schedule.ts'

/** What becomes of the fees of later periods when part of the purchase is given back: each product says which. */
export const refundFees = ['unchanged', 'in-proportion'] as const
export type RefundFees = (typeof refundFees)[number]

export interface Shrinking {
  /** How many lines have been billed: they stay as they are. */
  readonly billed: number
  readonly leftMinor: bigint
  readonly fees: RefundFees
}

/** What is left is spread anew over the periods that are left; the last takes what does not divide. */
export function shrinkPlan(lines: readonly ScheduleLine[], { billed, leftMinor, fees }: Shrinking): ScheduleLine[] {
  const later = lines.slice(billed)
  const beforeMinor = later.reduce((sum, line) => sum + line.principalMinor, 0n)
  const evenMinor = later.length === 0 ? 0n : leftMinor / BigInt(later.length)
  let openingMinor = leftMinor
  return lines.map((line, index) => {
    if (index < billed) return line
    const principalMinor = index === lines.length - 1 ? openingMinor : evenMinor
    const opened = openingMinor
    openingMinor -= principalMinor
    const feeMinor = fees === 'unchanged' ? line.feeMinor : divideRounded(line.feeMinor * leftMinor, beforeMinor)
    const paymentMinor = principalMinor + line.interestMinor + feeMinor
    return { ...line, openingMinor: opened, principalMinor, feeMinor, paymentMinor, closingMinor: openingMinor }
  })
}
