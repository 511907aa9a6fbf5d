import { money, moneyToDecimal, type Money } from '@inthread/sdk'
import type { Payment, Ticket } from './ticket.ts'

/** What goes back of one payment. */
export interface RefundPart {
  readonly receipt: string
  readonly amount: Money
}

/** The fee in minor units, half a unit upwards: 5 % of 553.50 is 27.675 and costs 27.68. */
export function returnFee(fare: Money, percent: number): Money {
  return { ...fare, amountMinor: (fare.amountMinor * BigInt(percent) + 50n) / 100n }
}

export function subtract(left: Money, right: Money): Money {
  return { ...left, amountMinor: left.amountMinor - right.amountMinor }
}

/** The newest payment is given back first. Two at most: the fare, and the difference of the one change. */
export function splitRefund(
  { payments, currency }: Pick<Ticket, 'payments' | 'currency'>,
  amount: Money,
): RefundPart[] {
  let left = amount.amountMinor
  return payments.toReversed().flatMap(({ receipt, amount: paid }) => {
    const { amountMinor } = money(paid, currency)
    const part = left < amountMinor ? left : amountMinor
    left -= part
    return part > 0n ? [{ receipt, amount: { amountMinor: part, currency } }] : []
  })
}

/** What is left of the payments when these parts have gone back. */
export function withoutParts(payments: readonly Payment[], parts: readonly RefundPart[]): Payment[] {
  return payments.map(({ receipt, amount }) => {
    const part = parts.find((each) => each.receipt === receipt)?.amount
    return { receipt, amount: part ? moneyToDecimal(subtract(money(amount, part.currency), part)) : amount }
  })
}
