import { afterEach, beforeEach, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { by, day, feeOf, lineOf, Reconciling } from '../../test/reconciling.ts'
import { openPaid } from '../../test/refunding.ts'
import { alarmBreaks } from './break-machine.store.ts'
import { giveBreakBack } from './resolve-break.ts'

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
    ['paid', 'succeeded', ['pending', 'post', 'single']],
    ['unpaid', 'failed', ['pending', 'void']],
  ] as const)(
    'leaves a conflict as %s by two people alone, and tells whoever waits',
    async (decision, state, kinds) => {
      const name = await books.submitted()
      const view = paymentOf(name, { amount: money('1.00', 'CNY') })
      await books.settle(name, { kind: 'mismatch', view })
      const found = await bank.onlyBreak()
      await bank.take(found)
      expect(await bank.resolve(found, decision)).toEqual([(await books.row(name)).conversation_id])
      expect(await books.row(name)).toMatchObject({ state })
      expect(await books.kindsOf(name)).toEqual(kinds)
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
})
