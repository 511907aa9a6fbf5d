import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { money } from '@inthread/sdk/money'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { Books, scope } from '../../test/books.ts'
import { openPaid, openRefund, refundViewOf } from '../../test/refunding.ts'
import type { OrderName } from '../orders/order.store.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import { buildEntry } from './entry.ts'
import { listDays } from './list-days.ts'
import { commitTerms } from './terms.store.ts'
import { needsSecondPerson, shareOf, termsSchema } from './terms.ts'

describe('terms', () => {
  it('round a share half up, on the exact fraction', () => {
    expect([shareOf(12_800n, '0.006'), shareOf(50n, '0.01'), shareOf(49n, '0.01'), shareOf(10n, '0')]).toEqual([
      77n,
      1n,
      0n,
      0n,
    ])
    expect(shareOf(9_007_199_254_740_993n, '0.5')).toBe(4_503_599_627_370_497n)
  })

  it('want a second person above the limit, and for every other currency than that of the limit', () => {
    const terms = termsSchema.parse({})
    const asked = ['1000.00', '1000.01'].map((amount) => needsSecondPerson(terms, money(amount, 'CNY')))
    expect(asked).toEqual([false, true])
    const inYen = termsSchema.parse({ refundCurrency: 'JPY' })
    expect(['1000', '1001'].map((yen) => needsSecondPerson(inYen, money(yen, 'JPY')))).toEqual([false, true])
    expect([needsSecondPerson(terms, money('1', 'JPY')), needsSecondPerson(inYen, money('1.00', 'CNY'))]).toEqual([
      true,
      true,
    ])
    expect(needsSecondPerson(termsSchema.parse({ refundLimit: '0' }), money('0.01', 'CNY'))).toBe(true)
    expect(termsSchema.safeParse({ commission: { rate: '1.5' } }).success).toBe(false)
  })

  it('never give back more commission in parts than was taken of the whole', () => {
    const at = 5
    const share = fc.nat(999_999).map((places) => `0.${String(places).padStart(6, '0')}`)
    const parts = fc.array(fc.bigInt(1n, 100_000n), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(share, parts, (rate, amounts) => {
        const terms = [
          { version: 1, inForceAt: 0, terms: termsSchema.parse({ commission: { rate, onRefund: 'returned' } }) },
        ]
        const named = { id: '', orderNumber: '', bank: '', bankRef: '', at, paidAt: at, currency: 'CNY', feeMinor: 0n }
        const whole = amounts.reduce((sum, amount) => sum + amount, 0n)
        const taken = buildEntry({ ...named, kind: 'payment', amountMinor: whole }, terms).commissionMinor
        const given = amounts.map((amountMinor) => buildEntry({ ...named, kind: 'refund', amountMinor }, terms))
        expect(given.reduce((sum, { commissionMinor }) => sum + commissionMinor, taken)).toBeGreaterThanOrEqual(0n)
      }),
      { seed: getTestSeed() },
    )
  })
})

describeOnEachDatabase('what a merchant has earned', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  const agree = (base: number, rate: string) => {
    const terms = termsSchema.parse({ commission: { rate, onRefund: 'returned' } })
    return books.ground.store.write('terms', (tx) => commitTerms(tx, scope, { base, terms, now: books.now }))
  }
  const days = (from: string, until: string) =>
    listDays(books.ground.store, scope, { from, until, zone: 'Asia/Shanghai' })
  const wire = (value: string) => ({ value, currency: 'CNY' })
  /** 50.00 of an order, and of the bank's fee. */
  const giveBack = async (name: OrderName, fee: string): Promise<void> => {
    const refund = await openRefund(books, name)
    const view = refundViewOf(refund, { fee: money(fee, 'CNY') })
    const settling = { refund, judgement: { kind: 'succeeded', view } as const, submitted: false }
    await books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { ...settling, notFoundIsFinalAfterMs: 0 }, books.ports),
    )
  }

  it('adds up day by day, by the terms of then, less fees, commission and refunds', async () => {
    await agree(0, '0.01')
    const first = await openPaid(books)
    await openPaid(books)
    await giveBack(first, '0.30')
    books.ground.clock.advance(24 * 3_600_000)
    await agree(1, '0.5')
    await openPaid(books)
    const found = await days('2026-03-05', '2026-03-06')
    expect(found).toMatchObject([
      {
        day: '2026-03-05',
        payments: 2,
        refunds: 1,
        captured: wire('25600'),
        refunded: wire('5000'),
        fees: wire('124'),
        commission: wire('206'),
        payable: wire('20270'),
        paidOut: wire('0'),
      },
      { day: '2026-03-06', payments: 1, commission: wire('6400'), payable: wire('6323') },
    ])
    expect(await days('2026-03-06', '2026-03-06')).toHaveLength(1)
    await expect(agree(1, '0.1')).rejects.toMatchObject({ code: 'books.terms_moved' })
    await giveBack(first, '0.30')
    // Paid under one in a hundred: one in a hundred comes back, whatever is agreed on by now.
    expect(await days('2026-03-06', '2026-03-06')).toMatchObject([
      { payments: 1, refunds: 1, refunded: wire('5000'), commission: wire(String(6400 - 50)) },
    ])
  })
})
