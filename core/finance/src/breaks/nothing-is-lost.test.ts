import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StatementLine } from '@inthread/sdk/bank'
import { escrow } from '@inthread/sdk/capabilities'
import { money } from '@inthread/sdk/money'
import { sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { feeOf, lineOf, Reconciling, day } from '../../test/reconciling.ts'
import { askRefund, openPaid, openRefund, refundRow, refundViewOf } from '../../test/refunding.ts'
import { submitRouted } from '../../test/routed.ts'
import { commitNotices } from '../notices/notice.store.ts'
import { listDays } from '../payouts/list-days.ts'
import { readBook } from '../orders/order.view.store.ts'
import { shiftDay } from '../reconcile/bank-day.ts'
import type { RefundJudgement } from '../refunds/judge-refund.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'

describeOnEachDatabase('nothing that the bank says is lost', (open) => {
  let books: Books
  let bank: Reconciling
  beforeEach(async () => {
    books = await Books.open(open)
    bank = new Reconciling(books)
  })
  afterEach(() => books.ground.close())

  const unfit = { code: 'break.decision_unfit' }
  const owed = async (currency = 'CNY'): Promise<bigint> =>
    (await bank.book()).posted.get(`ext:tenant:rail:due|${currency}`) ?? 0n
  const income = async (currency = 'CNY'): Promise<bigint> =>
    (await bank.book()).posted.get(`bank:main:fee-income|${currency}`) ?? 0n
  const correctAll = async (): Promise<void> => {
    for (const row of await bank.breaks()) await bank.decide(row, 'correct')
  }
  const next = (days: number): string => shiftDay(day, days)
  const settle = (refund: RefundRow, judgement: RefundJudgement) =>
    books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }, books.ports),
    )
  const inConflict = async (amount = '40.00'): Promise<RefundRow> => {
    const refund = await openRefund(books, await openPaid(books))
    await settle(refund, { kind: 'mismatch', view: refundViewOf(refund, { amount: money(amount, 'CNY') }) })
    return refund
  }
  const givenOf = (refund: RefundRow, change: Partial<StatementLine> = {}): Partial<StatementLine> => {
    const amount = { amountMinor: refund.amount_minor, currency: refund.currency }
    return { clientRef: refund.id, kind: 'refund', amount, ...change }
  }

  it('of a fee in another currency, also when it is taken back', async () => {
    const name = await openPaid(books)
    await bank.read([lineOf(name), feeOf(name, '0.77', 'USD')])
    await correctAll()
    expect([await income(), await income('USD')]).toEqual([0n, 77n])
    await bank.read([{ ...feeOf(name, '0.77', 'USD'), reversalOf: 'b_1' }], next(1))
    await correctAll()
    expect([await income(), await income('USD')]).toEqual([0n, 0n])
  })

  it('of an amount that it told in another currency than its line has', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { amount: money('128.00', 'USD') }) })
    await bank.decide(await bank.onlyBreak(), 'paid')
    expect([await owed(), await owed('USD')]).toEqual([0n, 12_800n])
    await bank.read([lineOf(name)], next(1))
    await correctAll()
    expect([await owed(), await owed('USD')]).toEqual([12_800n, 0n])
  })

  it('of an order that is corrected in another currency and then missing there', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { amount: money('128.00', 'USD') }) })
    await bank.decide(await bank.onlyBreak(), 'paid')
    await bank.read([])
    await correctAll()
    expect((await bank.book()).posted.size).toBe(0)
  })

  it('of what it took back and gave again, of a fee and of a payout too', async () => {
    const name = await openPaid(books)
    const out = { kind: 'payout', amount: money('10.00', 'CNY') }
    await bank.read([lineOf(name), feeOf(name), { ...out, bankRef: 'out_1' }])
    const back = { kind: 'return', bankRef: 'ret_1', reversalOf: 'b_0' }
    await bank.read(
      [
        lineOf(name, back),
        { ...feeOf(name), bankRef: 'fee_2', reversalOf: 'b_1' },
        { ...out, bankRef: 'out_2', reversalOf: 'out_1' },
      ],
      next(1),
    )
    await correctAll()
    expect([await owed(), await income()]).toEqual([0n, 0n])
    await bank.read(
      [
        lineOf(name, { kind: 'return', reversalOf: 'ret_1' }),
        { ...feeOf(name), reversalOf: 'fee_2' },
        { ...out, reversalOf: 'out_2' },
      ],
      next(2),
    )
    await correctAll()
    expect([await owed(), await income()]).toEqual([12_800n - 77n - 1000n, 77n])
    expect(await books.row(name)).toMatchObject({ refunded_minor: 0n })
    const days = await listDays(books.ground.store, scope, { from: day, until: next(2), zone: 'Asia/Shanghai' })
    expect(days.map(({ paidOut }) => paidOut.value)).toEqual(['1000', '-1000', '1000'])
  })

  it('of a line that adds to what was paid, whatever its kind', async () => {
    const name = await openPaid(books)
    await bank.read([lineOf(name), feeOf(name), lineOf(name, { kind: 'adjustment', amount: money('1.00', 'CNY') })])
    await correctAll()
    expect(await owed()).toBe(12_800n - 77n + 100n)
  })

  it('of a fee that it only gave back: it is corrected, and never paid in a negative amount', async () => {
    const [asked, told] = [await books.submitted(), await books.submitted()]
    await books.settle(asked, { kind: 'unknown', code: 'no_answer' })
    await books.settle(told, { kind: 'mismatch', view: paymentOf(told, { payeeId: 'else' }) })
    const conflict = await bank.onlyBreak()
    await bank.read([asked, told].flatMap((name) => [lineOf(name), { ...feeOf(name), reversalOf: 'x' }]))
    await bank.decide(conflict, 'paid')
    await correctAll()
    const movements = await books.ground.store.read('all', (reader) =>
      sqlOf<FinanceTables>(reader).selectFrom('movement').selectAll().execute(),
    )
    expect(movements.filter(({ amount_minor: minor }) => minor <= 0n)).toEqual([])
    expect([await owed(), await income()]).toEqual([2n * (12_800n + 77n), -2n * 77n])
  })

  describe('of a day that is stated anew', () => {
    const line = { clientRef: 'nobody knows it', amount: money('9.00', 'CNY') }

    it('a line that nobody knows is booked once', async () => {
      await bank.cut(bank.statement([line]), 1)
      await bank.read([line, { ...line, bankRef: 'b_9' }])
      expect(await bank.breaks()).toHaveLength(2)
      await correctAll()
      expect(await owed()).toBe(1800n)
    })

    it('what was found on it before is no finding any more, whoever has taken it', async () => {
      const name = await openPaid(books)
      await bank.cut(bank.statement([lineOf(name, { kind: 'return' })]), 1)
      await bank.take(await bank.onlyBreak())
      await bank.read([])
      expect(await bank.onlyBreak()).toMatchObject({ kind: 'missing_at_bank' })
      expect((await bank.breaks(false)).map(({ decision }) => decision).toSorted()).toEqual([null, 'stated_anew'])
    })

    it('nothing of it is booked before it is read whole, of whatever it speaks', async () => {
      const failed = await books.submitted()
      await books.settle(failed, { kind: 'failed', reason: 'declined', code: 'no' })
      await bank.cut(bank.statement([line, lineOf(failed)]), 1)
      const rows = await bank.breaks()
      expect(rows).toHaveLength(2)
      for (const row of rows) {
        await bank.take(row)
        await expect(bank.resolve(row, 'correct')).rejects.toMatchObject(unfit)
      }
      await bank.read([])
      expect((await bank.book()).posted.size).toBe(0)
    })

    it('what waits for a line waits on when the line is not on it after all', async () => {
      const name = await openPaid(books)
      await bank.read([])
      await bank.cut(bank.statement([lineOf(name)], next(1)), 1)
      await bank.read([], next(1))
      await correctAll()
      expect(await owed()).toBe(-77n)
    })
  })

  it.each<[string, (refund: RefundRow) => RefundJudgement]>([
    ['nothing', () => ({ kind: 'unknown', code: 'no_answer' })],
    ['that it does not know it', () => ({ kind: 'not_found' })],
    ['that it is done', (refund) => ({ kind: 'succeeded', view: refundViewOf(refund) })],
    ['that it failed', () => ({ kind: 'failed', reason: 'declined', code: 'no' })],
  ])('of a refund in conflict, when somebody who was asking is told %s', async (_what, say) => {
    const refund = await inConflict()
    await settle(refund, say(refund))
    expect(await refundRow(books, refund)).toMatchObject({ state: 'processing', task: null })
    await bank.decide(await bank.onlyBreak(), 'paid')
    expect(await refundRow(books, refund)).toMatchObject({ state: 'succeeded' })
    expect(await owed()).toBe(12_800n - 77n - 4000n)
  })

  it('of a refund that has ended, when it speaks of another amount afterwards', async () => {
    const refund = await openRefund(books, await openPaid(books))
    await settle(refund, { kind: 'succeeded', view: refundViewOf(refund) })
    await settle(refund, { kind: 'mismatch', view: refundViewOf(refund, { amount: money('40.00', 'CNY') }) })
    expect(await bank.onlyBreak()).toMatchObject({ kind: 'amount_differs', refund_id: refund.id })
  })

  it.each([
    ['paid', 'USD', [0n, -77n]],
    ['unpaid', 'CNY', [77n, 0n]],
  ] as const)('of the fee of a refund that was in conflict and is %s', async (decision, currency, expected) => {
    const refund = await inConflict()
    const order = { scope, orderId: refund.order_id }
    const amount = money('0.77', currency)
    const lines = [givenOf(refund), { clientRef: refund.id, kind: 'fee', amount }]
    await bank.read([lineOf(order), feeOf(order), ...(decision === 'paid' ? lines : lines.slice(1))])
    await bank.decide(await bank.onlyBreak(), decision)
    await correctAll()
    expect([77n - (await income()), await income('USD')]).toEqual(expected)
  })

  it('of a fee that was left of a conflict, when it speaks of the order again', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { payeeId: 'else' }) })
    await bank.read([feeOf(name)])
    await bank.decide(await bank.onlyBreak(), 'unpaid')
    books.ground.clock.advance(1000)
    await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { payeeId: 'other', version: 3 }) })
    const [fee, word] = await bank.breaks()
    if (fee) await bank.decide(fee, 'correct')
    expect([await income(), word?.kind]).toEqual([77n, 'amount_differs'])
  })

  it('of what came after, while an order was in conflict', async () => {
    const name = await submitRouted(books, escrow.operations.pay)
    await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { payeeId: 'else' }) })
    const notice = { id: 'n1', type: 'x', clientRef: name.orderId, version: 3, state: 'released' }
    await books.ground.store.write('notice', (tx) =>
      commitNotices(tx, scope, { bankId: 'main', notices: [notice], now: books.now, ports: books.ports }),
    )
    await bank.decide(await bank.onlyBreak(), 'paid')
    expect(await owed()).toBe(12_800n)
    expect(await books.row(name)).toMatchObject({ captured_at: books.now, captured_minor: 12_800n })
  })

  it.each(['paid', 'unpaid'] as const)('and an order of which nothing moves is %s without a movement', async (end) => {
    const name = await submitRouted(books, escrow.operations.pay, { change: { amount_minor: 0n } })
    const view = paymentOf(name, { amount: money('0.00', 'CNY'), payeeId: 'else', fee: undefined })
    await books.settle(name, { kind: 'mismatch', view })
    await bank.decide(await bank.onlyBreak(), end)
    expect(await books.kindsOf(name)).toEqual([])
  })

  it('of an order’s own line that comes late, after what went back of it was given again', async () => {
    const name = await openPaid(books)
    const back = { kind: 'return', bankRef: 'ret_1', reversalOf: 'pay_1' }
    await bank.read([lineOf(name, back), lineOf(name, { kind: 'return', reversalOf: 'ret_1' }), feeOf(name)])
    const rows = await bank.breaks()
    const ofLine = rows.filter(({ kind }) => kind === 'missing_at_bank')
    for (const row of rows) await bank.take(row)
    // What is missing is all that is left, and so it is booked as missing.
    for (const row of rows.filter(({ kind }) => kind !== 'missing_at_bank'))
      await expect(bank.resolve(row, 'correct')).rejects.toMatchObject(unfit)
    for (const row of ofLine) await bank.resolve(row, 'correct')
    expect(await owed()).toBe(-77n)
    for (const row of await bank.breaks()) await bank.resolve(row, 'explained')
    await bank.read([lineOf(name)], next(1))
    await correctAll()
    expect(await owed()).toBe(12_800n - 77n)
  })

  it('and no more is given back than was paid, however often it comes back', async () => {
    const name = await openPaid(books)
    const refund = await openRefund(books, name)
    await settle(refund, { kind: 'succeeded', view: refundViewOf(refund) })
    const back = givenOf(refund, { kind: 'return' })
    await bank.read([lineOf(name), feeOf(name), givenOf(refund), back, back])
    await correctAll()
    expect(await owed()).toBe(12_800n - 77n + 5000n)
    expect(await askRefund(books, name, { amount: money('128.01', 'CNY') })).toMatchObject({ code: 'more_than_left' })
    // Once more it is given after all: of three times two are left.
    await bank.read([givenOf(refund)], next(1))
    await correctAll()
    expect(await books.row(name)).toMatchObject({ refunded_minor: 0n })
  })

  it('and what waits for a second person is not corrected before they have decided', async () => {
    const dear = { amount: money('2000.00', 'CNY') }
    const name = await openPaid(books, { input: { ...dear, purpose: 'a season ticket' } })
    const refund = await openRefund(books, name, { amount: undefined })
    await bank.read([lineOf(name, dear), feeOf(name), givenOf(refund)])
    const found = await bank.onlyBreak()
    await bank.take(found)
    await expect(bank.resolve(found, 'correct')).rejects.toMatchObject({ code: 'break.order_undecided' })
  })

  it('and what a late line has closed is open nowhere', async () => {
    const name = await openPaid(books)
    const open = () => books.ground.store.read('book', (reader) => readBook(reader, scope))
    await bank.read([])
    expect(await open()).toMatchObject({ breaks: 1 })
    await bank.read([lineOf(name), feeOf(name)], next(1))
    expect(await open()).toMatchObject({ breaks: 0 })
  })
})
