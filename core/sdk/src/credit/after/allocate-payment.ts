import { refuseUnless } from '../schedule/check-terms.ts'

/** What a payment can go to. */
export type PaymentPart = 'penalty' | 'fee' | 'interest' | 'principal'

const usualOrder: readonly PaymentPart[] = ['penalty', 'fee', 'interest', 'principal']

/** Amounts that are due, in minor units. */
export type Dues = Readonly<Record<PaymentPart, bigint>>

export interface Allocation {
  readonly paid: Dues
  readonly left: Dues
  /** What nothing was due for. */
  readonly over: bigint
}

/**
 * Gives a payment to what is due, one after the other; the order is product data.
 *
 * @throws RangeError for an amount below zero, of the payment or of what is due, and for an order that does not name
 *   each part once
 */
export function allocatePayment(amount: bigint, dues: Dues, order: readonly PaymentPart[] = usualOrder): Allocation {
  refuseUnless(amount >= 0n, 'amount', 'zero or more, in minor units')
  const complete = order.length === usualOrder.length && usualOrder.every((part) => order.includes(part))
  refuseUnless(complete, 'order', 'each of penalty, fee, interest and principal once')
  assertNoneBelowZero(dues)
  const [paid, left] = [{ ...dues }, { ...dues }]
  let over = amount
  for (const part of order) {
    paid[part] = dues[part] < over ? dues[part] : over
    left[part] = dues[part] - paid[part]
    over -= paid[part]
  }
  return { paid, left, over }
}

export function assertNoneBelowZero(amounts: Partial<Dues>): void {
  for (const part of usualOrder) refuseUnless((amounts[part] ?? 0n) >= 0n, part, 'zero or more, in minor units')
}
