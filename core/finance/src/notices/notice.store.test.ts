import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Notice } from '@inthread/sdk/bank'
import { sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, scope } from '../../test/books.ts'
import { done, scriptBank, type Asked } from '../../test/scripted-bank.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { FeedReader } from './feed-reader.ts'
import { commitNotices, findCursor } from './notice.store.ts'

describeOnEachDatabase('notices', (open) => {
  let books: Books
  let names = 0
  beforeAll(async () => {
    books = await Books.open(open)
  })
  afterAll(() => books.ground.close())
  const notice = (change: Partial<Notice> = {}): Notice => ({
    id: `evt_${(names += 1)}`,
    type: 'payment.updated',
    clientRef: undefined,
    version: 2,
    state: 'succeeded',
    ...change,
  })
  const keep = (notices: readonly Notice[], bankId = 'main'): Promise<readonly string[]> =>
    books.ground.store.write('notice', (tx) =>
      commitNotices(tx, scope, { bankId, notices, now: books.now, ports: books.ports }),
    )
  const waiting = async (change: Partial<OrderRow> = {}): Promise<Awaited<ReturnType<Books['submitted']>>> => {
    const name = await books.submitted()
    await books.change(name, { task: 'query', task_at: books.now + 9e9, bank_version: 3, ...change })
    return name
  }
  const isAsked = async (name: Awaited<ReturnType<typeof waiting>>): Promise<boolean> =>
    (await books.row(name)).task_at === books.now

  it('that are newer than what we know put their order up for a question, and decide nothing themselves', async () => {
    const name = await waiting()
    await keep([notice({ clientRef: name.orderId, version: 4 })])
    expect(await isAsked(name)).toBe(true)
    expect(await books.row(name)).toMatchObject({ state: 'processing', bank_version: 3, task: 'query' })
  })

  it.each([3, 2, 0])('of version %i, which we know already, ask nothing', async (version) => {
    const name = await waiting()
    await keep([notice({ clientRef: name.orderId, version })])
    expect(await isAsked(name)).toBe(false)
  })

  it('come after an attempt that nobody has answered yet', async () => {
    const name = await waiting({ task: 'submit' })
    await keep([notice({ clientRef: name.orderId, version: 9 })])
    expect(await books.row(name)).toMatchObject({ task: 'submit', task_at: books.now + 9e9 })
  })

  it('of another bank, of an unknown order, or of none are kept and do nothing', async () => {
    const name = await waiting()
    await keep([notice({ clientRef: name.orderId, version: 9 })], 'other')
    await keep([notice({ clientRef: 'nobody' }), notice()])
    expect(await isAsked(name)).toBe(false)
    expect(await books.breaksOf(name)).toEqual([])
  })

  it('are kept once, however often they come, with names no longer than they may be', async () => {
    const name = await waiting()
    const long = notice({ id: 'x'.repeat(300), clientRef: name.orderId, type: 't'.repeat(300), state: 's'.repeat(300) })
    await keep([long, long])
    await keep([long])
    const rows = await books.rowsOf('notice', name)
    expect(rows.map(({ id, type, state }) => [id.length, type.length, state.length])).toEqual([[190, 190, 190]])
  })

  it.each<[OrderRow['state'], string, string[]]>([
    ['succeeded', 'failed', ['state_differs']],
    ['failed', 'succeeded', ['state_differs']],
    ['cancelled', 'succeeded', ['state_differs']],
    ['expired', 'succeeded', ['state_differs']],
    ['succeeded', 'succeeded', []],
    ['failed', 'failed', []],
    ['cancelled', 'failed', []],
    ['expired', 'failed', []],
    ['succeeded', 'processing', []],
    ['conflicted', 'succeeded', []],
  ])('that say of an order which is %s that it %s open %j', async (state, says, breaks) => {
    const name = await waiting({ state, task: null })
    await keep([notice({ clientRef: name.orderId, version: 9, state: says })])
    await keep([notice({ clientRef: name.orderId, version: 10, state: says })])
    expect(await books.breaksOf(name)).toEqual(breaks)
    expect((await books.row(name)).state).toBe(state)
  })

  it('that say so once more after people have decided it open another break, in a later version only', async () => {
    const name = await waiting({ state: 'failed', task: null })
    const tell = (version: number) => keep([notice({ clientRef: name.orderId, version, state: 'succeeded' })])
    await tell(9)
    await books.ground.store.write('decide', (tx) =>
      sqlOf<FinanceTables>(tx)
        .updateTable('break_item')
        .set({ state: 'resolved' })
        .where('order_id', '=', name.orderId)
        .execute(),
    )
    await tell(9)
    expect(await books.breaksOf(name)).toHaveLength(1)
    await tell(10)
    expect(await books.breaksOf(name)).toHaveLength(2)
  })

  it('are read from the bank’s list from where reading ended, a page at a time', async () => {
    const own = await Books.open(open)
    const name = await own.submitted()
    await own.change(name, { task: 'query', task_at: own.now + 9e9 })
    const pages = new Map([
      [undefined, { notices: [notice()], cursor: 'c1', more: true }],
      ['c1', { notices: [notice({ clientRef: name.orderId, version: 9 })], cursor: 'c2', more: false }],
      ['c2', { notices: [], cursor: 'c2', more: false }],
    ])
    const calls: Asked[] = []
    own.connect(
      scriptBank({ notices: (after) => done(pages.get(after) ?? { notices: [], cursor: after, more: false }) }, calls),
    )
    let woken = 0
    await new FeedReader(own.ports, () => (woken += 1)).readAll()
    expect([calls.map(({ request }) => request), woken, (await own.row(name)).task_at]).toEqual([
      [undefined, 'c1'],
      2,
      own.now,
    ])
    expect(await own.ground.store.read('cursor', (reader) => findCursor(reader, scope, 'main'))).toBe('c2')
    await own.ground.close()
  })

  it('are read by one process at a time, and a bank that fails is tried again later', async () => {
    const own = await Books.open(open)
    own.connect(scriptBank({ notices: () => Promise.reject(new Error('away')) }))
    await new FeedReader(own.ports, () => undefined).readAll()
    expect(own.events).toEqual([{ name: 'feed.failed', facts: { bank: 'main', code: 'platform.unexpected' } }])
    const other = new Books(await own.ground.another('two'))
    const calls: Asked[] = []
    other.connect(scriptBank({}, calls))
    await new FeedReader(other.ports, () => undefined).readAll()
    expect([calls, other.events]).toEqual([[], []])
    await other.ground.close()
    await own.ground.close()
  })
})
