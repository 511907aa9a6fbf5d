import { afterEach, beforeEach, expect, it } from 'vitest'
import { bills, escrow, instalments } from '@inthread/sdk/capabilities'
import { money } from '@inthread/sdk/money'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { day, feeOf, lineOf, Reconciling } from '../../test/reconciling.ts'
import { openPaid, openRefund, refundRow, refundViewOf } from '../../test/refunding.ts'
import { submitRouted } from '../../test/routed.ts'
import { done, scriptBank, type Asked } from '../../test/scripted-bank.ts'
import { listDays } from '../payouts/list-days.ts'
import type { RefundJudgement } from '../refunds/judge-refund.ts'
import { commitRefundChange } from '../refunds/refund.store.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import { shiftDay } from './bank-day.ts'
import { StatementReader } from './statement-reader.ts'

const nothing = (): Promise<void> => Promise.resolve()

describeOnEachDatabase('reconciliation', (open) => {
  let books: Books
  let bank: Reconciling
  beforeEach(async () => {
    books = await Books.open(open)
    bank = new Reconciling(books)
  })
  afterEach(() => books.ground.close())

  const due = 'ext:tenant:rail:due|CNY'

  it('of a day that agrees finds nothing; again, or in another version, it changes nothing', async () => {
    const [first, second] = [await openPaid(books), await openPaid(books)]
    const refund = await openRefund(books, first)
    const statement = bank.statement([lineOf(first), feeOf(first), lineOf(second), feeOf(second)])
    expect(await bank.import(statement)).toMatchObject({ state: 'imported', lines: 4, results: { matched: 4 } })
    expect(await bank.import(statement)).toMatchObject({ state: 'known' })
    expect(await bank.import(bank.statement([]))).toMatchObject({ state: 'changed' })
    expect(books.events.map(({ name }) => name)).toEqual(['statement.imported', 'statement.changed'])
    expect(await bank.breaks()).toEqual([])
    expect(await refundRow(books, refund)).toMatchObject({ state: 'processing' })
  })

  it('finds each way to differ once, with what it amounts to', async () => {
    const names = [await openPaid(books), await openPaid(books), await openPaid(books), await openPaid(books)] as const
    const failed = await books.submitted()
    await books.settle(failed, { kind: 'failed', reason: 'declined', code: 'no' })
    const lines = [
      lineOf(names[0], { amount: money('120.00', 'CNY') }),
      lineOf(names[1]),
      lineOf(names[1]),
      lineOf(names[2], { kind: 'return' }),
      lineOf(failed),
      { clientRef: 'nobody knows it', amount: money('9.00', 'CNY') },
      ...names.slice(0, 3).map((name) => feeOf(name)),
    ]
    expect(await bank.read(lines)).toMatchObject({
      results: {
        matched: 4,
        amount_differs: 1,
        duplicate: 1,
        state_differs: 2,
        missing_here: 1,
        missing_at_bank: 2,
      },
    })
    const found = (await bank.breaks()).map(({ kind, detail }) => [
      kind,
      (JSON.parse(detail) as { readonly difference: string }).difference,
    ])
    expect(found.toSorted()).toEqual([
      ['amount_differs', '-800'],
      ['duplicate', '12800'],
      ['missing_at_bank', '-12800'],
      // What was returned stands on no line either.
      ['missing_at_bank', '-12800'],
      ['missing_here', '900'],
      ['state_differs', '-12800'],
      ['state_differs', '12800'],
    ])
  })

  it('decides what was unknown: paid by its line, and a refund too', async () => {
    const name = await books.submitted()
    const refund = await openRefund(books, await openPaid(books))
    await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    await bank.read([
      lineOf(name),
      feeOf(name),
      { clientRef: refund.id, kind: 'refund', amount: money('50.00', 'CNY') },
    ])
    expect(await books.row(name)).toMatchObject({ state: 'succeeded', fee_minor: 77n, bank_ref: 'b_0' })
    expect(books.lettersOf(name)).toEqual(['unknown', 'succeeded'])
    expect(await refundRow(books, refund)).toMatchObject({ state: 'succeeded' })
    // Its fee is compared with what the line has made of it.
    expect((await bank.breaks()).map(({ kind }) => kind)).toEqual(['missing_at_bank'])
  })

  it('leaves a payment the name by which the bank knows it, whatever its line is called', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'pending', view: paymentOf(name, { state: 'processing', version: 1 }) })
    await bank.read([lineOf(name, { bankRef: 'entry_7' }), feeOf(name)])
    expect(await books.row(name)).toMatchObject({ state: 'succeeded', bank_ref: 'pay_1' })
  })

  it.each([
    ['pending', '128.00'],
    ['rejected', '1.00'],
  ])('takes a line that is %s for nothing: what is booked decides, when it comes', async (status, amount) => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    await bank.read([lineOf(name, { status, amount: money(amount, 'CNY') })])
    expect(await books.row(name)).toMatchObject({ state: 'processing' })
    await bank.read([lineOf(name)], shiftDay(day, 1))
    expect(await books.row(name)).toMatchObject({ state: 'succeeded' })
    expect(await bank.breaks()).toEqual([])
  })

  it('takes a line of another amount for no success: two people have to look', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    await bank.read([lineOf(name, { amount: money('1.00', 'CNY') })])
    expect(await books.row(name)).toMatchObject({ state: 'conflicted' })
    expect(await bank.onlyBreak()).toMatchObject({ kind: 'amount_differs', order_id: name.orderId })
  })

  it('ends what the bank never heard of, when two days in a row know nothing of it, and not before', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    const known = await books.submitted()
    await books.settle(known, { kind: 'pending', view: paymentOf(known, { state: 'processing', version: 1 }) })
    await bank.read([])
    expect(await books.row(name)).toMatchObject({ state: 'processing' })
    await bank.read([], shiftDay(day, 2))
    expect(await books.row(name)).toMatchObject({ state: 'processing' })
    await bank.read([], shiftDay(day, 1))
    expect(await books.row(name)).toMatchObject({ state: 'failed', reason: 'try_later' })
    // A bank that has said that it works on it is not overruled by a silence.
    expect(await books.row(known)).toMatchObject({ state: 'processing' })
  })

  it('ends nothing that would be on no statement of the merchant’s anyway', async () => {
    const submit = (operation: Parameters<typeof submitRouted>[1], change = {}) =>
      submitRouted(books, operation, { change })
    const plan = await submit(instalments.operations.purchase)
    const others = [await submit(bills.operations.pay), await submit(escrow.operations.pay)]
    others.push(await submit(instalments.operations.purchase, { amount_minor: 0n }))
    for (const name of [plan, ...others]) await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    await bank.read([])
    await bank.read([], shiftDay(day, 1))
    expect(await books.row(plan)).toMatchObject({ state: 'failed', reason: 'try_later' })
    for (const name of others) expect(await books.row(name)).toMatchObject({ state: 'processing' })
  })

  it('counts from the last sending: what was sent again the next evening is not ended at six', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'unknown', code: 'no_answer' }, { attempt: 1 })
    books.ground.clock.advance(37 * 3_600_000)
    await books.settle(name, { kind: 'not_found' })
    await books.settle(name, { kind: 'unknown', code: 'no_answer' }, { attempt: 2 })
    await bank.read([])
    await bank.read([], shiftDay(day, 1))
    expect(await books.row(name)).toMatchObject({ state: 'processing' })
    await bank.read([], shiftDay(day, 2))
    expect(await books.row(name)).toMatchObject({ state: 'failed', reason: 'try_later' })
  })

  it('does not end what the bank acknowledges, or is asked about, between our reading and our writing', async () => {
    const [order, asked] = [await books.submitted(), await books.submitted()]
    for (const name of [order, asked]) await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    const refund = await openRefund(books, await openPaid(books))
    const settle = (judgement: RefundJudgement, submitted = false) =>
      books.ground.store.write('settle', (tx) =>
        commitRefundJudgement(tx, { refund, judgement, submitted, notFoundIsFinalAfterMs: 0 }, books.ports),
      )
    await books.ground.store.write('sent', (tx) =>
      commitRefundChange(tx, refund, { sent_at: books.now, unanswered: 1 }),
    )
    await settle({ kind: 'unknown', code: 'no_answer' })
    await bank.read([])
    const { store } = books.ports
    const acknowledge = async (): Promise<void> => {
      await books.settle(order, { kind: 'pending', view: paymentOf(order, { state: 'processing', version: 1 }) })
      await settle({ kind: 'pending', view: refundViewOf(refund, { state: 'processing', version: 1 }) })
      await books.change(asked, { lease_until: Number.MAX_SAFE_INTEGER })
    }
    let late = acknowledge
    const meanwhile: typeof store.write = async (label, work, use) => {
      if (label !== 'statement.settle') return store.write(label, work, use)
      await late()
      late = nothing
      return store.write(label, work, use)
    }
    const ports = {
      ...books.ports,
      store: { ...store, read: store.read.bind(store), write: meanwhile, close: nothing },
    }
    const next = bank.statement([], shiftDay(day, 1))
    await bank.import(next, ports)
    expect([(await books.row(order)).state, (await books.row(asked)).state]).toEqual(['processing', 'processing'])
    expect(await refundRow(books, refund)).toMatchObject({ state: 'processing' })
  })

  it('knows the parts of a fee on other days: the rest of it agrees, and what comes once more does not', async () => {
    const [name, twice] = [await openPaid(books), await openPaid(books)]
    await bank.read([lineOf(name), feeOf(name, '0.50'), lineOf(twice), feeOf(twice)])
    expect(await bank.onlyBreak()).toMatchObject({ kind: 'amount_differs', order_id: name.orderId })
    const next = await bank.read([feeOf(name, '0.27'), feeOf(twice)], shiftDay(day, 1))
    expect(next.results).toEqual({ matched: 1, amount_differs: 1 })
    const [, found] = await bank.breaks()
    expect(found).toMatchObject({ order_id: twice.orderId })
    expect(JSON.parse(found?.detail ?? '{}')).toMatchObject({ difference: '77', of: 'fee' })
  })

  it('closes what was missing when its line comes a day late', async () => {
    const name = await openPaid(books)
    await bank.read([])
    expect(await bank.onlyBreak()).toMatchObject({ kind: 'missing_at_bank', state: 'open' })
    await bank.read([lineOf(name), feeOf(name)], shiftDay(day, 1))
    expect(await bank.breaks()).toEqual([])
    expect((await bank.breaks(false)).map(({ state }) => state)).toEqual(['auto_matched'])
  })

  it('books what the bank paid out, once (P18)', async () => {
    const name = await openPaid(books)
    const payout = { kind: 'payout', amount: money('127.23', 'CNY'), bankRef: 'out_1' }
    await bank.read([lineOf(name), feeOf(name), payout, { ...payout, status: 'pending' }])
    const { posted } = await bank.book()
    expect([posted.get(due), posted.get('ext:tenant:rail|CNY')]).toEqual([undefined, 12_723n])
  })

  it('takes a payout back by so much as the bank took back of it, like the rest of a campaign (P10)', async () => {
    const fund = { kind: 'payout', amount: money('10.00', 'CNY'), bankRef: 'cmp_1' }
    const rest = { ...fund, amount: money('4.07', 'CNY'), reversalOf: 'cmp_1' }
    await bank.read([fund])
    await bank.read([rest, { ...rest, status: 'pending' }], shiftDay(day, 1))
    const { posted } = await bank.book()
    expect([posted.get(due), posted.get('ext:tenant:rail|CNY')]).toEqual([-593n, 593n])
    const days = await listDays(books.ground.store, scope, {
      ...{ from: day, until: shiftDay(day, 1), zone: 'Asia/Shanghai' },
    })
    expect(days.map(({ paidOut }) => paidOut.value)).toEqual(['1000', '-407'])
    expect(await bank.breaks(false)).toEqual([])
  })

  it('cut short after any of its writes is done again, and ends as if nothing had happened', async () => {
    const name = await openPaid(books)
    const unknown = await books.submitted()
    await books.settle(unknown, { kind: 'unknown', code: 'no_answer' })
    const lines = [
      lineOf(name, { amount: money('120.00', 'CNY') }),
      lineOf(unknown),
      { clientRef: 'x' },
      { kind: 'payout' },
    ]
    const statement = bank.statement(lines)
    const { store } = books.ports
    let cuts = 0
    for (let left = 0, over = false; !over; left += 1) {
      let writes = 0
      const write: typeof store.write = async (label, work, settle) => {
        const written = await store.write(label, work, settle)
        if ((writes += 1) > left) throw new Error('the process ended here')
        return written
      }
      const cut = {
        ...books.ports,
        store: { flavour: store.flavour, read: store.read.bind(store), write, close: nothing },
      }
      over = await bank.import(statement, cut).then(
        ({ state }) => state === 'imported' || state === 'known',
        () => false,
      )
      cuts += over ? 0 : 1
    }
    expect(cuts).toBeGreaterThanOrEqual(4)
    expect((await bank.breaks()).map(({ kind }) => kind).toSorted()).toEqual(['amount_differs', 'missing_here'])
    expect(await books.row(unknown)).toMatchObject({ state: 'succeeded' })
    expect(books.lettersOf(unknown)).toEqual(['unknown', 'succeeded'])
    expect((await bank.book()).posted.get('ext:tenant:rail|CNY')).toBe(12_800n)
  })

  it('happens every morning at six of the bank’s zone, and catches up with missed days in their order', async () => {
    await openPaid(books)
    const calls: Asked[] = []
    let ready = false
    const profile = { name: {}, payee: { id: 'm', name: 'n', account: 'a' }, zone: 'Asia/Shanghai' }
    books.connect(
      scriptBank(
        {
          profile: () => done(profile),
          statement: (of) => (ready ? done(bank.statement([], of)) : Promise.resolve({ kind: 'not_found' as const })),
        },
        calls,
      ),
    )
    const reader = new StatementReader(books.ports)
    const asked = () => calls.filter(({ call }) => call === 'statement').map(({ request }) => request)
    await reader.readAll()
    expect(asked()).toEqual([])
    books.ground.clock.advance(20 * 3_600_000)
    await reader.readAll()
    await reader.readAll()
    expect(asked()).toEqual([day])
    ready = true
    books.ground.clock.advance(48 * 3_600_000)
    await reader.readAll()
    await reader.readAll()
    expect(asked().slice(1)).toEqual([day, shiftDay(day, 1), shiftDay(day, 2)])
    expect(await bank.onlyBreak()).toMatchObject({ kind: 'missing_at_bank' })
    const fresh = new StatementReader(books.ports)
    await fresh.readAll()
    expect(asked()).toHaveLength(4)
  })

  it('asks for a day that it could not read, also when the bank has told of a later one meanwhile', async () => {
    await openPaid(books)
    let up = false
    const calls: Asked[] = []
    const profile = { name: {}, payee: { id: 'm', name: 'n', account: 'a' }, zone: 'Asia/Shanghai' }
    const away = { kind: 'unknown', code: 'no_answer' } as const
    books.connect(
      scriptBank(
        {
          profile: () => done(profile),
          statement: (of) => (up ? done(bank.statement([], of)) : Promise.resolve(away)),
        },
        calls,
      ),
    )
    books.ground.clock.advance(72 * 3_600_000)
    const reader = new StatementReader(books.ports)
    await reader.readAll()
    up = true
    for (const setup of await books.ports.banks.list()) await reader.read(setup, shiftDay(day, 2))
    books.ground.clock.advance(5 * 60_000)
    await reader.readAll()
    await reader.readAll()
    const asked = calls.filter(({ call }) => call === 'statement').map(({ request }) => request)
    expect(asked).toEqual([day, shiftDay(day, 2), day, shiftDay(day, 1)])
  })

  it('begins a day anew that was changed before it was imported whole, and books nothing of it twice', async () => {
    const name = await openPaid(books)
    const write: typeof books.ports.store.write = (label, work, settle) =>
      label === 'statement.finish' ? Promise.reject(new Error('over')) : books.ports.store.write(label, work, settle)
    const payout = { kind: 'payout', amount: money('127.23', 'CNY') }
    const old = bank.statement([{ kind: 'payout', amount: money('1.00', 'CNY') }, payout])
    const { store } = books.ports
    const cut = { ...store, flavour: store.flavour, read: store.read.bind(store), write, close: nothing }
    await expect(bank.import(old, { ...books.ports, store: cut })).rejects.toThrow('over')
    const fresh = bank.statement([lineOf(name), feeOf(name), payout])
    expect(await bank.import(fresh)).toMatchObject({ state: 'imported', lines: 3, results: { matched: 3 } })
    expect((await bank.book()).posted.get('ext:tenant:rail|CNY')).toBe(12_723n)
    expect(await bank.import(old)).toMatchObject({ state: 'changed' })
  })
})
