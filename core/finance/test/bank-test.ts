import { setTimeout as pause } from 'node:timers/promises'
import { money } from '@inthread/sdk/money'
import { sql, sqlOf } from '@inthread/store/sql'
import type { OrderName } from '../src/orders/order.store.ts'
import type { RefundRow } from '../src/schema/book-tables.ts'
import { commitRefundJudgement } from '../src/refunds/settle-refund.store.ts'
import { scope, type Books } from './books.ts'
import { askRefund, openPaid, refundViewOf } from './refunding.ts'

/** What a read of the whole book has to find in every order, whatever happens meanwhile. */
export interface Wrong {
  readonly kind: 'wrong total' | 'more than was paid' | 'hold without an end'
  readonly order: string
}

const accounts = 8
/** Less than the rate of a tenant would stop: the test is about the book. */
const clockStepMs = 4000

/**
 * The bank test of Jepsen over our own store code: orders are the accounts, refunds of a few fen the transfers between
 * a customer and what a merchant is owed. Every reader must see the same totals on the order, in its refunds and in the
 * movements, and whatever was acknowledged must be there at the end.
 */
export class BankTest {
  /** Refunds whose request was answered, and those of whose end was said that it is written down. */
  readonly acknowledged = new Set<string>()
  readonly settled = new Map<string, 'succeeded' | 'failed'>()
  readonly wrong: Wrong[] = []
  reads = 0
  /** Calls that gave up while there was no server, and those that wait for an answer now. */
  lost = 0
  waiting = 0
  /** When the last call was answered, on the clock of the process. */
  answeredAt = 0
  readonly #books: Books
  readonly #draw: () => number
  #orders: OrderName[] = []

  constructor(books: Books, draw: () => number) {
    this.#books = books
    this.#draw = draw
  }

  async open(): Promise<void> {
    for (let count = 0; count < accounts; count += 1) this.#orders.push(await openPaid(this.#books))
  }

  /** Works until it is told to stop; what fails for want of a server is done again under its own name. */
  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const refundId = this.#books.ground.ids.next()
      const order = this.#orders[Math.floor(this.#draw() * accounts)]
      if (!order) return
      const amount = money(BigInt(1 + Math.floor(this.#draw() * 5)), 'CNY')
      this.#books.ground.clock.advance(clockStepMs)
      const opening = await this.#insist(isOver, () => askRefund(this.#books, order, { refundId, amount }))
      if (opening?.kind !== 'opened') continue
      this.acknowledged.add(refundId)
      const verdict = this.#draw() < 0.5 ? 'succeeded' : 'failed'
      const done = await this.#insist(isOver, () => this.#settle(opening.refund, verdict))
      if (done) this.settled.set(refundId, verdict)
    }
  }

  /** Reads the whole book in one statement, again and again. */
  async watch(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const found = await this.#insist(isOver, () => this.check())
      this.wrong.push(...(found ?? []))
      this.reads += found ? 1 : 0
      await pause(5)
    }
  }

  async #settle(refund: RefundRow, verdict: 'succeeded' | 'failed'): Promise<true> {
    const judgement =
      verdict === 'succeeded'
        ? ({ kind: 'succeeded', view: refundViewOf(refund) } as const)
        : ({ kind: 'failed', reason: 'declined', code: 'no' } as const)
    const settling = { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }
    await this.#books.ground.store.write('bank-test.settle', (tx) =>
      commitRefundJudgement(tx, settling, this.#books.ports),
    )
    return true
  }

  /** A call whose outcome is unknown is settled by its id: done again, it finds what it did. */
  async #insist<T>(isOver: () => boolean, call: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      this.waiting += 1
      const answer = await call().then(
        (value) => ({ value }),
        () => undefined,
      )
      this.waiting -= 1
      if (answer) {
        this.answeredAt = performance.now()
        return answer.value
      }
      this.lost += 1
      if (isOver()) return undefined
      await pause(50)
    }
  }

  async check(): Promise<readonly Wrong[]> {
    const rows = await this.#books.ground.store.read('bank-test.check', async (reader) => {
      const query = sql<Row>`select o.id, o.amount_minor, o.refunded_minor,
        (select cast(coalesce(sum(r.amount_minor), 0) as signed) from refund r where r.tenant_id = o.tenant_id
          and r.order_id = o.id and r.state in ('processing', 'succeeded')) as alive_minor,
        (select cast(coalesce(sum(case m.kind when 'pending' then m.amount_minor when 'void' then -m.amount_minor
          else 0 end), 0) as signed) from movement m where m.tenant_id = o.tenant_id and m.order_id = o.id
          and m.cr = ${`ext:tenant:${scope.tenantId}:due`}) as held_minor
        from bank_order o where o.tenant_id = ${scope.tenantId}`
      return (await query.execute(sqlOf(reader))).rows
    })
    return rows.flatMap(judge)
  }

  /** Acknowledged, and not as it was acknowledged: the lost ones. */
  async listLost(): Promise<readonly string[]> {
    const { rows } = await this.#books.ground.store.read('bank-test.end', (reader) =>
      sql<{ id: string; state: string }>`select id, state from refund`.execute(sqlOf(reader)),
    )
    const states = new Map(rows.map(({ id, state }) => [id, state]))
    const gone = [...this.acknowledged].filter((id) => !states.has(id))
    const other = [...this.settled].filter(([id, verdict]) => states.get(id) !== verdict).map(([id]) => id)
    return [...gone, ...other]
  }
}

interface Row {
  readonly id: string
  readonly amount_minor: bigint
  readonly refunded_minor: bigint
  readonly alive_minor: bigint
  readonly held_minor: bigint
}

function judge(row: Row): Wrong[] {
  const wrong: Wrong[] = []
  if (row.alive_minor !== row.refunded_minor) wrong.push({ kind: 'wrong total', order: row.id })
  if (row.held_minor !== row.refunded_minor) wrong.push({ kind: 'hold without an end', order: row.id })
  if (row.refunded_minor > row.amount_minor || row.refunded_minor < 0n)
    wrong.push({ kind: 'more than was paid', order: row.id })
  return wrong
}
