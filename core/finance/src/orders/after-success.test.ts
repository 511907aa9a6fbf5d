import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Notice } from '@inthread/sdk/bank'
import { consumerLoan, escrow, instalments, insurance, points, transfer, wealth } from '@inthread/sdk/capabilities'
import type { OperationDeclaration } from '@inthread/sdk/capability'
import { money } from '@inthread/sdk/money'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { askRefund, openRefund, refundViewOf } from '../../test/refunding.ts'
import { submitRouted } from '../../test/routed.ts'
import { sumBook } from '../book/movements.ts'
import { commitNotices } from '../notices/notice.store.ts'
import { listDays } from '../payouts/list-days.ts'
import { dayOf } from '../reconcile/bank-day.ts'
import { readOwnItems } from '../reconcile/own-items.store.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import type { OrderName } from './order.store.ts'

const { pay } = escrow.operations
const { send } = transfer.operations

describeOnEachDatabase('what follows an order that is no payment', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())
  let notices = 0

  /** In the bank's hands, as its capability says. */
  const submit = (operation: OperationDeclaration, counted = {}): Promise<OrderName> =>
    submitRouted(books, operation, { counted })
  async function settle(name: OrderName, state: string): Promise<void> {
    const view = paymentOf(name, { fee: undefined })
    await books.settle(name, { kind: 'succeeded', view }, { attempt: 1, resource: { id: 'r', state, version: 2 } })
  }
  const tell = (name: OrderName, state: string, change: Partial<Notice> = {}): Promise<unknown> => {
    const notice = {
      id: `n${(notices += 1)}`,
      type: 'x',
      clientRef: name.orderId,
      version: notices + 2,
      state,
      ...change,
    }
    return books.ground.store.write('notice', (tx) =>
      commitNotices(tx, scope, { bankId: 'main', notices: [notice], now: books.now, ports: books.ports }),
    )
  }
  /** What has moved of one order, by account without the names of users. */
  async function balancesOf(name: OrderName): Promise<Readonly<Record<string, string>>> {
    const { posted, pending } = sumBook(await books.rowsOf('movement', name))
    expect(pending.size).toBe(0)
    const { subscriber_id: user } = await books.row(name)
    const told = [...posted].map(([account, amount]) => {
      return [account.replaceAll(user, 'user').replaceAll(name.orderId, 'order'), amount.toString()]
    })
    return Object.fromEntries(told.toSorted())
  }

  it.each([
    ['released', { 'ext:customer:user|CNY': '-12800', 'ext:tenant:rail:due|CNY': '12800' }],
    ['returned', {}],
  ])('a safe hand that has %s is booked so, once, and breaks nothing', async (state, balances) => {
    const name = await submit(pay)
    await settle(name, 'held')
    expect(await balancesOf(name)).toEqual({ 'ext:customer:user|CNY': '-12800', 'ext:escrow:order|CNY': '12800' })
    await tell(name, 'shipped')
    await tell(name, state)
    await tell(name, state)
    expect([await balancesOf(name), await books.breaksOf(name)]).toEqual([balances, []])
  })

  it('is booked too when it is known before the order has succeeded: by its notice, or in the answer', async () => {
    const released = { 'ext:customer:user|CNY': '-12800', 'ext:tenant:rail:due|CNY': '12800' }
    const [early, at_once] = [await submit(pay), await submit(pay)]
    await tell(early, 'released')
    await settle(early, 'held')
    await settle(at_once, 'released')
    expect([await balancesOf(early), await balancesOf(at_once)]).toEqual([released, released])
    await tell(at_once, 'released')
    expect(await balancesOf(at_once)).toEqual(released)
  })

  it('is booked once: what was let go of is not given back as well, and people look at it', async () => {
    const name = await submit(pay)
    await settle(name, 'held')
    await tell(name, 'released')
    const before = await balancesOf(name)
    await tell(name, 'returned')
    expect([await balancesOf(name), await books.breaksOf(name)]).toEqual([before, ['state_differs']])
  })

  it('is the word of its own bank: what another one says of it is nothing', async () => {
    const name = await submit(pay)
    const notice = { id: 'n0', type: 'x', clientRef: name.orderId, version: 9, state: 'released' }
    const arrived = { bankId: 'other', notices: [notice], now: books.now, ports: books.ports }
    await books.ground.store.write('notice', (tx) => commitNotices(tx, scope, arrived))
    await settle(name, 'held')
    expect(await books.row(name)).toMatchObject({ captured_at: null })
  })

  it('is booked as far as the bank has filled it', async () => {
    const { subscribe } = wealth.operations
    for (const [value, moved] of [
      ['5000', '5000'],
      ['99900', '12800'],
    ] as const) {
      const name = await submit(subscribe)
      const resource = { id: 'r', state: 'partly_confirmed', version: 2, value: { value, currency: 'CNY' } }
      const view = paymentOf(name, { fee: undefined })
      await books.settle(name, { kind: 'succeeded', view }, { attempt: 1, resource })
      expect(await balancesOf(name)).toEqual({ 'ext:customer:user|CNY': `-${moved}`, 'ext:product:w1|CNY': moved })
    }
  })

  it('is given back no further than the bank has filled it', async () => {
    const { bank } = consumerLoan.operations.finance
    const { book } = instalments.operations.purchase
    const name = await submit({ ...instalments.operations.purchase, bank, book: { ...book, part: { part: 'value' } } })
    const resource = { id: 'r', state: 'part', version: 2, value: { value: '5000', currency: 'CNY' } }
    await books.settle(name, { kind: 'succeeded', view: paymentOf(name, { fee: undefined }) }, { attempt: 1, resource })
    expect(await askRefund(books, name, { amount: money('50.01', 'CNY') })).toMatchObject({ code: 'more_than_left' })
    expect(await askRefund(books, name, { amount: undefined })).toMatchObject({ refund: { amount_minor: 5000n } })
  })

  it.each([
    ['a transfer', transfer.operations.send, ['succeeded', 'returned']],
    ['an insurance', insurance.operations.bind, ['in_force', 'cancelled_cooling_off']],
  ] as const)('%s that comes back is the user’s again (P09)', async (_name, operation, [success, back]) => {
    const name = await submit(operation)
    await settle(name, success)
    await tell(name, back)
    expect([await balancesOf(name), await books.breaksOf(name)]).toEqual([{}, []])
  })

  it.each([
    ['a loan that is taken back', consumerLoan.operations.finance, ['disbursed', 'reversed']],
    ['a plan that fails', instalments.operations.purchase, ['active', 'rejected']],
  ] as const)('%s after success is for people to look at', async (_name, operation, [success, other]) => {
    const name = await submit(operation)
    await settle(name, success)
    const before = await balancesOf(name)
    await tell(name, other)
    expect([await balancesOf(name), await books.breaksOf(name)]).toEqual([before, ['state_differs']])
  })

  it('an end that the bank says of what has failed here is one too, by its own word for it', async () => {
    const name = await submit(pay)
    await books.settle(name, { kind: 'failed', reason: 'declined', code: 'no' }, { attempt: 1 })
    await tell(name, 'failed')
    expect([await balancesOf(name), await books.breaksOf(name)]).toEqual([{}, []])
    await tell(name, 'shipped')
    expect([await balancesOf(name), await books.breaksOf(name)]).toEqual([{}, ['state_differs']])
  })

  describe('on the merchant’s days', () => {
    const zone = 'Asia/Shanghai'
    const readDay = async (own: Books) => {
      const day = dayOf(own.now, zone)
      const [found] = await listDays(own.ground.store, scope, { from: day, until: day, zone })
      return [found?.payments ?? 0, found?.captured.value ?? '0', found?.payable.value ?? '0']
    }
    const later = (own: Books): void => own.ground.clock.advance(24 * 3_600_000)

    it('stands what the merchant gets, points with what they are worth, and nothing else', async () => {
      later(books)
      await settle(await submit(transfer.operations.send), 'succeeded')
      await settle(await submit(pay), 'held')
      expect(await readDay(books)).toEqual([0, '0', '0'])
      await settle(await submit(instalments.operations.purchase), 'active')
      await settle(await submit(consumerLoan.operations.finance), 'disbursed')
      const counted = { points: { minor: '2000' }, worth: { minor: '2000', currency: 'CNY' } }
      await settle(await submit(points.operations.pay, counted), 'succeeded')
      expect(await readDay(books)).toEqual([3, '40400', '40400'])
    })

    it('is looked for on the statement of the day on which the merchant has it, and no other', async () => {
      later(books)
      const [plan, kept, sent] = [await submit(instalments.operations.purchase), await submit(pay), await submit(send)]
      await settle(plan, 'active')
      await settle(kept, 'held')
      await settle(sent, 'succeeded')
      const expected = async (): Promise<readonly string[]> => {
        const day = dayOf(books.now, zone)
        const query = { bankId: 'main', day, zone, lines: [], sealer: books.ports.sealer }
        const { items } = await books.ground.store.read('own', (reader) => readOwnItems(reader, scope, query))
        return items.filter((item) => item.day === day).map(({ id }) => id)
      }
      expect(await expected()).toEqual([plan.orderId])
      later(books)
      await tell(kept, 'released')
      expect(await expected()).toEqual([kept.orderId])
    })

    it('stands what a safe hand lets go of, on the day on which it does', async () => {
      later(books)
      const name = await submit(pay)
      await settle(name, 'held')
      later(books)
      await tell(name, 'released')
      expect(await readDay(books)).toEqual([1, '12800', '12800'])
      expect(await books.row(name)).toMatchObject({ captured_at: books.now, captured_minor: 12_800n })
    })
  })

  it('what is given back of a loan goes to the bank that lent it', async () => {
    const name = await submit(consumerLoan.operations.finance)
    await settle(name, 'disbursed')
    const refund = await openRefund(books, name, { amount: money('28.00', 'CNY') })
    const judgement = { kind: 'succeeded', view: refundViewOf(refund) } as const
    await books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { refund, judgement, submitted: true, notFoundIsFinalAfterMs: 0 }, books.ports),
    )
    expect(await balancesOf(name)).toEqual({
      'ext:bank:main:lending|CNY': '-10000',
      'ext:tenant:rail:due|CNY': '10000',
      'loan:order:memo|CNY': '-10000',
      'loan:order:principal|CNY': '10000',
    })
  })
})
