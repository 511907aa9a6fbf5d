import { addMoney, money } from '@inthread/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnFee, splitRefund, subtract, withoutParts } from './refund-parts.ts'

const nothing = money('0', 'CNY')

describe('what goes back of a ticket', () => {
  it.each([
    ['553.50', 5, '27.68'],
    ['553.49', 5, '27.67'],
    ['589.50', 5, '29.48'],
    ['0.10', 5, '0.01'],
    ['0.09', 5, '0.00'],
    ['100.00', 0, '0.00'],
  ])('costs of %s at %i %%: %s, half a fen upwards', (fare, percent, fee) => {
    expect(returnFee(money(fare, 'CNY'), percent)).toEqual(money(fee, 'CNY'))
  })

  it('comes from the newest payment first, is whole, and takes nothing twice', () => {
    const minor = fc.bigInt({ min: 1n, max: 1_000_000n })
    fc.assert(
      fc.property(minor, minor, fc.integer({ min: 0, max: 50 }), (fare, more, percent) => {
        const decimal = (amount: bigint): string => `${amount / 100n}.${(amount % 100n).toString().padStart(2, '0')}`
        const payments = [
          { receipt: 'R-1', amount: decimal(fare) },
          { receipt: 'R-2', amount: decimal(more) },
        ]
        const paid = { amountMinor: fare + more, currency: 'CNY' }
        const refund = subtract(paid, returnFee(paid, percent))
        const parts = splitRefund({ payments, currency: 'CNY' }, refund)
        expect(parts.map(({ amount }) => amount).reduce(addMoney, nothing)).toEqual(refund)
        const left = withoutParts(payments, parts).map(({ amount }) => money(amount, 'CNY'))
        expect(left.reduce(addMoney, refund)).toEqual(paid)
        expect(left.every(({ amountMinor }) => amountMinor >= 0n)).toBe(true)
      }),
    )
  })
})
