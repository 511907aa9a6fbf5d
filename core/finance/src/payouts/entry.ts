import type { Instant } from '@inthread/sdk/time'
import { shareOf } from './terms.ts'
import type { TermsInForce } from './terms.store.ts'

/** One line of what a merchant has earned: a payment that was captured, or a refund. */
export interface BookEntry {
  readonly kind: 'payment' | 'refund'
  readonly id: string
  readonly orderNumber: string
  readonly bank: string
  readonly bankRef: string
  readonly at: Instant
  readonly currency: string
  /** What the customer paid; less than nothing for what they got back. */
  readonly amountMinor: bigint
  /** What the bank took of it, and less than nothing for what it gave back. */
  readonly feeMinor: bigint
  /** Likewise of the platform. */
  readonly commissionMinor: bigint
  /** What is due to the merchant. */
  readonly netMinor: bigint
}

export interface Earned extends Pick<
  BookEntry,
  'kind' | 'id' | 'orderNumber' | 'bank' | 'bankRef' | 'at' | 'currency'
> {
  /** When the customer paid: for a refund, what it is a refund of. */
  readonly paidAt: Instant
  /** Never less than nothing, whatever the kind. */
  readonly amountMinor: bigint
  readonly feeMinor: bigint
}

/**
 * Pure. By the terms that were in force when the customer paid: what was agreed on later changes no day of before, and
 * of a refund no more commission is given back than was taken of its payment.
 */
export function buildEntry({ paidAt, ...earned }: Earned, terms: readonly TermsInForce[]): BookEntry {
  const inForce = terms.find(({ inForceAt }) => inForceAt <= paidAt)?.terms.commission
  const { amountMinor, feeMinor } = earned
  const { rate = '0', onRefund = 'kept' } = inForce ?? {}
  if (earned.kind === 'payment') {
    const commissionMinor = shareOf(amountMinor, rate)
    return { ...earned, commissionMinor, netMinor: amountMinor - feeMinor - commissionMinor }
  }
  // Rounded down: parts that are given back are never more than what was taken of the whole.
  const commissionMinor = onRefund === 'returned' ? -floorShare(amountMinor, rate) : 0n
  return {
    ...earned,
    amountMinor: -amountMinor,
    feeMinor: -feeMinor,
    commissionMinor,
    netMinor: -amountMinor + feeMinor - commissionMinor,
  }
}

function floorShare(amountMinor: bigint, rate: string): bigint {
  const [, places = ''] = rate.split('.')
  return places === '' ? amountMinor * BigInt(rate) : (amountMinor * BigInt(places)) / 10n ** BigInt(places.length)
}
