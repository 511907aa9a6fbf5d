import { bills, consumerLoan, points } from '@inthread/sdk/capabilities'
import { isFault } from '@inthread/sdk/fault'
import { money } from '@inthread/sdk/money'
import { hours } from '@inthread/sdk/time'
import { sql, sqlOf } from '@inthread/store/sql'
import { pause } from '../../../../test/kit/ground.ts'
import type { OpenDatabase } from '../../../../test/kit/requirements.ts'
import type { WorkLoop, WorkItem } from '../../src/engine/work-loop.ts'
import { commitNotices } from '../../src/notices/notice.store.ts'
import { lapseOrders } from '../../src/orders/lapse.store.ts'
import { createOrderPump } from '../../src/orders/order-pump.ts'
import type { OrderName } from '../../src/orders/order.store.ts'
import { encodeRoute } from '../../src/orders/route.ts'
import { sealField } from '../../src/orders/sheet.ts'
import { dayOf, shiftDay } from '../../src/reconcile/bank-day.ts'
import { approveRefund, lapseRefunds, rejectRefund } from '../../src/refunds/decide-refund.ts'
import { createRefundPump } from '../../src/refunds/refund-pump.ts'
import type { BreakRow } from '../../src/schema/book-tables.ts'
import { Books, offer, scope } from '../books.ts'
import { Reconciling } from '../reconciling.ts'
import { askRefund, clerk } from '../refunding.ts'
import type { Capability, History, Step } from './draw-steps.ts'
import { TruthfulBank } from './truthful-bank.ts'

type StepOf<N extends Step['step']> = Extract<Step, { step: N }>

const operations = {
  payment: undefined,
  points: points.operations.pay,
  loan: consumerLoan.operations.finance,
  bill: bills.operations.pay,
}
const counted = { points: { minor: '2000' }, worth: { minor: '2000', currency: 'CNY' } }
const zone = 'Asia/Shanghai'
/** What a step may be refused by: the machine, or somebody who was there before. */
const refusals = /^(order|refund|books|break)\./

/** Two processes on one database, their bank, and whoever else has a hand in orders. */
export class World {
  readonly places: readonly [Books, Books]
  readonly bank: TruthfulBank
  readonly orders: { readonly name: OrderName; readonly capability: Capability }[] = []
  readonly refunds: string[] = []
  /** Orders and refunds that people have ended as they thought, and orders of which they have corrected something. */
  readonly decided = new Set<string>()
  readonly corrected = new Set<string>()
  readonly #pumps: WorkLoop<WorkItem>[] = []
  readonly #users: readonly string[]
  #notices = 0
  #nextDay: string

  private constructor(places: readonly [Books, Books], { moods }: History) {
    const [one, two] = places
    this.places = [one, two]
    this.bank = new TruthfulBank(moods, one.ground.clock)
    this.bank.capabilityOf = (key) => this.orders.find(({ name }) => name.orderId === key)?.capability
    this.#users = [one.ground.ids.next(), one.ground.ids.next()]
    this.#nextDay = dayOf(one.now, zone)
    for (const place of places) {
      place.connect(this.bank.connection)
      const ports = { ...place.ports, timers: { pause, every: () => ({ stop: () => Promise.resolve() }) } }
      this.#pumps.push(createOrderPump(ports) as WorkLoop<never>, createRefundPump(ports) as WorkLoop<never>)
    }
    for (const pump of this.#pumps) pump.start()
  }

  static async open(open: OpenDatabase, history: History): Promise<World> {
    const one = await Books.open(open)
    const two = new Books({ ...(await one.ground.another('two')), clock: one.ground.clock })
    await one.grant({ 'bank/main/payment': {}, 'bot/rail/travel/pay': history.ceilings })
    return new World([one, two], history)
  }

  async close(): Promise<void> {
    for (const pump of this.#pumps) await pump.stop()
    for (const { ground } of this.places.toReversed()) await ground.close()
  }

  /** What the machine refuses has no effect. */
  async take(step: Step, place: 0 | 1): Promise<void> {
    try {
      await this.#take(step, this.places[place])
    } catch (error) {
      if (!isFault(error) || !refusals.test(error.code)) throw error
    }
  }

  #take(step: Step, books: Books): Promise<unknown> | undefined {
    switch (step.step) {
      case 'open':
        return this.#open(step, books)
      case 'pump':
        return this.advance(step.ms)
      case 'day':
        return this.readDay(step.twice)
      case 'decide':
        return void this.bank.decide(step.on)
      case 'charge back':
        return void this.bank.chargeBack(step.on)
      case 'people':
        return this.#decideOne(step.on, books)
      case 'leases':
        return this.#endLeases(books)
      case 'lapse':
        return this.#lapse(step.on, books)
      case 'approve':
      case 'reject':
        return this.#decideRefund(step, books)
      default:
        return this.#takeOn(step, books)
    }
  }

  #takeOn(
    step: StepOf<'present' | 'consent' | 'prove' | 'commit' | 'close' | 'refund' | 'notice'>,
    books: Books,
  ): Promise<unknown> | undefined {
    const order = this.orders[step.on % Math.max(1, this.orders.length)]
    if (!order) return undefined
    const { name } = order
    switch (step.step) {
      case 'refund':
        return this.#giveBack(step, { books, name })
      case 'notice':
        return this.#tell(step, { books, name })
      case 'prove':
        return this.#prove(books, name)
      default:
        return books[step.step](name)
    }
  }

  async #prove(books: Books, name: OrderName): Promise<void> {
    const known = await books.rowsOf('confirmation', name)
    if (known.length === 0 && (await books.row(name)).payload_digest !== null) await books.prove(name)
  }

  async #open({ capability, amount, upTo, user }: StepOf<'open'>, books: Books): Promise<void> {
    const input = { amount: money(amount, 'CNY'), purpose: 'two seats' }
    const orderId = books.ground.ids.next()
    const name = { scope, orderId }
    const opening = await books.ask({ orderId, input, subscriberId: this.#users[user] ?? '' })
    if (opening.kind !== 'opened') return
    this.orders.push({ name, capability })
    await this.#route(books, name, capability)
    if (upTo > 0) await books.present(name)
    if (upTo > 1) await books.consent(name)
    if (upTo > 2) await this.#prove(books, name)
    if (upTo > 3) await books.commit(name)
  }

  async #route(books: Books, name: OrderName, capability: Capability): Promise<void> {
    const operation = operations[capability]
    const quote = { id: 'q', terms: 't', facts: [], product: 'w1', ...(capability === 'points' ? { counted } : {}) }
    const value = operation ? { ...offer, quote } : offer
    const sealed = sealField(books.ports.sealer, await books.row(name), { column: 'offer', value })
    const states = { succeeded: 'succeeded', failed: 'declined' }
    const change = operation
      ? { route: encodeRoute({ ...operation, route: { ...operation.bank, states } }) }
      : { route: null }
    await books.change(name, { ...change, offer: sealed })
  }

  /** A bank is never so slow that what it knows nothing of for good comes after all. */
  async advance(ms: number): Promise<void> {
    this.bank.catchUp()
    this.places[0].ground.clock.advance(ms)
    for (const pump of this.#pumps) pump.wake()
  }

  async #lapse(hoursOn: number, { ports, now }: Books): Promise<void> {
    await this.advance(hours(hoursOn % 3))
    await lapseOrders({ ...ports, now })
    await lapseRefunds(ports, now)
  }

  /** As when a process stands still for longer than its lease. */
  async #endLeases({ ground }: Books): Promise<void> {
    for (const table of ['bank_order', 'refund'])
      await ground.store.write('leases', async (tx) => {
        await sql`update ${sql.table(table)} set lease_until = 0`.execute(sqlOf(tx))
      })
  }

  async #tell({ old }: StepOf<'notice'>, { books, name }: { books: Books; name: OrderName }): Promise<void> {
    const deed = this.bank.deeds.get(name.orderId)
    if (!deed) return
    this.#notices += 1
    const said = old ? { version: 1, state: 'processing' } : { version: deed.version, state: deed.state }
    const notice = { id: `n${this.#notices}`, type: 'payment.changed', clientRef: deed.key, ...said }
    await books.ground.store.write('notice', (tx) =>
      commitNotices(tx, scope, { bankId: 'main', notices: [notice], now: books.now, ports: books.ports }),
    )
  }

  async #giveBack({ part }: StepOf<'refund'>, { books, name }: { books: Books; name: OrderName }): Promise<void> {
    const amount = part === undefined ? undefined : money(part, 'CNY')
    const opening = await askRefund(books, name, { amount })
    if (opening.kind === 'opened') this.refunds.push(opening.refund.id)
  }

  async #decideRefund({ step, on }: StepOf<'approve' | 'reject'>, books: Books): Promise<void> {
    const refundId = this.refunds[on % Math.max(1, this.refunds.length)]
    if (refundId === undefined) return
    const decision = { scope, refundId, by: clerk, now: books.now }
    const decide = step === 'approve' ? approveRefund : rejectRefund
    await books.ground.store.write('decide', (tx) => decide(tx, decision, books.ports))
  }

  /** Until six the next morning, when each day that is over is stated; now and then to both processes at once. */
  async readDay(twice: boolean): Promise<void> {
    const [one] = this.places
    const morning = Date.parse(`${shiftDay(dayOf(one.now, zone), 1)}T06:10:00+08:00`)
    await this.advance(morning - one.now / 1000)
    const last = shiftDay(dayOf(one.now, zone), -1)
    while (this.#nextDay <= last) {
      const day = this.#nextDay
      this.#nextDay = shiftDay(day, 1)
      const lines = this.bank.lines.filter((line) => line.day === day).map(({ line }) => line)
      const statement = { ...new Reconciling(one).statement(lines, day), sha256: day }
      const readers = twice ? this.places : [one]
      await Promise.all(readers.map((books) => new Reconciling(books).import(statement)))
    }
  }

  async #decideOne(pick: number, books: Books): Promise<void> {
    const rows = await new Reconciling(books).breaks()
    const row = rows[pick % Math.max(1, rows.length)]
    if (row) await this.#decide(row, { books, pick })
  }

  async decideAll(): Promise<void> {
    const [books] = this.places
    const people = new Reconciling(books)
    for (let again = true; again;) {
      again = false
      for (const row of await people.breaks()) again ||= await this.#decide(row, { books, pick: 0 })
    }
  }

  /** As the bank has it, wherever that fits. */
  async #decide(row: BreakRow, { books, pick }: { books: Books; pick: number }): Promise<boolean> {
    const people = new Reconciling(books)
    if (row.state === 'open') await people.take(row)
    const decisions = ['correct', 'paid', 'unpaid'] as const
    for (const decision of pick % 2 === 0 ? decisions : decisions.toReversed())
      try {
        await people.resolve(row, decision)
        if (decision !== 'correct') this.decided.add(row.refund_id ?? row.order_id)
        this.corrected.add(row.order_id)
        return true
      } catch (error) {
        if (!isFault(error, 'break.decision_unfit') && !isFault(error, 'break.order_undecided')) throw error
      }
    return false
  }

  /** Until nothing has to be done at the bank for now. */
  async settle(): Promise<void> {
    const [{ ground, now }] = this.places
    for (let round = 0; round < 500; round += 1) {
      for (const pump of this.#pumps) pump.wake()
      await pause(2)
      const waiting = await ground.store.read('waiting', async (reader) => {
        const of = (table: string) => sql<{ id: string }>`select id from ${sql.table(table)}
          where (state = 'processing' and task is not null and task_at <= ${now}) or lease_until > 0`
        const found = await Promise.all(['bank_order', 'refund'].map((table) => of(table).execute(sqlOf(reader))))
        return found.flatMap(({ rows }) => rows)
      })
      if (waiting.length === 0) return
    }
    throw new Error('there is always something to do at the bank')
  }
}
