import { afterEach, expect, it } from 'vitest'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { pause } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { done, refused, scriptBank, unknown, type Asked } from '../../test/scripted-bank.ts'
import { createWork, releasePlace } from '../engine/work.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { createOrderPump } from './order-pump.ts'
import type { OrderName } from './order.store.ts'

describeOnEachDatabase('the order pump', (open) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  async function openBooks(): Promise<Books> {
    const books = await Books.open(open)
    closing.push(() => books.ground.close())
    return books
  }
  function start(ports: FinancePorts): ReturnType<typeof createOrderPump> {
    const pump = createOrderPump({ ...ports, timers: { pause, every: (_ms, work) => once(work) } })
    closing.push(() => pump.stop())
    pump.start()
    return pump
  }
  const until = async (books: Books, name: OrderName, state: string): Promise<void> => {
    while ((await books.row(name)).state !== state) await pause(5)
  }

  it('sends an order with its own id as the key, the proof, and what the user confirmed', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    const row = await books.row(name)
    const calls: Asked[] = []
    books.connect(scriptBank({ submit: () => done(paymentOf(name)) }, calls))
    start(books.ports)
    await until(books, name, 'succeeded')
    expect(calls).toEqual([
      {
        call: 'submit',
        request: {
          key: name.orderId,
          clientRef: name.orderId,
          challenge: 'chl_1',
          authorisation: 'auth_1',
          payloadDigest: row.payload_digest,
          amount: { amountMinor: 12800n, currency: 'CNY' },
          payeeId: 'mch_1',
          link: 'link_1',
          method: 'm1',
          purpose: 'two seats',
        },
      },
    ])
    while (books.woken.length === 0) await pause(5)
    expect(books.woken).toEqual([row.conversation_id])
  })

  it('asks by reference when the answer is lost, and never sends under another key', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    const calls: Asked[] = []
    const answers = [{ kind: 'not_found' as const }, { kind: 'unknown' as const, code: 'no_answer' }]
    const query = async () => answers.shift() ?? done(paymentOf(name))
    books.connect(scriptBank({ submit: unknown, query }, calls))
    const pump = start(books.ports)
    while ((await books.row(name)).state !== 'succeeded') {
      books.ground.clock.advance(60_000)
      pump.wake()
      await pause(5)
    }
    const keys = calls.map(({ call, request }) => [call, call === 'query' ? request : (request as { key: string }).key])
    expect(keys).toEqual([
      ['submit', name.orderId],
      ['query', name.orderId],
      ['submit', name.orderId],
      ['query', name.orderId],
      ['query', name.orderId],
    ])
    expect(await books.kindsOf(name)).toEqual(['pending', 'post', 'single', 'single'])
  })

  it('works on an order in one process at a time', async () => {
    const one = await openBooks()
    const two = new Books(await one.ground.another('two'))
    closing.push(() => two.ground.close())
    const names = [await one.submitted(), await one.submitted(), await one.submitted()]
    const calls: Asked[] = []
    const bank = scriptBank(
      { submit: (request) => pause(20).then(() => done(paymentOf({ ...names[0]!, orderId: request.clientRef }))) },
      calls,
    )
    for (const books of [one, two]) {
      books.connect(bank)
      start(books.ports)
    }
    for (const name of names) await until(one, name, 'succeeded')
    expect(calls.map(({ request }) => (request as { key: string }).key).toSorted()).toEqual(
      names.map(({ orderId }) => orderId).toSorted(),
    )
  })

  it('takes up what an earlier process at the same place was doing, under the same key', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    await books.change(name, { lease_owner: 'one', lease_until: 9e15 })
    const calls: Asked[] = []
    books.connect(scriptBank({ submit: () => done(paymentOf(name)) }, calls))
    const pump = start(books.ports)
    pump.wake()
    await pause(60)
    expect(calls).toEqual([])
    await releasePlace(books.ground.store, 'two')
    expect((await books.row(name)).lease_until).toBe(9e15)
    await releasePlace(books.ground.store, 'one')
    pump.wake()
    await until(books, name, 'succeeded')
    expect(calls).toHaveLength(1)
  })

  it('asks first for what a process sent and did not hear of: "try later" then says nothing of it', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    const calls: Asked[] = []
    const questions = [{ kind: 'not_found' as const }, { kind: 'unknown' as const, code: 'no_answer' }]
    const sent = [done(paymentOf(name)), refused('rate_limited', 'try_later')]
    const query = async () => questions.shift() ?? done(paymentOf(name))
    books.connect(scriptBank({ submit: () => sent.shift() ?? unknown(), query }, calls))
    const dies = start(dieBefore(books.ports, 'order.settle'))
    while (books.events.length === 0) await pause(5)
    await dies.stop()
    const pump = start(books.ports)
    while ((await books.row(name)).state === 'processing') {
      books.ground.clock.advance(60_000)
      pump.wake()
      await pause(5)
    }
    expect(calls.map(({ call }) => call)).toEqual(['submit', 'query', 'submit', 'query', 'query'])
    expect((await books.row(name)).state).toBe('succeeded')
    expect(await books.kindsOf(name)).toEqual(['pending', 'post', 'single', 'single'])
    expect(books.lettersOf(name)).toEqual(['unknown', 'succeeded'])
  })

  it('counts from when it was sent, and not from when it was planned, until "not found" is final', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    const unanswered = { kind: 'unknown' as const, code: 'no_answer' }
    for (const attempt of [1, 2, 3, 4]) {
      await books.settle(name, unanswered, { attempt })
      await books.settle(name, { kind: 'not_found' })
    }
    books.ground.clock.advance(3_600_000)
    books.connect(scriptBank({ submit: unknown, query: () => Promise.resolve({ kind: 'not_found' as const }) }))
    const pump = start(books.ports)
    while ((await books.row(name)).task !== 'query') await pause(5)
    await pump.stop()
    books.ground.clock.advance(300_000)
    await books.settle(name, { kind: 'not_found' }, { notFoundIsFinalAfterMs: 1_800_000 })
    expect((await books.row(name)).state).toBe('processing')
    books.ground.clock.advance(1_500_000)
    await books.settle(name, { kind: 'not_found' }, { notFoundIsFinalAfterMs: 1_800_000 })
    expect(await books.row(name)).toMatchObject({ state: 'failed', reason: 'try_later' })
  })

  it('leaves an order alone whose bank is not connected, and says so', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    start(books.ports)
    while (books.events.length === 0) await pause(5)
    expect(books.events[0]).toEqual({
      name: 'order.work_failed',
      facts: { order: name.orderId, code: 'bank.not_connected' },
    })
    expect(await books.row(name)).toMatchObject({ state: 'processing', task: 'submit' })
  })

  it('leaves them alone for longer and longer, and begins anew when one could be worked on', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    const pump = start(books.ports)
    const waits: number[] = []
    while (waits.length < 10) {
      const seen = waits.length
      while ((await books.row(name)).failures === seen) await pause(2)
      const { task_at: at } = await books.row(name)
      waits.push(((at ?? 0) - books.now) / 1_000_000)
      books.ground.clock.advance((waits.at(-1) ?? 0) * 1000)
      pump.wake()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
    books.connect(scriptBank({ submit: unknown }))
    books.ground.clock.advance(300_000)
    pump.wake()
    while ((await books.row(name)).task !== 'query') await pause(2)
    while ((await books.row(name)).lease_until !== 0) await pause(2)
    expect(await books.row(name)).toMatchObject({ failures: 0, queries: 1 })
  })

  it('lets no bank that is away keep the orders of others waiting', async () => {
    const books = await openBooks()
    const row = await books.row(await books.submitted())
    const away = Array.from({ length: 200 }, (_, n) => {
      return { ...row, id: books.ground.ids.next(), number: `away-${n}`, bank_id: 'away' }
    })
    await books.ground.store.write('copy', (tx) => insertAll(tx, 'bank_order', away))
    books.ground.clock.advance(1000)
    const name = await books.submitted()
    books.connect(scriptBank({ submit: ({ clientRef }) => done(paymentOf({ scope, orderId: clientRef })) }))
    const pump = start(books.ports)
    for (let polls = 0; polls < 100 && (await books.row(name)).state !== 'succeeded'; polls += 1) {
      pump.wake()
      await pause(20)
    }
    expect((await books.row(name)).state).toBe('succeeded')
  })

  it('claims no more at a bank than there is room for, and nothing at one that is full', async () => {
    const books = await openBooks()
    for (let i = 0; i < 3; i += 1) await books.submitted()
    const other = await books.submitted()
    await books.change(other, { bank_id: 'second' })
    const { claim } = createWork('bank_order', books.ports)
    const full = [{ tenant_id: 'rail', bank_id: 'main' }]
    expect((await claim({ limit: 2, full, leftAt: () => 9 })).map(({ id }) => id)).toEqual([other.orderId])
    const room = { limit: 9, full: [], leftAt: () => 2 }
    expect((await claim(room)).map((each) => each.bank_id)).toEqual(['main', 'main'])
  })

  it('sends nothing without the bank’s proof', async () => {
    const books = await openBooks()
    const name = await books.submitted()
    await books.ground.store.write('lose', (tx) =>
      sqlOf<FinanceTables>(tx).updateTable('confirmation').set({ authorisation: null }).execute(),
    )
    const calls: Asked[] = []
    books.connect(scriptBank({}, calls))
    start(books.ports)
    while (books.events.length === 0) await pause(5)
    expect([calls, books.events[0]?.facts]).toEqual([[], { order: name.orderId, code: 'order.not_releasable' }])
  })
})

function once(work: () => Promise<void>): { stop(): Promise<void> } {
  const running = work()
  return { stop: () => running }
}

/** A process that ends before its next write of this name. */
function dieBefore(ports: FinancePorts, label: string): FinancePorts {
  const { store } = ports
  const write: typeof store.write = (name, work, settle) => {
    if (name === label) throw new Error('the process ended here')
    return store.write(name, work, settle)
  }
  return {
    ...ports,
    store: { flavour: store.flavour, read: store.read.bind(store), write, close: () => store.close() },
  }
}
