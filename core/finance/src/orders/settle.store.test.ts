import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { hours } from '@inthread/sdk/time'
import { insertAll } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import type { OrderRow } from '../schema/tables.ts'
import type { Judgement } from './judge.ts'
import type { OrderName } from './order.store.ts'
import { readBook } from './order.view.store.ts'

const failed: Judgement = { kind: 'failed', reason: 'insufficient_funds', code: 'limit' }
const later: Judgement = { kind: 'failed', reason: 'try_later', code: 'closed' }
const notFound: Judgement = { kind: 'not_found' }
const unknown: Judgement = { kind: 'unknown', code: 'no_answer' }
const succeeded = (name: OrderName): Judgement => ({ kind: 'succeeded', view: paymentOf(name) })
const mismatch = (name: OrderName): Judgement => ({
  kind: 'mismatch',
  view: paymentOf(name, { amount: money('129.00', 'CNY') }),
})
const pending = (name: OrderName, version = 1): Judgement => ({
  kind: 'pending',
  view: paymentOf(name, { state: 'processing', version }),
})

describeOnEachDatabase('what the bank says of an order', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())
  const second = 1_000_000

  describe('in its hands', () => {
    it('succeeded: posted, told, audited', async () => {
      const name = await books.submitted()
      const told = await books.settle(name, succeeded(name), { attempt: 1 })
      const row = await books.row(name)
      expect(row).toMatchObject({
        state: 'succeeded',
        bank_ref: 'pay_1',
        bank_version: 2,
        fee_minor: 77n,
        task: null,
        settled_at: books.now,
      })
      expect(told).toEqual([row.conversation_id])
      expect(await books.kindsOf(name)).toEqual(['pending', 'post', 'single', 'single'])
      expect(await books.rowsOf('attempt', name)).toMatchObject([
        { n: 1, outcome: 'succeeded', answered_at: books.now },
      ])
      expect(books.letters.at(-1)).toMatchObject({
        key: `${name.orderId}:final`,
        runId: row.run_id,
        outcome: { name: 'succeeded', data: { receipt: row.number } },
        event: { name: 'settled', data: { result: 'succeeded', receipt: row.number } },
      })
      expect((await books.auditOf(name)).at(-1)).toBe('bank order.succeeded')
    })

    it('succeeded in part: the scene hears the word of the bank', async () => {
      const name = await books.submitted()
      const resource = { id: 'wor_1', state: 'partly_confirmed', version: 2 }
      await books.settle(name, succeeded(name), { attempt: 1, resource })
      expect(books.letters.at(-1)?.event?.data).toMatchObject({ result: 'succeeded', state: 'partly_confirmed' })
    })

    it('failed: let go, with its reason', async () => {
      const name = await books.submitted()
      await books.settle(name, failed, { attempt: 1 })
      expect(await books.row(name)).toMatchObject({ state: 'failed', reason: 'insufficient_funds', task: null })
      expect(await books.kindsOf(name)).toEqual(['pending', 'void'])
      expect(books.letters.at(-1)).toMatchObject({
        outcome: { name: 'declined', data: { reason: 'insufficient_funds' } },
        event: { data: { result: 'declined', reason: 'insufficient_funds' } },
      })
    })

    it('mismatch: in conflict, no success, the hold stays, two people look at it', async () => {
      const name = await books.submitted()
      await books.settle(name, mismatch(name), { attempt: 1 })
      expect(await books.row(name)).toMatchObject({ state: 'conflicted', task: null, told_unknown: 1 })
      expect([await books.kindsOf(name), await books.breaksOf(name)]).toEqual([['pending'], ['amount_differs']])
      expect([books.lettersOf(name), books.letters.at(-1)?.event]).toEqual([['unknown'], null])
      const [found] = await books.rowsOf('break_item', name)
      expect(JSON.parse(found?.detail ?? '')).toEqual({
        amount: '12900',
        currency: 'CNY',
        payee: 'mch_1',
        state: 'succeeded',
      })
    })

    it('pending: asked again later, nobody is told anything', async () => {
      const name = await books.submitted()
      expect(await books.settle(name, pending(name, 3), { attempt: 1 })).toEqual([])
      expect(await books.row(name)).toMatchObject({
        state: 'processing',
        bank_version: 3,
        task: 'query',
        task_at: books.now + 2 * second,
        queries: 1,
        told_unknown: 0,
      })
      await books.settle(name, pending(name, 1))
      expect(await books.row(name)).toMatchObject({ bank_version: 3, task_at: books.now + 5 * second, queries: 2 })
    })

    it('pending, while a newer notice has come: asked again at once', async () => {
      const name = await books.submitted()
      const notice = { tenant_id: 'rail', bank_id: 'main', id: `n-${name.orderId}`, type: 'x', order_id: name.orderId }
      const rows = [{ ...notice, version: 5, state: 'succeeded', received_at: books.now }]
      await books.ground.store.write('notice', (tx) => insertAll(tx, 'notice', rows))
      await books.settle(name, pending(name, 3), { attempt: 1 })
      expect((await books.row(name)).task_at).toBe(books.now)
    })

    it('unknown: the user hears it once, and the bank is asked until it knows', async () => {
      const name = await books.submitted()
      const told = [
        await books.settle(name, unknown, { attempt: 1 }),
        await books.settle(name, unknown),
        await books.settle(name, unknown),
      ]
      expect(told.map((each) => each.length)).toEqual([1, 0, 0])
      expect(books.lettersOf(name)).toEqual(['unknown'])
      expect(await books.row(name)).toMatchObject({
        state: 'processing',
        task: 'query',
        task_at: books.now + 15 * second,
        queries: 3,
      })
      await books.settle(name, succeeded(name))
      expect(books.lettersOf(name)).toEqual(['unknown', 'succeeded'])
      expect(await books.kindsOf(name)).toEqual(['pending', 'post', 'single', 'single'])
    })

    it('unknown or pending for a day: a person looks at it, and the bank is asked on', async () => {
      for (const judge of [(): Judgement => unknown, pending]) {
        const name = await books.submitted()
        await books.change(name, { task: 'query', queries: 29 })
        await books.settle(name, judge(name))
        expect(await books.breaksOf(name)).toEqual([])
        await books.settle(name, judge(name))
        expect(await books.breaksOf(name)).toEqual(['unresolved'])
        await books.settle(name, judge(name))
        expect(await books.row(name)).toMatchObject({ state: 'processing', task_at: books.now + hours(6) * 1000 })
      }
    })

    it('not found: sent again under the same key, five times in all', async () => {
      const name = await books.submitted()
      for (const n of [2, 3, 4, 5]) {
        await books.settle(name, notFound)
        const attempts = await books.rowsOf('attempt', name)
        expect(attempts.map((attempt) => attempt.n).toSorted()).toEqual(
          Array.from({ length: n }, (_, index) => index + 1),
        )
        expect(new Set(attempts.map((attempt) => attempt.bank_key))).toEqual(new Set([name.orderId]))
        expect(await books.row(name)).toMatchObject({ task: 'submit', task_at: books.now, state: 'processing' })
      }
      await books.settle(name, notFound)
      expect(await books.rowsOf('attempt', name)).toHaveLength(5)
      expect(await books.row(name)).toMatchObject({ state: 'processing', task: 'query' })
    })

    it('not found: a failure only when the bank’s word on that is final', async () => {
      const name = await books.submitted()
      for (let n = 1; n < 5; n += 1) await books.settle(name, notFound)
      books.ground.clock.advance(59_999)
      await books.settle(name, notFound)
      expect((await books.row(name)).state).toBe('processing')
      books.ground.clock.advance(1)
      await books.settle(name, notFound)
      expect(await books.row(name)).toMatchObject({ state: 'failed', reason: 'try_later' })
      expect(await books.kindsOf(name)).toEqual(['pending', 'void'])
    })

    it('refused for now: a failure, unless an earlier attempt may have arrived', async () => {
      const [plain, doubtful] = [await books.submitted(), await books.submitted()]
      await books.settle(plain, later, { attempt: 1 })
      expect((await books.row(plain)).state).toBe('failed')
      await books.settle(doubtful, unknown, { attempt: 1 })
      await books.settle(doubtful, notFound)
      await books.settle(doubtful, later, { attempt: 2 })
      expect(await books.row(doubtful)).toMatchObject({ state: 'processing', task: 'query' })
      expect(await books.kindsOf(doubtful)).toEqual(['pending'])
      await books.settle(doubtful, failed)
      expect((await books.row(doubtful)).state).toBe('failed')
    })
  })

  describe('twice', () => {
    it.each([
      ['succeeded', succeeded],
      ['failed', (): Judgement => failed],
      ['mismatch', mismatch],
    ])('is written down once: %s', async (_name, judge) => {
      const name = await books.submitted()
      await books.settle(name, judge(name), { attempt: 1 })
      const before = [
        await books.row(name),
        await books.kindsOf(name),
        await books.breaksOf(name),
        books.lettersOf(name),
      ]
      expect(await books.settle(name, judge(name), { attempt: 1 })).toEqual([])
      expect([
        await books.row(name),
        await books.kindsOf(name),
        await books.breaksOf(name),
        books.lettersOf(name),
      ]).toEqual(before)
    })

    it('at the same time is written down once', async () => {
      const name = await books.submitted()
      await Promise.all([1, 2, 3, 4].map(() => books.settle(name, succeeded(name))))
      expect(await books.kindsOf(name)).toEqual(['pending', 'post', 'single', 'single'])
      expect(books.lettersOf(name)).toEqual(['succeeded'])
    })
  })

  describe('of an order that it had decided', () => {
    const decided: readonly [OrderRow['state'], string, string[]][] = [
      ['failed', 'succeeded', ['state_differs']],
      ['cancelled', 'succeeded', ['state_differs']],
      ['expired', 'succeeded', ['state_differs']],
      ['succeeded', 'failed', ['state_differs']],
      ['succeeded', 'succeeded', []],
      ['failed', 'failed', []],
      ['cancelled', 'failed', []],
      ['expired', 'failed', []],
      ['succeeded', 'mismatch', ['amount_differs']],
      ['failed', 'mismatch', ['amount_differs']],
      ['expired', 'mismatch', ['amount_differs']],
      ['conflicted', 'succeeded', []],
      ['conflicted', 'failed', []],
      ['succeeded', 'pending', []],
      ['failed', 'unknown', []],
      ['succeeded', 'not_found', []],
      ['awaiting_confirmation', 'pending', []],
    ]
    it.each(decided)('%s, now %s: moves nothing, opens %j', async (state, kind, breaks) => {
      const name = await books.submitted()
      await books.change(name, { state, task: null })
      const before = await books.row(name)
      const judgements: Record<string, Judgement> = {
        succeeded: succeeded(name),
        mismatch: mismatch(name),
        pending: pending(name),
        failed,
        unknown,
        not_found: notFound,
      }
      const judgement = judgements[kind] ?? unknown
      expect(await books.settle(name, judgement)).toEqual([])
      await books.settle(name, judgement)
      expect(await books.breaksOf(name)).toEqual(breaks)
      expect([await books.row(name), await books.kindsOf(name), books.lettersOf(name)]).toEqual([
        before,
        ['pending'],
        [],
      ])
    })
  })

  it('leaves books that add up to nothing, with what is undecided and what is broken counted', async () => {
    const own = await Books.open(open)
    const [paid, refused, waiting, strange] = [
      await own.submitted(),
      await own.submitted(),
      await own.submitted(),
      await own.submitted(),
    ]
    await own.settle(paid, succeeded(paid))
    await own.settle(refused, failed)
    await own.settle(strange, mismatch(strange))
    const book = await own.ground.store.read('book', (reader) => readBook(reader, scope))
    expect([book.undecided, book.breaks]).toEqual([2, 1])
    for (const balances of [book.posted, book.pending])
      expect(Object.values(balances).reduce((sum, amount) => sum + BigInt(amount), 0n)).toBe(0n)
    expect(book.pending['bank:main:clearing|CNY']).toBe('25600')
    expect(book.posted['ext:tenant:rail:due|CNY']).toBe('12723')
    expect((await own.row(waiting)).state).toBe('processing')
    await own.ground.close()
  })
})
