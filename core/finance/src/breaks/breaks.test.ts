import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { by, day, feeOf, lineOf, Reconciling } from '../../test/reconciling.ts'
import { askRefund, clerk, openPaid, openRefund, refundRow, refundViewOf } from '../../test/refunding.ts'
import type { OrderName } from '../orders/order.store.ts'
import { shiftDay } from '../reconcile/bank-day.ts'
import { approveRefund } from '../refunds/decide-refund.ts'
import type { RefundJudgement } from '../refunds/judge-refund.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import type { BreakRow, RefundRow } from '../schema/book-tables.ts'
import { alarmBreaks } from './break-machine.store.ts'
import { giveBreakBack } from './resolve-break.ts'

const two = { amount: money('2000.00', 'CNY') }
const dear = { input: { ...two, purpose: 'a season ticket' } }

describeOnEachDatabase('a break', (open) => {
  let books: Books
  let bank: Reconciling
  beforeEach(async () => {
    books = await Books.open(open)
    bank = new Reconciling(books)
  })
  afterEach(() => books.ground.close())

  const due = 'ext:tenant:rail:due|CNY'

  it('corrects the book by the difference, when two people agree', async () => {
    const name = await openPaid(books)
    await bank.read([lineOf(name, { amount: money('120.00', 'CNY') }), feeOf(name)])
    const found = await bank.onlyBreak()
    await expect(bank.resolve(found, 'correct')).rejects.toMatchObject({ code: 'break.decision_unfit' })
    await bank.take(found)
    await expect(bank.resolve(found, 'paid')).rejects.toMatchObject({ code: 'break.decision_unfit' })
    await bank.resolve(found, 'correct')
    expect((await bank.book()).posted.get(due)).toBe(12_000n - 77n)
    await expect(bank.resolve(found, 'correct')).rejects.toMatchObject({ code: 'break.decision_unfit' })
    expect(await bank.breaks()).toEqual([])
  })

  it('follows the bank in a fee, and in money that nobody here expected', async () => {
    const name = await openPaid(books)
    await bank.read([lineOf(name), feeOf(name, '0.80'), { clientRef: 'x', amount: money('9.00', 'CNY') }])
    for (const found of await bank.breaks()) {
      await bank.take(found)
      await bank.resolve(found, 'correct')
    }
    const { posted } = await bank.book()
    expect([posted.get(due), posted.get('bank:main:fee-income|CNY')]).toEqual([12_800n - 80n + 900n, 80n])
    expect(posted.get('ext:customer:unknown|CNY')).toBe(-900n)
  })

  it.each([
    // Posted as it was held, given to the merchant, and both less what the bank has not got.
    ['paid', 'succeeded', ['pending', 'post', 'single', 'single'], 100n],
    ['unpaid', 'failed', ['pending', 'void'], undefined],
  ] as const)(
    'leaves a conflict as %s by two people alone, and tells whoever waits',
    async (decision, state, kinds, booked) => {
      const name = await books.submitted()
      const view = paymentOf(name, { amount: money('1.00', 'CNY') })
      await books.settle(name, { kind: 'mismatch', view })
      const found = await bank.onlyBreak()
      await bank.take(found)
      expect(await bank.resolve(found, decision)).toEqual([(await books.row(name)).conversation_id])
      expect(await books.row(name)).toMatchObject({ state })
      expect(await books.kindsOf(name)).toEqual(kinds)
      expect((await bank.book()).posted.get(due)).toBe(booked)
      expect(books.lettersOf(name).at(-1)).toBe(decision === 'paid' ? 'succeeded' : 'declined')
      expect(await books.breaksOf(name)).toEqual(['amount_differs'])
    },
  )

  it('lets a break be given back, and tells those that nobody decides, once', async () => {
    await openPaid(books)
    await bank.read([])
    const found = await bank.onlyBreak()
    await bank.take(found)
    await expect(bank.take(found)).rejects.toMatchObject({ code: 'books.step_refused' })
    const step = { scope, breakId: found.id, by: by('one'), now: books.now }
    await books.ground.store.write('back', (tx) => giveBreakBack(tx, step, books.ports))
    const alarm = () => books.ground.store.write('alarm', (tx) => alarmBreaks(tx, books.now))
    expect(await alarm()).toHaveLength(0)
    books.ground.clock.advance(24 * 3_600_000)
    expect(await alarm()).toHaveLength(1)
    expect(await alarm()).toHaveLength(0)
  })

  const unfit = { code: 'break.decision_unfit' }
  const undecided = { code: 'break.order_undecided' }
  const opened = async (kind: string): Promise<BreakRow[]> => (await bank.breaks()).filter((row) => row.kind === kind)
  const one = async (kind: string): Promise<BreakRow> => {
    const [found, ...more] = await opened(kind)
    if (!found || more.length > 0) throw new Error(`there are ${more.length + (found ? 1 : 0)} breaks ${kind}`)
    return found
  }
  const differenceOf = ({ detail }: BreakRow): unknown =>
    (JSON.parse(detail) as Readonly<Record<string, unknown>>)['difference']
  const owed = async (account = due): Promise<bigint | undefined> => (await bank.book()).posted.get(account)
  const refundedOf = async (name: OrderName): Promise<bigint> => (await books.row(name)).refunded_minor
  const settleRefund = (refund: RefundRow, judgement: RefundJudgement) =>
    books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }, books.ports),
    )

  describe('is one for each finding', () => {
    it('of a late success: the bank’s own word has no amount, its statement has', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'failed', reason: 'declined', code: 'no' })
      await books.settle(name, { kind: 'succeeded', view: paymentOf(name) })
      await books.settle(name, { kind: 'succeeded', view: paymentOf(name) })
      const word = await one('state_differs')
      await bank.take(word)
      await expect(bank.resolve(word, 'correct')).rejects.toMatchObject(unfit)
      await bank.read([lineOf(name)])
      const [line] = (await bank.breaks()).filter(({ id }) => id !== word.id)
      if (!line) throw new Error('the line has no break')
      await bank.decide(line, 'correct')
      expect(await owed()).toBe(12_800n)
      await bank.resolve(word, 'explained')
      expect(await bank.breaks()).toEqual([])
    })

    it('also after another one about the same order was explained', async () => {
      const name = await openPaid(books)
      const back = lineOf(name, { kind: 'return' })
      await bank.read([lineOf(name), feeOf(name), back])
      await bank.decide(await bank.onlyBreak(), 'explained')
      await bank.read([{ ...back, reversalOf: 'b_0' }], shiftDay(day, 3))
      expect(differenceOf(await bank.onlyBreak())).toBe('-12800')
    })

    it('and is closed by a line that comes late, whoever looks after it', async () => {
      const [missing, pending] = [await openPaid(books), await openPaid(books)]
      await bank.read([lineOf(pending, { status: 'pending' }), feeOf(pending)])
      const rows = await bank.breaks()
      expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['missing_at_bank', 'state_differs'])
      for (const row of rows) await bank.take(row)
      await bank.read([lineOf(missing), feeOf(missing), lineOf(pending)], shiftDay(day, 1))
      expect((await bank.breaks(false)).map(({ state, decision }) => [state, decision])).toEqual([
        ['auto_matched', 'late_line'],
        ['auto_matched', 'late_line'],
      ])
      for (const row of rows) await expect(bank.resolve(row, 'correct')).rejects.toMatchObject(unfit)
      expect(await owed()).toBe(2n * (12_800n - 77n))
    })
  })

  describe('of a conflict', () => {
    it('cannot be explained away, of an order or of a refund', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { payeeId: 'else' }) })
      const refund = await openRefund(books, await openPaid(books))
      await settleRefund(refund, { kind: 'mismatch', view: refundViewOf(refund, { amount: money('40.00', 'CNY') }) })
      const rows = await opened('amount_differs')
      expect(rows).toHaveLength(2)
      for (const row of rows) {
        await bank.take(row)
        for (const decision of ['explained', 'correct'] as const)
          await expect(bank.resolve(row, decision)).rejects.toMatchObject(unfit)
        await bank.resolve(row, 'paid')
      }
      expect(await books.row(name)).toMatchObject({ state: 'succeeded' })
      expect(await refundRow(books, refund)).toMatchObject({ state: 'succeeded' })
    })

    it('is decided by the line of the statement, which is no break of its own', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { amount: money('1.00', 'CNY') }) })
      await bank.read([lineOf(name, { amount: money('100.00', 'CNY') }), feeOf(name, '0.60')])
      const found = await bank.onlyBreak()
      await bank.take(found)
      await expect(bank.resolve(found, 'unpaid')).rejects.toMatchObject(unfit)
      await bank.resolve(found, 'paid')
      expect([await owed(), await owed('bank:main:fee-income|CNY')]).toEqual([10_000n - 60n, 60n])
      // What never came is not given back either.
      expect(await refundedOf(name)).toBe(2800n)
      expect(await askRefund(books, name, { amount: money('100.01', 'CNY') })).toMatchObject({ code: 'more_than_left' })
    })

    it('is not decided by what differs in its fee', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'unknown', code: 'no_answer' })
      await bank.read([feeOf(name)])
      const fee = await bank.onlyBreak()
      await bank.read([lineOf(name, { amount: money('100.00', 'CNY') })], shiftDay(day, 1))
      await bank.take(fee)
      for (const decision of ['paid', 'unpaid', 'correct'] as const)
        await expect(bank.resolve(fee, decision)).rejects.toMatchObject(undecided)
      const amount = (await bank.breaks()).find(({ id }) => id !== fee.id)
      if (amount) await bank.decide(amount, 'paid')
      expect(await owed()).toBe(10_000n - 77n)
    })

    it('is paid as the bank has told it, so that its line agrees when it comes', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { amount: money('150.00', 'CNY') }) })
      await bank.decide(await bank.onlyBreak(), 'paid')
      expect(await owed()).toBe(15_000n)
      await bank.read([lineOf(name, { amount: money('150.00', 'CNY') })], shiftDay(day, 1))
      expect(await bank.breaks()).toEqual([])
    })

    it('is unpaid once the bank has taken it back', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'mismatch', view: paymentOf(name, { payeeId: 'else' }) })
      await bank.read([lineOf(name), lineOf(name, { kind: 'return' }), feeOf(name)])
      const found = await bank.onlyBreak()
      await bank.take(found)
      await expect(bank.resolve(found, 'paid')).rejects.toMatchObject(unfit)
      await bank.resolve(found, 'unpaid')
      expect((await bank.book()).posted.size).toBe(0)
      // The bank keeps its fee all the same.
      await bank.decide(await bank.onlyBreak(), 'correct')
      expect([...(await bank.book()).posted]).toEqual([
        ['bank:main:fee-income|CNY', 77n],
        [due, -77n],
      ])
    })

    it('of a refund is booked as the bank gave it, and the rest can be given still', async () => {
      const name = await openPaid(books)
      const refund = await openRefund(books, name)
      await settleRefund(refund, { kind: 'mismatch', view: refundViewOf(refund, { amount: money('40.00', 'CNY') }) })
      await bank.decide(await bank.onlyBreak(), 'paid')
      expect(await owed()).toBe(12_800n - 77n - 4000n)
      expect(await refundedOf(name)).toBe(4000n)
    })
  })

  describe('of money that the bank took back', () => {
    it('lets nothing be given back of it until it is decided, and nothing twice then', async () => {
      const name = await openPaid(books)
      const waiting = await openRefund(books, await openPaid(books, dear), { amount: undefined })
      const back = [lineOf(name, { kind: 'return' }), { clientRef: waiting.order_id, kind: 'return', ...two }]
      await bank.read([lineOf(name), feeOf(name), { clientRef: waiting.order_id, ...two }, ...back])
      expect(await askRefund(books, name)).toEqual({ kind: 'refused', code: 'disputed' })
      const step = { scope, refundId: waiting.id, by: clerk, now: books.now }
      const approve = () => books.ground.store.write('approve', (tx) => approveRefund(tx, step, books.ports))
      await expect(approve()).rejects.toMatchObject({ code: 'refund.disputed' })
      for (const row of await opened('state_differs')) await bank.decide(row, 'correct')
      expect(await askRefund(books, name)).toEqual({ kind: 'refused', code: 'more_than_left' })
      await expect(approve()).rejects.toMatchObject({ code: 'refund.more_than_left' })
      expect(await refundedOf(name)).toBe(12_800n)
    })

    it('comes to what the bank took, whatever was given back before', async () => {
      const name = await openPaid(books)
      const refund = await openRefund(books, name, { amount: money('30.00', 'CNY') })
      await settleRefund(refund, { kind: 'succeeded', view: refundViewOf(refund) })
      const given = { clientRef: refund.id, kind: 'refund', amount: money('30.00', 'CNY') }
      const back = lineOf(name, { kind: 'return', amount: money('98.00', 'CNY') })
      await bank.read([lineOf(name), feeOf(name), given, back])
      const found = await bank.onlyBreak()
      expect(differenceOf(found)).toBe('-9800')
      await bank.decide(found, 'correct')
      expect([await owed(), await refundedOf(name)]).toEqual([-77n, 12_800n])
    })

    it('is compared with what the statement itself has settled', async () => {
      const name = await books.submitted()
      await books.settle(name, { kind: 'unknown', code: 'no_answer' })
      await bank.read([lineOf(name), feeOf(name), lineOf(name, { kind: 'return', reversalOf: 'b_0' })])
      const found = await bank.onlyBreak()
      expect([differenceOf(found), await owed()]).toEqual(['-12800', 12_800n - 77n])
      await bank.decide(found, 'correct')
      expect(await owed()).toBe(-77n)
    })
  })

  it('of a line that comes late is about that line alone, whatever was taken back before it', async () => {
    const name = await openPaid(books)
    await bank.read([lineOf(name, { kind: 'return' }), feeOf(name)])
    await bank.decide(await one('state_differs'), 'correct')
    await bank.read([lineOf(name, { amount: money('100.00', 'CNY') })], shiftDay(day, 1))
    const late = await bank.onlyBreak()
    expect([late.kind, differenceOf(late)]).toEqual(['amount_differs', '-2800'])
    await bank.decide(late, 'correct')
    expect(await owed()).toBe(10_000n - 12_800n - 77n)
  })

  it('is corrected by no more than bank and book differ by: of two about one thing, one', async () => {
    const name = await openPaid(books)
    await bank.read([])
    const missing = await bank.onlyBreak()
    await bank.decide(missing, 'correct')
    await bank.read([lineOf(name), feeOf(name), lineOf(name)], shiftDay(day, 1))
    const [late, twice] = [await one('amount_differs'), await one('duplicate')]
    expect([differenceOf(late), differenceOf(twice)]).toEqual(['12800', '12800'])
    for (const row of [late, twice]) await bank.decide(row, 'correct')
    await bank.read([lineOf(name, { reversalOf: 'b_2' })], shiftDay(day, 2))
    await bank.decide(await one('state_differs'), 'correct')
    // Once is what is left, all of which can be given back.
    expect([await owed(), await refundedOf(name)]).toEqual([12_800n - 77n, 0n])
  })

  it('of another currency is one of both', async () => {
    const [name, other] = [await openPaid(books), await openPaid(books)]
    await bank.read([
      lineOf(name),
      feeOf(name, '0.77', 'USD'),
      lineOf(other, { amount: money('128.00', 'USD') }),
      feeOf(other),
    ])
    for (const row of await bank.breaks()) await bank.decide(row, 'correct')
    expect([await owed(), await owed('ext:tenant:rail:due|USD')]).toEqual([12_800n - 77n, 12_800n - 77n])
    expect([await owed('bank:main:fee-income|CNY'), await owed('bank:main:fee-income|USD')]).toEqual([77n, 77n])
  })
})
