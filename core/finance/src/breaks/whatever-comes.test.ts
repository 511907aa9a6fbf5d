import { expect, it } from 'vitest'
import fc from 'fast-check'
import type { StatementLine } from '@inthread/sdk/bank'
import { isFault } from '@inthread/sdk/fault'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { describeOnDrawnDatabase } from '../../../../test/kit/requirements.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { day, Reconciling } from '../../test/reconciling.ts'
import { openRefund, refundViewOf } from '../../test/refunding.ts'
import type { OrderName } from '../orders/order.store.ts'
import { shiftDay } from '../reconcile/bank-day.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import type { BreakRow } from '../schema/book-tables.ts'

const cny = (amountMinor: bigint): StatementLine['amount'] => ({ amountMinor, currency: 'CNY' })
const told = ['paid', 'unknown', 'failed', 'mismatch'] as const

/** A line about one of two orders or the refund of the first. */
const drawnLine = fc.record({
  about: fc.nat(2),
  kind: fc.constantFrom('payment', 'payment', 'return', 'fee'),
  small: fc.boolean(),
  status: fc.constantFrom('booked', 'booked', 'booked', 'pending', 'rejected'),
  reverses: fc.nat(9).map((draw) => draw === 0),
})
const drawnStory = fc.record({
  orders: fc.tuple(fc.constantFrom('paid', 'paid', 'mismatch'), fc.constantFrom(...told)),
  refund: fc.constantFrom('succeeded', 'failed', 'mismatch'),
  days: fc.array(fc.array(drawnLine, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
  eager: fc.infiniteStream(fc.boolean()),
})

type Drawn = typeof drawnLine extends fc.Arbitrary<infer T> ? T : never

describeOnDrawnDatabase('whatever statements say and people decide', (open) => {
  it('the book ends as the bank has it, and no more can be given back than is there', async () => {
    await fc.assert(
      fc.asyncProperty(drawnStory, async ({ orders, refund, days, eager }) => {
        const books = await Books.open(open)
        const bank = new Reconciling(books)
        const names = [await openOrder(books, orders[0]), await openOrder(books, orders[1])] as const
        const refundId = orders[0] === 'paid' ? await giveBack(books, names[0], refund) : undefined
        const ids = [names[0].orderId, names[1].orderId, refundId ?? names[1].orderId]
        // The bank has nothing of a day before it is over.
        books.ground.clock.advance(21 * 3_600_000)
        const all: Line[] = []
        // Days with nothing follow: what was settled last may be missing there.
        for (const [index, drawn] of [...days, [], []].entries()) {
          const lines = drawn.map((each) => buildLine(each, { ids, ofRefund: refundId !== undefined }))
          all.push(...lines)
          await bank.read(
            lines.map(({ line }) => line),
            shiftDay(day, index),
          )
          for (const row of await bank.breaks()) if (eager.next().value === true) await decide(bank, row)
          if (index >= days.length - 1) while (await decideAny(bank));
          books.ground.clock.advance(24 * 3_600_000)
        }
        for (const row of await bank.breaks()) await bank.resolve(row, 'explained')
        await judge(books, bank, { names, refundId, lines: all.filter(({ line }) => line.status === 'booked') })
        await books.ground.close()
      }),
      { seed: getTestSeed(), numRuns: 12, endOnFailure: true },
    )
  })
})

async function openOrder(books: Books, how: (typeof told)[number]): Promise<OrderName> {
  const name = await books.submitted()
  const view = paymentOf(name, { fee: undefined, ...(how === 'mismatch' ? { amount: cny(10_000n) } : {}) })
  if (how === 'failed') await books.settle(name, { kind: 'failed', reason: 'declined', code: 'no' })
  else if (how === 'unknown') await books.settle(name, { kind: 'unknown', code: 'no_answer' })
  else await books.settle(name, { kind: how === 'paid' ? 'succeeded' : 'mismatch', view })
  return name
}

async function giveBack(books: Books, name: OrderName, how: 'succeeded' | 'failed' | 'mismatch'): Promise<string> {
  const refund = await openRefund(books, name, { amount: cny(3000n) })
  const view = refundViewOf(refund, how === 'mismatch' ? { amount: cny(2000n) } : {})
  const judgement =
    how === 'failed' ? ({ kind: how, reason: 'declined', code: 'no' } as const) : ({ kind: how, view } as const)
  const settling = { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }
  await books.ground.store.write('settle', (tx) => commitRefundJudgement(tx, settling, books.ports))
  return refund.id
}

interface Line {
  readonly line: Partial<StatementLine> & { readonly clientRef: string }
  /** What it makes due to the merchant once it is booked. */
  readonly effect: bigint
}

function buildLine(
  { about, kind: drawn, small, status, reverses }: Drawn,
  { ids, ofRefund }: { readonly ids: readonly string[]; readonly ofRefund: boolean },
): Line {
  const isRefund = about === 2 && ofRefund
  const kind = isRefund ? (drawn === 'return' ? drawn : 'refund') : drawn
  const [more, less] = kind === 'fee' ? [77n, 50n] : isRefund ? [3000n, 2000n] : [12_800n, 10_000n]
  const amount = small ? less : more
  const line = { clientRef: ids[about] ?? '', kind, amount: cny(amount), status }
  const takes = kind === 'fee' || isRefund ? -1n : 1n
  const back = reverses || kind === 'return' ? -1n : 1n
  return { line: reverses ? { ...line, reversalOf: 'x' } : line, effect: takes * back * amount }
}

/** As the bank has it, wherever that fits. */
async function decide(bank: Reconciling, row: BreakRow): Promise<boolean> {
  if (row.state === 'open') await bank.take(row)
  for (const decision of ['correct', 'paid', 'unpaid'] as const)
    try {
      await bank.resolve(row, decision)
      return true
    } catch (error) {
      if (!isFault(error, 'break.decision_unfit')) throw error
    }
  return false
}

async function decideAny(bank: Reconciling): Promise<boolean> {
  for (const row of await bank.breaks()) if (await decide(bank, row)) return true
  return false
}

interface Ended {
  readonly names: readonly OrderName[]
  /** Those that are booked. */
  readonly lines: readonly Line[]
  readonly refundId: string | undefined
}

async function judge(books: Books, bank: Reconciling, { names, lines, refundId }: Ended): Promise<void> {
  const rows = await Promise.all(names.map((name) => books.row(name)))
  const sumOf = (counted: readonly Line[]): bigint => counted.reduce((sum, { effect }) => sum + effect, 0n)
  const open = new Set(rows.flatMap(({ id, state }) => (state === 'processing' ? [id] : [])))
  const due = (await bank.book()).posted.get(`ext:tenant:${scope.tenantId}:due|CNY`) ?? 0n
  expect(due).toBe(sumOf(lines.filter(({ line }) => !open.has(line.clientRef))))
  expect(rows.filter(({ state }) => state === 'conflicted')).toEqual([])
  const [first] = rows
  if (first?.state !== 'succeeded') return
  const left = first.amount_minor - first.refunded_minor
  const about = lines.filter(({ line }) => line.clientRef === first.id || line.clientRef === refundId)
  const there = sumOf(about.filter(({ line }) => line.kind !== 'fee'))
  expect(left <= 0n || left <= there).toBe(true)
}
