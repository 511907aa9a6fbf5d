import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BankConnection, PaymentView } from '@inthread/sdk/bank'
import { insertAll, sql, sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase, describeWithAll, type OpenDatabase } from '../../../../test/kit/requirements.ts'
import { buildQuiet, buildStorm, StormBank, type Delivery, type StormEvent } from '../../../../test/kit/bank/storm.ts'
import { openDraw } from '../../../../test/kit/chance/draw.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { Books, offer, paymentOf, scope } from '../../test/books.ts'
import { createFinance, type Finance } from '../engine/finance.ts'
import { sealField } from '../orders/sheet.ts'
import type { FinanceTables } from '../schema/tables.ts'

const eventsPerOrder = 4
const atOnce = 16
const rowsAtOnce = 100

/** The books of one run, and a bank whose payments go on as its events happen. */
class Weather {
  readonly books: Books
  readonly bank: StormBank
  readonly orders: readonly string[]
  readonly finance: Finance
  /** How far each payment is at the bank. */
  readonly #truth = new Map<string, StormEvent>()
  readonly #ticks: (() => Promise<void>)[] = []

  private constructor(books: Books, orders: readonly string[]) {
    this.books = books
    this.orders = orders
    this.bank = new StormBank(books.ground.clock)
    const ticks = this.#ticks
    const every = (_everyMs: number, run: () => Promise<void>): { stop(): Promise<void> } => {
      ticks.push(run)
      return { stop: () => Promise.resolve() }
    }
    this.finance = createFinance({ ...books.ports, timers: { ...books.ports.timers, every } })
    books.connect({ ...this.bank.connection, query: (clientRef) => this.#tell(clientRef), notices: quiet })
  }

  static async open(open: OpenDatabase, count: number): Promise<Weather> {
    const books = await Books.open(open)
    const orders = await cloneOrders(books, count)
    return new Weather(books, orders)
  }

  /** What happens to all payments, mixed: each goes through its versions in order, and two of three are paid. */
  listEvents(draw: () => number): StormEvent[] {
    const left = this.orders.map((clientRef, index) => ({ clientRef, index, version: 0 }))
    const events: StormEvent[] = []
    while (left.length > 0) {
      const place = Math.floor(draw() * left.length)
      const one = left[place]
      if (!one) break
      one.version += 1
      const isLast = one.version === eventsPerOrder
      const end = one.index % 3 === 0 ? 'failed' : 'succeeded'
      const { clientRef, index, version } = one
      events.push({ id: `evt_${index}_${version}`, clientRef, version, state: isLast ? end : 'processing' })
      if (isLast) left.splice(place, 1)
    }
    return events
  }

  /** Delivers in order, some at once, while the bank goes on; what the door said besides what it had to. */
  async blow(events: readonly StormEvent[], deliveries: readonly Delivery[]): Promise<string[]> {
    await this.finance.start()
    const odd: string[] = []
    const setup = { scope, bankId: 'main', connection: this.bank.connection }
    let happened = 0
    for (let from = 0; from < deliveries.length; from += atOnce) {
      const some = deliveries.slice(from, from + atOnce)
      const until = Math.ceil(some.at(-1)?.at ?? 0) + 1
      for (; happened < Math.min(until, events.length); happened += 1) this.#happen(events[happened])
      const said = await Promise.all(some.map(({ request }) => this.finance.acceptNotice(setup, request)))
      said.forEach((word, index) => {
        const { expected } = some[index] ?? {}
        if (word !== expected) odd.push(`${expected}: ${word}`)
      })
    }
    await this.#settle()
    await this.finance.stop()
    return odd
  }

  #happen(event: StormEvent | undefined): void {
    if (event) this.#truth.set(event.clientRef, event)
  }

  /** Nobody's time passes: what is asked, is asked because a notice said so. */
  async #settle(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) {
      for (const tick of this.#ticks) await tick()
      const open = await this.books.ground.store.read('open', (reader) =>
        sqlOf<FinanceTables>(reader)
          .selectFrom('bank_order')
          .select('id')
          .where('state', '=', 'processing')
          .where('task_at', '<=', this.books.now)
          .execute(),
      )
      if (open.length === 0) return
      await this.books.ports.timers.pause(2)
    }
  }

  #tell(clientRef: string): ReturnType<BankConnection['query']> {
    const { version = 1, state = 'processing' } = this.#truth.get(clientRef) ?? {}
    if (state === 'failed') return Promise.resolve({ kind: 'refused', code: 'card_blocked', reason: 'declined' })
    const view: PaymentView = paymentOf({ scope, orderId: clientRef }, { version, state })
    return Promise.resolve(state === 'succeeded' ? { kind: 'done', value: view } : { kind: 'pending', value: view })
  }

  /** How everything ended, by the place of the order, without what is only a name. */
  async readEnd(): Promise<unknown> {
    const places = new Map(this.orders.map((id, index) => [id, index]))
    const placeOf = (id: string | null): number => places.get(id ?? '') ?? -1
    const read = async <T extends 'bank_order' | 'movement' | 'notice' | 'break_item'>(
      table: T,
    ): Promise<FinanceTables[T][]> => {
      const query = sql<FinanceTables[T]>`select * from ${sql.table(table)}`
      return this.books.ground.store.read('end', async (reader) => [...(await query.execute(sqlOf(reader))).rows])
    }
    const orders = (await read('bank_order')).filter(({ id }) => placeOf(id) >= 0)
    const movements = (await read('movement')).filter((row) => placeOf(row.order_id) >= 0)
    return {
      orders: orders.map(({ id, state, reason }) => `${placeOf(id)} ${state} ${reason ?? ''}`).toSorted(),
      movements: movements
        .map(({ order_id: id, kind, amount_minor: minor }) => `${placeOf(id)} ${kind} ${minor}`)
        .toSorted(),
      notices: (await read('notice')).map(({ id, version, state }) => `${id} ${version} ${state}`).toSorted(),
      breaks: (await read('break_item')).map(({ kind }) => kind),
      letters: this.books.letters.map(({ key }) => `${placeOf(key.slice(0, 36))} ${key.slice(36)}`).toSorted(),
    }
  }
}

const quiet: BankConnection['notices'] = () => Promise.resolve({ kind: 'unknown', code: 'not_asked' })

/** Orders in the bank's hands, made from one that has gone all the way there. */
async function cloneOrders(books: Books, count: number): Promise<string[]> {
  const name = await books.submitted()
  await books.change(name, { task: 'query', task_at: books.now + 9e9, bank_version: 1 })
  const order = await books.row(name)
  const movements = await books.rowsOf('movement', name)
  const { ids, store } = books.ground
  const orders = Array.from({ length: count }, () => {
    const id = ids.next()
    const own = { ...order, id, number: id.slice(-10), conversation_id: ids.next(), run_id: ids.next() }
    return { ...own, offer: sealField(books.ports.sealer, own, { column: 'offer', value: offer }) }
  })
  const holds = orders.flatMap(({ id }) => movements.map((row) => ({ ...row, id: ids.next(), order_id: id })))
  for (let from = 0; from < count; from += rowsAtOnce)
    await store.write('clone', async (tx) => {
      await insertAll(tx, 'bank_order', orders.slice(from, from + rowsAtOnce))
      await insertAll(tx, 'movement', holds.slice(from * movements.length, (from + rowsAtOnce) * movements.length))
    })
  return orders.map(({ id }) => id)
}

function describeStorm(open: OpenDatabase, events: number, limitMs: number): void {
  let weathers: Weather[]
  beforeAll(async () => {
    const count = events / eventsPerOrder
    weathers = [await Weather.open(open, count), await Weather.open(open, count)]
  }, limitMs)
  afterAll(async () => {
    for (const { books } of weathers) await books.ground.close()
  })

  it(
    `of ${events} events ends as on a quiet day`,
    async () => {
      const [calm, wild] = weathers
      if (!calm || !wild) throw new Error('no weather')
      const seed = getTestSeed()
      const calmEvents = calm.listEvents(openDraw(seed))
      const wildEvents = wild.listEvents(openDraw(seed))
      const storm = buildStorm(wild.bank, wildEvents, openDraw(seed + 1))
      expect(storm.length).toBeGreaterThan(events * 1.4)
      expect(await calm.blow(calmEvents, buildQuiet(calm.bank, calmEvents))).toEqual([])
      expect(await wild.blow(wildEvents, storm)).toEqual([])
      const end = await calm.readEnd()
      expect(await wild.readEnd()).toEqual(end)
      expect(JSON.stringify(end)).not.toContain('processing ')
    },
    limitMs,
  )
}

describeOnEachDatabase('a storm of webhooks', (open) => describeStorm(open, 1000, 60_000))

describeWithAll('the whole storm', () => {
  describe('of ten thousand', () => {
    describeOnEachDatabase('a storm of webhooks', (open) => describeStorm(open, 10_000, 240_000))
  })
})
