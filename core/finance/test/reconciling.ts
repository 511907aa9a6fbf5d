import type { Statement, StatementLine } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import { sqlOf } from '@inthread/store/sql'
import { sumBook } from '../src/book/movements.ts'
import type { OrderName } from '../src/orders/order.store.ts'
import type { FinancePorts } from '../src/ports.ts'
import { listBreaks } from '../src/breaks/break-machine.store.ts'
import { importStatement, type ImportReport } from '../src/reconcile/import-statement.ts'
import { resolveBreak, takeBreak, type BreakDecision } from '../src/breaks/resolve-break.ts'
import type { BreakRow } from '../src/schema/book-tables.ts'
import type { FinanceTables, MovementRow } from '../src/schema/tables.ts'
import { scope, type Books } from './books.ts'

/** The day on which the test clock begins. */
export const day = '2026-03-05'

export const by = (id: string) => ({ kind: 'key', id }) as const

/** A line of 128.00 about an order, unless something is changed. */
export function lineOf(name: OrderName, change: Partial<StatementLine> = {}): Partial<StatementLine> {
  return { clientRef: name.orderId, ...change }
}

export function feeOf(name: OrderName, amount = '0.77', currency = 'CNY'): Partial<StatementLine> {
  return lineOf(name, { kind: 'fee', amount: money(amount, currency) })
}

const cutShort = 'the process ended here'

/** What the bank states, and what people do with what does not agree. */
export class Reconciling {
  readonly #books: Books
  #statements = 0

  constructor(books: Books) {
    this.#books = books
  }

  /** Another one each time, also of the same lines. */
  statement(lines: readonly Partial<StatementLine>[], of = day): Statement {
    this.#statements += 1
    return {
      day: of,
      sha256: String(this.#statements),
      head: '{}',
      lines: lines.map((line, seq) => ({
        seq,
        bankRef: `b_${seq}`,
        clientRef: undefined,
        kind: 'payment',
        amount: money('128.00', 'CNY'),
        valueDate: of,
        bookedAt: this.#books.now,
        payerMask: undefined,
        payeeMask: undefined,
        status: 'booked',
        reversalOf: undefined,
        ...line,
      })),
    }
  }

  import(statement: Statement, ports: FinancePorts = this.#books.ports): Promise<ImportReport> {
    return importStatement({ scope, bankId: 'main' }, { statement, zone: 'Asia/Shanghai' }, ports)
  }

  read(lines: readonly Partial<StatementLine>[], of = day): Promise<ImportReport> {
    return this.import(this.statement(lines, of))
  }

  /** A process that ends after so many writes. */
  async cut(statement: Statement, writes: number): Promise<void> {
    const { store } = this.#books.ports
    let done = 0
    const write: typeof store.write = async (label, work, use) => {
      const written = await store.write(label, work, use)
      if ((done += 1) > writes) throw new Error(cutShort)
      return written
    }
    const cut = { flavour: store.flavour, read: store.read.bind(store), write, close: () => Promise.resolve() }
    await this.import(statement, { ...this.#books.ports, store: cut }).catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== cutShort) throw error
    })
  }

  breaks(open = true): Promise<BreakRow[]> {
    return this.#books.ground.store.read('breaks', (reader) => listBreaks(reader, scope, { open, limit: 50 }))
  }

  async onlyBreak(): Promise<BreakRow> {
    const [found, ...more] = await this.breaks()
    if (!found || more.length > 0) throw new Error(`there are ${more.length + (found ? 1 : 0)} breaks`)
    return found
  }

  take(row: BreakRow): Promise<void> {
    const { ground, now, ports } = this.#books
    const step = { scope, breakId: row.id, by: by('one'), now }
    return ground.store.write('take', (tx) => takeBreak(tx, step, ports))
  }

  resolve(row: BreakRow, decision: BreakDecision): Promise<readonly string[]> {
    const { ground, now, ports } = this.#books
    const step = { scope, breakId: row.id, decision, by: by('two'), now }
    return ground.store.write('resolve', (tx) => resolveBreak(tx, step, ports))
  }

  /** Taken by one and decided by two. */
  async decide(row: BreakRow, decision: BreakDecision): Promise<void> {
    await this.take(row)
    await this.resolve(row, decision)
  }

  async book(): Promise<ReturnType<typeof sumBook>> {
    const rows = await this.#books.ground.store.read('book', (reader) =>
      sqlOf<FinanceTables>(reader).selectFrom('movement').selectAll().execute(),
    )
    return sumBook(rows as MovementRow[])
  }
}
