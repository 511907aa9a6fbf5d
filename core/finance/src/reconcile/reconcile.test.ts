import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Statement, StatementLine } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import { sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { openPaid, openRefund, refundRow } from '../../test/refunding.ts'
import { done, scriptBank, type Asked } from '../../test/scripted-bank.ts'
import { sumBook } from '../book/movements.ts'
import type { OrderName } from '../orders/order.store.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { FinanceTables, MovementRow } from '../schema/tables.ts'
import { shiftDay } from './bank-day.ts'
import { alarmBreaks, listBreaks } from './break-machine.store.ts'
import { importStatement } from './import-statement.ts'
import { giveBreakBack, resolveBreak, takeBreak, type BreakDecision } from './resolve-break.ts'
import { StatementReader } from './statement-reader.ts'

const day = '2026-03-05'
const nothing = (): Promise<void> => Promise.resolve()
const by = (id: string) => ({ kind: 'key', id }) as const

describeOnEachDatabase('reconciliation', (open) => {
  let books: Books
  beforeEach(async () => {
    books = await Books.open(open)
  })
  afterEach(() => books.ground.close())

  let digests = 0
  const statementOf = (lines: readonly Partial<StatementLine>[], of = day): Statement => ({
    day: of,
    sha256: String((digests += 1)),
    head: '{}',
    lines: lines.map((line, seq) => ({
      seq,
      bankRef: `b_${seq}`,
      clientRef: undefined,
      kind: 'payment',
      amount: money('128.00', 'CNY'),
      valueDate: of,
      bookedAt: books.now,
      payerMask: undefined,
      payeeMask: undefined,
      status: 'booked',
      reversalOf: undefined,
      ...line,
    })),
  })
  const read = (lines: readonly Partial<StatementLine>[], of = day) =>
    importStatement(
      { scope, bankId: 'main' },
      { statement: statementOf(lines, of), zone: 'Asia/Shanghai' },
      books.ports,
    )
  const line = (name: OrderName, change: Partial<StatementLine> = {}) => ({ clientRef: name.orderId, ...change })
  const fee = (name: OrderName, amount = '0.77') => line(name, { kind: 'fee', amount: money(amount, 'CNY') })
  const breaks = (open_ = true): Promise<BreakRow[]> =>
    books.ground.store.read('breaks', (reader) => listBreaks(reader, scope, { open: open_, limit: 50 }))
  const onlyBreak = async (): Promise<BreakRow> => {
    const [found, ...more] = await breaks()
    if (!found || more.length > 0) throw new Error(`there are ${more.length + (found ? 1 : 0)} breaks`)
    return found
  }
  const take = (row: BreakRow) =>
    books.ground.store.write('take', (tx) =>
      takeBreak(tx, { scope, breakId: row.id, by: by('one'), now: books.now }, books.ports),
    )
  const resolve = (row: BreakRow, decision: BreakDecision) =>
    books.ground.store.write('resolve', (tx) =>
      resolveBreak(tx, { scope, breakId: row.id, decision, by: by('two'), now: books.now }, books.ports),
    )
  const bookOf = async () => {
    const rows = await books.ground.store.read('book', (reader) =>
      sqlOf<FinanceTables>(reader).selectFrom('movement').selectAll().execute(),
    )
    return sumBook(rows as MovementRow[])
  }
  const due = 'ext:tenant:rail:due|CNY'

  it('of a day that agrees finds nothing; again, or in another version, it changes nothing', async () => {
    const [first, second] = [await openPaid(books), await openPaid(books)]
    const refund = await openRefund(books, first)
    const statement = statementOf([line(first), fee(first), line(second), fee(second)])
    const importing = (what: Statement) =>
      importStatement({ scope, bankId: 'main' }, { statement: what, zone: 'Asia/Shanghai' }, books.ports)
    expect(await importing(statement)).toMatchObject({ state: 'imported', lines: 4, results: { matched: 4 } })
    expect(await importing(statement)).toMatchObject({ state: 'known' })
    expect(await importing(statementOf([]))).toMatchObject({ state: 'changed' })
    expect(books.events.map(({ name }) => name)).toEqual(['statement.imported', 'statement.changed'])
    expect(await breaks()).toEqual([])
    expect(await refundRow(books, refund)).toMatchObject({ state: 'processing' })
  })

  it('finds each way to differ once, with what it amounts to', async () => {
    const names = [await openPaid(books), await openPaid(books), await openPaid(books), await openPaid(books)] as const
    const failed = await books.submitted()
    await books.settle(failed, { kind: 'failed', reason: 'declined', code: 'no' })
    const lines = [
      line(names[0], { amount: money('120.00', 'CNY') }),
      line(names[1]),
      line(names[1]),
      line(names[2], { kind: 'return' }),
      line(failed),
      { clientRef: 'nobody knows it', amount: money('9.00', 'CNY') },
      ...names.slice(0, 3).map((name) => fee(name)),
    ]
    expect(await read(lines)).toMatchObject({
      results: {
        matched: 4,
        amount_differs: 1,
        duplicate: 1,
        state_differs: 2,
        missing_here: 1,
        missing_at_bank: 1,
      },
    })
    const found = (await breaks()).map(({ kind, detail }) => [
      kind,
      (JSON.parse(detail) as { readonly difference: string }).difference,
    ])
    expect(found.toSorted()).toEqual([
      ['amount_differs', '-800'],
      ['duplicate', '12800'],
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
    await read([line(name), fee(name), { clientRef: refund.id, kind: 'refund', amount: money('50.00', 'CNY') }])
    expect(await books.row(name)).toMatchObject({ state: 'succeeded', fee_minor: 77n, bank_ref: 'b_0' })
    expect(books.lettersOf(name)).toEqual(['unknown', 'succeeded'])
    expect(await refundRow(books, refund)).toMatchObject({ state: 'succeeded' })
  })

  it('takes a line of another amount for no success: two people have to look', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    await read([line(name, { amount: money('1.00', 'CNY') })])
    expect(await books.row(name)).toMatchObject({ state: 'conflicted' })
    expect(await onlyBreak()).toMatchObject({ kind: 'amount_differs', order_id: name.orderId })
  })

  it('ends what the bank never heard of, when two days in a row know nothing of it, and not before', async () => {
    const name = await books.submitted()
    await books.settle(name, { kind: 'unknown', code: 'no_answer' })
    const known = await books.submitted()
    await books.settle(known, { kind: 'pending', view: paymentOf(known, { state: 'processing', version: 1 }) })
    await read([])
    expect(await books.row(name)).toMatchObject({ state: 'processing' })
    await read([], shiftDay(day, 2))
    expect(await books.row(name)).toMatchObject({ state: 'processing' })
    await read([], shiftDay(day, 1))
    expect(await books.row(name)).toMatchObject({ state: 'failed', reason: 'try_later' })
    // A bank that has said that it works on it is not overruled by a silence.
    expect(await books.row(known)).toMatchObject({ state: 'processing' })
  })

  it('closes what was missing when its line comes a day late', async () => {
    const name = await openPaid(books)
    await read([])
    expect(await onlyBreak()).toMatchObject({ kind: 'missing_at_bank', state: 'open' })
    await read([line(name), fee(name)], shiftDay(day, 1))
    expect(await breaks()).toEqual([])
    expect((await breaks(false)).map(({ state }) => state)).toEqual(['auto_matched'])
  })

  it('books what the bank paid out, once (P18)', async () => {
    const name = await openPaid(books)
    const payout = { kind: 'payout', amount: money('127.23', 'CNY') }
    await read([line(name), fee(name), payout])
    const { posted } = await bookOf()
    expect([posted.get(due), posted.get('ext:tenant:rail|CNY')]).toEqual([undefined, 12_723n])
  })

  it('corrects the book by the difference, when two people agree', async () => {
    const name = await openPaid(books)
    await read([line(name, { amount: money('120.00', 'CNY') }), fee(name)])
    const found = await onlyBreak()
    await expect(resolve(found, 'correct')).rejects.toMatchObject({ code: 'break.decision_unfit' })
    await take(found)
    await expect(resolve(found, 'paid')).rejects.toMatchObject({ code: 'break.decision_unfit' })
    await resolve(found, 'correct')
    expect((await bookOf()).posted.get(due)).toBe(12_000n - 77n)
    await expect(resolve(found, 'correct')).rejects.toMatchObject({ code: 'break.decision_unfit' })
    expect(await breaks()).toEqual([])
  })

  it('follows the bank in a fee, and in money that nobody here expected', async () => {
    const name = await openPaid(books)
    await read([line(name), fee(name, '0.80'), { clientRef: 'x', amount: money('9.00', 'CNY') }])
    for (const found of await breaks()) {
      await take(found)
      await resolve(found, 'correct')
    }
    const { posted } = await bookOf()
    expect([posted.get(due), posted.get('bank:main:fee-income|CNY')]).toEqual([12_800n - 80n + 900n, 80n])
    expect(posted.get('ext:customer:unknown|CNY')).toBe(-900n)
  })

  it.each([
    ['paid', 'succeeded', ['pending', 'post', 'single']],
    ['unpaid', 'failed', ['pending', 'void']],
  ] as const)(
    'leaves a conflict as %s by two people alone, and tells whoever waits',
    async (decision, state, kinds) => {
      const name = await books.submitted()
      const view = paymentOf(name, { amount: money('1.00', 'CNY') })
      await books.settle(name, { kind: 'mismatch', view })
      const found = await onlyBreak()
      await take(found)
      expect(await resolve(found, decision)).toEqual([(await books.row(name)).conversation_id])
      expect(await books.row(name)).toMatchObject({ state })
      expect(await books.kindsOf(name)).toEqual(kinds)
      expect(books.lettersOf(name).at(-1)).toBe(decision === 'paid' ? 'succeeded' : 'declined')
      expect(await books.breaksOf(name)).toEqual(['amount_differs'])
    },
  )

  it('lets a break be given back, and tells those that nobody decides, once', async () => {
    await openPaid(books)
    await read([])
    const found = await onlyBreak()
    await take(found)
    await expect(take(found)).rejects.toMatchObject({ code: 'books.step_refused' })
    const step = { scope, breakId: found.id, by: by('one'), now: books.now }
    await books.ground.store.write('back', (tx) => giveBreakBack(tx, step, books.ports))
    const alarm = () => books.ground.store.write('alarm', (tx) => alarmBreaks(tx, books.now))
    expect(await alarm()).toHaveLength(0)
    books.ground.clock.advance(24 * 3_600_000)
    expect(await alarm()).toHaveLength(1)
    expect(await alarm()).toHaveLength(0)
  })

  it('cut short after any of its writes is done again, and ends as if nothing had happened', async () => {
    const name = await openPaid(books)
    const unknown = await books.submitted()
    await books.settle(unknown, { kind: 'unknown', code: 'no_answer' })
    const lines = [
      line(name, { amount: money('120.00', 'CNY') }),
      line(unknown),
      { clientRef: 'x' },
      { kind: 'payout' },
    ]
    const statement = statementOf(lines)
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
      const importing = { statement, zone: 'Asia/Shanghai' }
      over = await importStatement({ scope, bankId: 'main' }, importing, cut).then(
        ({ state }) => state === 'imported' || state === 'known',
        () => false,
      )
      cuts += over ? 0 : 1
    }
    expect(cuts).toBeGreaterThanOrEqual(4)
    expect((await breaks()).map(({ kind }) => kind).toSorted()).toEqual(['amount_differs', 'missing_here'])
    expect(await books.row(unknown)).toMatchObject({ state: 'succeeded' })
    expect(books.lettersOf(unknown)).toEqual(['unknown', 'succeeded'])
    expect((await bookOf()).posted.get('ext:tenant:rail|CNY')).toBe(12_800n)
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
          statement: (of) => (ready ? done(statementOf([], of)) : Promise.resolve({ kind: 'not_found' as const })),
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
    expect(await onlyBreak()).toMatchObject({ kind: 'missing_at_bank' })
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
        { profile: () => done(profile), statement: (of) => (up ? done(statementOf([], of)) : Promise.resolve(away)) },
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

  it('begins a day anew that the bank changed before it was imported whole, and books nothing of it twice', async () => {
    const name = await openPaid(books)
    const importing = (what: Statement, ports = books.ports) =>
      importStatement({ scope, bankId: 'main' }, { statement: what, zone: 'Asia/Shanghai' }, ports)
    const write: typeof books.ports.store.write = (label, work, settle) =>
      label === 'statement.finish' ? Promise.reject(new Error('over')) : books.ports.store.write(label, work, settle)
    const payout = { kind: 'payout', amount: money('127.23', 'CNY') }
    const old = statementOf([{ kind: 'payout', amount: money('1.00', 'CNY') }, payout])
    const { store } = books.ports
    const cut = { ...store, flavour: store.flavour, read: store.read.bind(store), write, close: nothing }
    await expect(importing(old, { ...books.ports, store: cut })).rejects.toThrow('over')
    const fresh = statementOf([line(name), fee(name), payout])
    expect(await importing(fresh)).toMatchObject({ state: 'imported', lines: 3, results: { matched: 3 } })
    expect((await bookOf()).posted.get('ext:tenant:rail|CNY')).toBe(12_723n)
    expect(await importing(old)).toMatchObject({ state: 'changed' })
  })
})
