import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { listProposals } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { askRefund, clerk, openPaid, openRefund, refundRow, refundViewOf } from '../../test/refunding.ts'
import { postings } from '../../test/vectors.ts'
import { sumBook } from '../book/movements.ts'
import { commitNotices } from '../notices/notice.store.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { approveRefund, lapseRefunds, rejectRefund } from './decide-refund.ts'
import type { RefundJudgement } from './judge-refund.ts'
import { commitRefundJudgement } from './settle-refund.store.ts'

describeOnEachDatabase('refunds', (open) => {
  let books: Books
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())

  const settle = (refund: RefundRow, judgement: RefundJudgement, submitted = false) =>
    books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { refund, judgement, submitted, notFoundIsFinalAfterMs: 60_000 }, books.ports),
    )
  const succeed = (refund: RefundRow) => settle(refund, { kind: 'succeeded', view: refundViewOf(refund) })
  const fail = (refund: RefundRow) => settle(refund, { kind: 'failed', reason: 'declined', code: 'no' })
  const refundedOf = async (name: Parameters<Books['row']>[0]) => (await books.row(name)).refunded_minor

  it('give back part by part and never more than was paid, booked as agreed (P05)', async () => {
    const name = await openPaid(books)
    const first = await openRefund(books, name)
    await succeed(first)
    await succeed(await openRefund(books, name, { amount: undefined }))
    expect(await askRefund(books, name, { amount: money('0.01', 'CNY') })).toEqual({
      kind: 'refused',
      code: 'more_than_left',
    })
    const { subscriber_id: subscriber } = await books.row(name)
    const due = 'ext:tenant:rail:due|CNY'
    const { posted, pending } = sumBook(await books.rowsOf('movement', name))
    expect(posted.get(`ext:customer:${subscriber}|CNY`)).toBeUndefined()
    // P05 knows no fee: the bank keeps it, so the merchant owes it.
    expect(posted.get(due)).toBe(-77n)
    expect(pending.size).toBe(0)
    expect(postings.find(({ id }) => id === 'P05')?.expected.balances).toEqual({})
    expect(await refundRow(books, first)).toMatchObject({ state: 'succeeded', bank_ref: 'rfd_1', task: null })
  })

  it('come with what the bank gives back of its fee', async () => {
    const name = await openPaid(books)
    const refund = await openRefund(books, name, { amount: undefined })
    await settle(refund, { kind: 'succeeded', view: refundViewOf(refund, { fee: money('0.77', 'CNY') }) })
    expect(sumBook(await books.rowsOf('movement', name)).posted.size).toBe(0)
    expect(await refundRow(books, refund)).toMatchObject({ fee_minor: 77n })
  })

  it('fifty at once take what there is, and not a fen more', async () => {
    const name = await openPaid(books)
    const ten = { amount: money('10.00', 'CNY') }
    // Half of them in another process, which shares nothing but the database.
    const other = new Books(await books.ground.another('two'))
    const both = Array.from({ length: 50 }, (_each, index) => askRefund(index % 2 === 0 ? books : other, name, ten))
    const openings = await Promise.all(both)
    await other.ground.close()
    expect(openings.filter(({ kind }) => kind === 'opened')).toHaveLength(12)
    expect(openings.filter((opening) => opening.kind === 'refused' && opening.code === 'more_than_left')).toHaveLength(
      38,
    )
    expect(await refundedOf(name)).toBe(12_000n)
    const { pending } = sumBook(await books.rowsOf('movement', name))
    expect(pending.get('ext:tenant:rail:due|CNY')).toBe(-12_000n)
    books.ground.clock.advance(60_000)
  })

  it('that failed can be asked for again, and are told why', async () => {
    const name = await openPaid(books)
    const refund = await openRefund(books, name, { amount: undefined })
    await fail(refund)
    expect(await refundedOf(name)).toBe(0n)
    expect(await refundRow(books, refund)).toMatchObject({ state: 'failed', failure: 'declined', task: null })
    await succeed(await openRefund(books, name, { amount: undefined }))
    expect(await refundedOf(name)).toBe(12_800n)
  })

  it('asked for twice under one id are one', async () => {
    const name = await openPaid(books)
    const refundId = books.ground.ids.next()
    await openRefund(books, name, { refundId })
    await openRefund(books, name, { refundId })
    expect(await refundedOf(name)).toBe(5000n)
  })

  it('are refused for what was not paid, in another currency, and of nobody’s order', async () => {
    const name = await openPaid(books)
    const codeOf = async (...asked: Parameters<typeof askRefund>) => {
      const opening = await askRefund(...asked)
      return opening.kind === 'refused' && opening.code
    }
    expect(await codeOf(books, await books.submitted())).toBe('not_captured')
    expect(await codeOf(books, name, { amount: money('1.00', 'USD') })).toBe('wrong_currency')
    expect(await codeOf(books, name, { order: 'NOSUCHNUMB' })).toBe('order_unknown')
    expect(await codeOf(books, name, { amount: money('0.00', 'CNY') })).toBe('more_than_left')
  })

  it('of a scene are for what it sold itself, to the user it talks to; it hears of the end', async () => {
    const name = await openPaid(books)
    const row = await books.row(name)
    const scene = {
      botId: 'rail',
      plugin: 'travel',
      subscriberId: row.subscriber_id,
      conversationId: row.conversation_id,
      runId: row.run_id,
    }
    for (const other of [{ plugin: 'retail' }, { botId: 'shop' }, { subscriberId: 'x' }])
      expect(await askRefund(books, name, { scene: { ...scene, ...other } })).toMatchObject({ code: 'order_unknown' })
    const refund = await openRefund(books, name, { scene, order: row.number })
    await settle(refund, { kind: 'unknown', code: 'no_answer' })
    await settle(refund, { kind: 'unknown', code: 'no_answer' })
    expect(await succeed(refund)).toEqual([row.conversation_id])
    expect(books.letters.filter(({ key }) => key.startsWith(refund.id)).map(({ outcome }) => outcome)).toEqual([
      { name: 'unknown', data: {} },
      { name: 'succeeded', data: { receipt: row.number } },
    ])
    const refused = await openRefund(books, name, { scene })
    await fail(refused)
    const told = books.letters.find(({ key }) => key === `${refused.id}:final`)
    expect(told?.event?.data).toEqual({ result: 'declined', reason: 'declined', receipt: row.number })
  })

  const toldOf = ({ id }: RefundRow) => books.toldRefunds.filter(({ key }) => key.startsWith(id))

  it('of a person are told to the user who had paid: that nobody knows, and the end, once each', async () => {
    const name = await openPaid(books)
    const { conversation_id: conversationId, number } = await books.row(name)
    const refund = await openRefund(books, name)
    for (let asked = 0; asked < 2; asked += 1)
      expect(await settle(refund, { kind: 'unknown', code: 'no_answer' })).toEqual(asked === 0 ? [conversationId] : [])
    for (let asked = 0; asked < 2; asked += 1) await succeed(refund)
    const word = { scope, conversationId, bankId: 'main', number, amount: money('50.00', 'CNY') }
    expect(toldOf(refund)).toEqual([
      { ...word, key: `${refund.id}:unknown`, outcome: 'unknown' },
      { ...word, key: `${refund.id}:final`, outcome: 'succeeded' },
    ])
    const refused = await openRefund(books, name)
    await fail(refused)
    expect(toldOf(refused).map(({ outcome }) => outcome)).toEqual(['declined'])
    expect(books.letters.filter(({ key }) => key.startsWith(refund.id) || key.startsWith(refused.id))).toEqual([])
  })

  it('are not given twenty-one times in a minute', async () => {
    books.ground.clock.advance(60_000)
    const name = await openPaid(books)
    const fen = { amount: money('0.01', 'CNY') }
    for (let count = 0; count < 20; count += 1) await openRefund(books, name, fen)
    expect(await askRefund(books, name, fen)).toEqual({ kind: 'refused', code: 'too_many' })
    expect(await refundedOf(name)).toBe(20n)
    books.ground.clock.advance(60_000)
    await openRefund(books, name, fen)
    books.ground.clock.advance(60_000)
  })

  describe('above the limit', () => {
    const dear = { input: { amount: money('2000.00', 'CNY'), purpose: 'a season ticket' } }
    const decide = (refund: RefundRow, what: typeof approveRefund) =>
      books.ground.store.write('decide', (tx) =>
        what(tx, { scope, refundId: refund.id, by: { kind: 'key', id: 'second' }, now: books.now }, books.ports),
      )

    it('wait for a second person and hold nothing; then they go', async () => {
      const name = await openPaid(books, dear)
      const refund = await openRefund(books, name, { amount: money('1000.01', 'CNY') })
      expect(refund).toMatchObject({ state: 'awaiting_approval', task: null })
      expect(await refundedOf(name)).toBe(0n)
      const [proposal] = await books.ground.store.read('p', (reader) => listProposals(reader, scope, { limit: 1 }))
      expect(proposal).toMatchObject({
        id: refund.proposal_id,
        subject: 'refund.approve',
        maker: 'key:clerk',
        change: { refund: refund.id, value: '100001', currency: 'CNY' },
      })
      await decide(refund, approveRefund)
      expect(await refundRow(books, refund)).toMatchObject({ state: 'processing', task: 'submit' })
      expect(toldOf(refund)).toEqual([])
      await settle(refund, { kind: 'unknown', code: 'no_answer' })
      expect(toldOf(refund)).toMatchObject([{ outcome: 'unknown' }])
      expect(await refundedOf(name)).toBe(100_001n)
      await expect(decide(refund, approveRefund)).rejects.toMatchObject({ code: 'refund.more_than_left' })
    })

    it('at the limit go alone, and one that is rejected or left alone gives nothing back', async () => {
      const name = await openPaid(books, dear)
      expect(await openRefund(books, name, { amount: money('1000.00', 'CNY') })).toMatchObject({ state: 'processing' })
      const rest = await openRefund(books, await openPaid(books, dear), { amount: undefined })
      await decide(rest, rejectRefund)
      expect(await refundRow(books, rest)).toMatchObject({ state: 'rejected' })
      expect(toldOf(rest)).toEqual([])
      await expect(decide(rest, approveRefund)).rejects.toMatchObject({ code: 'books.step_refused' })
      const forgotten = await openRefund(books, await openPaid(books, dear), { amount: undefined })
      expect(await lapseRefunds(books.ports, books.now)).toBe(0)
      books.ground.clock.advance(24 * 3_600_000)
      expect(await lapseRefunds(books.ports, books.now)).toBe(1)
      expect(await refundRow(books, forgotten)).toMatchObject({ state: 'rejected' })
    })

    it('in parts are as dear as at once, whoever asks for them and however many at once', async () => {
      const name = await openPaid(books, dear)
      const parts = Array.from({ length: 3 }, () => openRefund(books, name, { amount: money('500.00', 'CNY') }))
      const states = (await Promise.all(parts)).map(({ state }) => state)
      expect(states.toSorted()).toEqual(['awaiting_approval', 'processing', 'processing'])
      expect(await openRefund(books, name, { amount: money('0.01', 'CNY') })).toMatchObject({
        state: 'awaiting_approval',
      })
      expect(await refundedOf(name)).toBe(100_000n)
    })

    it('approved when the rest is gone are refused, and can be rejected', async () => {
      const name = await openPaid(books, dear)
      const refund = await openRefund(books, name, { amount: undefined })
      await openRefund(books, name)
      await expect(decide(refund, approveRefund)).rejects.toMatchObject({ code: 'refund.more_than_left' })
      await decide(refund, rejectRefund)
    })
  })

  describe('late and contradicting words of the bank', () => {
    const breaksOf = async ({ id }: RefundRow) => {
      const rows = await books.ground.store.read('breaks', (reader) =>
        sqlOf<FinanceTables>(reader).selectFrom('break_item').selectAll().where('refund_id', '=', id).execute(),
      )
      return rows.map(({ kind }) => kind)
    }
    const notice = (refund: RefundRow, state: string, version = 9) =>
      books.ground.store.write('notice', (tx) =>
        commitNotices(tx, scope, {
          bankId: 'main',
          notices: [{ id: books.ground.ids.next(), type: `refund.${state}`, clientRef: refund.id, version, state }],
          now: books.now,
          ports: books.ports,
        }),
      )

    it('a late success is never dropped: it is a break, and the end stays what it was', async () => {
      const refund = await openRefund(books, await openPaid(books))
      await fail(refund)
      await succeed(refund)
      await succeed(refund)
      expect(await breaksOf(refund)).toEqual(['state_differs'])
      expect(await refundRow(books, refund)).toMatchObject({ state: 'failed' })
    })

    it('a notice is not forgotten when the question under way has no answer', async () => {
      const refund = await openRefund(books, await openPaid(books))
      for (let queries = 0; queries < 8; queries += 1) await settle(refund, { kind: 'unknown', code: 'no_answer' })
      await notice(refund, 'succeeded')
      await settle(refund, { kind: 'unknown', code: 'no_answer' })
      expect((await refundRow(books, refund)).task_at).toBe(books.now + 60_000_000)
    })

    it('a notice wakes the question about what it speaks of, and contradicts an end', async () => {
      const refund = await openRefund(books, await openPaid(books))
      await settle(refund, { kind: 'pending', view: refundViewOf(refund, { state: 'processing', version: 1 }) }, true)
      expect((await refundRow(books, refund)).task_at).toBeGreaterThan(books.now)
      await notice(refund, 'succeeded', 2)
      expect(await refundRow(books, refund)).toMatchObject({ state: 'processing', task: 'query', task_at: books.now })
      await succeed(refund)
      await notice(refund, 'succeeded')
      expect(await breaksOf(refund)).toEqual([])
      await notice(refund, 'failed')
      expect(await breaksOf(refund)).toEqual(['state_differs'])
    })

    it('another amount is no success: it is held, and people decide', async () => {
      const refund = await openRefund(books, await openPaid(books))
      await settle(refund, { kind: 'mismatch', view: refundViewOf(refund, { amount: money('5.00', 'CNY') }) })
      expect(await breaksOf(refund)).toEqual(['amount_differs'])
      expect(await refundRow(books, refund)).toMatchObject({ state: 'processing', task: null })
    })

    it('a doubled row of the book is refused by the database', async () => {
      const refund = await openRefund(books, await openPaid(books))
      await succeed(refund)
      const [post] = (await books.rowsOf('movement', { scope, orderId: refund.order_id })).filter(
        ({ kind, pending_id: pending }) => kind === 'post' && pending !== null,
      )
      const again = { ...post, id: books.ground.ids.next() }
      await expect(books.ground.store.write('again', (tx) => insertAll(tx, 'movement', [again]))).rejects.toMatchObject(
        { code: 'store.duplicate' },
      )
    })
  })

  it('leave a trail of who asked and who decided', async () => {
    const refund = await openRefund(books, await openPaid(books))
    await succeed(refund)
    const rows = await books.ground.store.read('audit', (reader) =>
      sqlOf<{ audit: { object_id: string; action: string; actor_id: string; id: string } }>(reader)
        .selectFrom('audit')
        .select(['action', 'actor_id'])
        .where('object_id', '=', refund.id)
        .orderBy('id')
        .execute(),
    )
    expect(rows).toEqual([
      { action: 'refund.requested', actor_id: clerk.id },
      { action: 'refund.succeeded', actor_id: 'main' },
    ])
  })
})
