import {
  bills,
  consumerLoan,
  judgeEvent,
  machines,
  points,
  type EventOf,
  type StateOf,
} from '@inthread/sdk/capabilities'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import type { MovementRow } from '../schema/tables.ts'
import { foldBook, type Transfer } from './fold-book.ts'
import { buildHolds, buildPosting, buildVoids, sumBook, type BookedOrder } from './movements.ts'
import { buildRefundHold, buildRefundPosting, buildRefundVoid } from './refund-movements.ts'

const { payment, refund: refunding } = machines
const runs = { seed: getTestSeed(), numRuns: 200 }

const transferOf = (row: MovementRow): Transfer =>
  row.kind === 'post' || row.kind === 'void'
    ? { kind: row.kind, id: row.id, pending: row.pending_id ?? '', amount: row.amount_minor }
    : { kind: row.kind, id: row.id, dr: row.dr, cr: row.cr, amount: row.amount_minor, asset: row.currency }

const uuid = (kind: number, index: number): string =>
  `019cbb4b-4c00-8e16-960a-${String(kind * 1000 + index).padStart(12, '0')}`

/** One order and what has been done to it, by the machine and the builders of rows alone. */
class History {
  state: StateOf<typeof payment> = 'created'
  version = 0
  readonly groups: (readonly MovementRow[])[] = []
  /** Of the order itself, without its refunds. */
  readonly kinds: MovementRow['kind'][] = []
  readonly refunds: { state: StateOf<typeof refunding>; readonly row: Parameters<typeof buildRefundHold>[0] }[] = []
  readonly order: BookedOrder

  constructor(index: number, amount: bigint) {
    const money = { amountMinor: amount, currency: index % 2 ? 'CNY' : 'USD' }
    const counted = { points: { minor: '20' }, worth: { minor: '20', currency: money.currency } }
    const names = { tenantId: 't1', orderId: uuid(1, index), bankId: 'b1', subscriberId: `p${index}`, payeeId: 'p9' }
    const book = books[index]
    this.order = { ...names, amount: money, ...(book === undefined ? {} : { book, counted }) }
  }

  tell(event: EventOf<typeof payment>, fee: bigint): void {
    const before = this.state
    const verdict = judgeEvent(payment, this.state, event)
    if (verdict.kind !== 'moved') return
    expect(payment.terminal).not.toContain(before)
    this.state = verdict.move.to
    this.version += 1
    const effect = 'effect' in verdict.move ? verdict.move.effect : undefined
    if (effect === 'hold') this.book(buildHolds(this.order, 1))
    if (effect === 'void') this.book(buildVoids(this.order, 2))
    if (effect === 'post') this.book(buildPosting(this.order, { ...this.order.amount, amountMinor: fee }, 2))
  }

  choose(pick: number): EventOf<typeof payment> {
    const open = payment.transitions.filter(({ from }) => from === this.state)
    return open[pick % open.length]?.event ?? 'expire'
  }

  /** The guard of a refund: never more than was captured, those that are under way counted. */
  ask(amount: bigint): void {
    const { tenantId, orderId, amount: captured } = this.order
    if (this.state !== 'succeeded' || this.refunded() + amount > captured.amountMinor) return
    const id = uuid(2, this.refunds.length + Number(orderId.slice(-3)) * 50)
    const money = { amount_minor: amount, currency: captured.currency }
    const row = { refund: { tenant_id: tenantId, id, order_id: orderId, bank_id: 'b1', ...money }, order: this.order }
    this.refunds.push({ state: 'processing', row })
    this.groups.push([buildRefundHold(row, 3)])
  }

  answer(event: EventOf<typeof refunding>): void {
    for (const refund of this.refunds) {
      const verdict = judgeEvent(refunding, refund.state, event)
      if (verdict.kind !== 'moved') continue
      refund.state = verdict.move.to
      const succeeded = refund.state === 'succeeded'
      this.groups.push(succeeded ? buildRefundPosting(refund.row, 0n, 4) : [buildRefundVoid(refund.row, 4)])
    }
  }

  refunded(): bigint {
    const alive = this.refunds.filter(({ state }) => state !== 'failed')
    return alive.reduce((sum, { row }) => sum + row.refund.amount_minor, 0n)
  }

  private book(rows: readonly MovementRow[]): void {
    this.groups.push(rows)
    this.kinds.push(...rows.map(({ kind }) => kind))
  }
}

/** A payment, and orders that are none. */
const books = [undefined, points.operations.pay.book, consumerLoan.operations.finance.book, bills.operations.pay.book]

/** What is held is moved or let go once, all of it; what follows comes with what has moved. */
function isWhole(kinds: readonly MovementRow['kind'][]): boolean {
  const count = (kind: MovementRow['kind']): number => kinds.filter((each) => each === kind).length
  const [held, moved, gone] = [count('pending'), count('post'), count('void')]
  const ended = moved + gone
  return (ended === 0 || (ended === held && (moved === 0 || gone === 0))) && (moved > 0 || count('single') === 0)
}

type Told =
  | { readonly kind: 'event'; readonly wild: EventOf<typeof payment>; readonly pick: number; readonly fee: bigint }
  | { readonly kind: 'refund'; readonly amount: bigint }
  | { readonly kind: 'answer'; readonly event: 'bank_succeeded' | 'bank_failed' }

const steps = payment.transitions.map(({ event }) => event)
const told: fc.Arbitrary<Told> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ kind: fc.constant('event'), wild: fc.constantFrom(...steps), fee: fc.bigInt(0n, 9n) },
      // Any event at all leads nowhere most of the time: three of four are those that the state allows.
      pick: fc.nat(11),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refund'), amount: fc.bigInt(1n, 60n) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('answer'), event: fc.constantFrom('bank_succeeded', 'bank_failed') }),
  },
)

describe('whatever happens to orders', () => {
  it('each is held and posted or voided once, and refunds stay below what was captured', () => {
    const drawn = fc.array(fc.tuple(fc.nat(3), told), { minLength: 20, maxLength: 80 })
    let posted = 0
    fc.assert(
      fc.property(drawn, (steps) => {
        const histories = [100n, 73n, 40n, 61n].map((amount, index) => new History(index, amount))
        const book: (readonly Transfer[])[] = []
        for (const [index, step] of steps) {
          const history = histories[index]
          if (history === undefined) continue
          const before = { groups: history.groups.length, state: history.state, version: history.version }
          if (step.kind === 'event') history.tell(step.pick < 9 ? history.choose(step.pick) : step.wild, step.fee)
          if (step.kind === 'refund') history.ask(step.amount)
          if (step.kind === 'answer') history.answer(step.event)
          book.push(...history.groups.slice(before.groups).map((rows) => rows.map(transferOf)))
          expect(history.version === before.version).toBe(step.kind !== 'event' || history.state === before.state)
        }
        for (const history of histories) {
          expect([history.kinds, isWhole(history.kinds)]).toEqual([history.kinds, true])
          expect(history.refunded() <= history.order.amount.amountMinor).toBe(true)
          if (history.state === 'succeeded') posted += 1
        }
        checkBook(
          book,
          histories.flatMap(({ groups }) => groups.flat()),
        )
      }),
      runs,
    )
    expect(posted).toBeGreaterThan(0)
  })

  it('a purse gives no more than it has, and nobody twice', () => {
    const claims = fc.array(fc.tuple(fc.nat(5), fc.bigInt(1n, 40n)), { maxLength: 20 })
    fc.assert(
      fc.property(fc.bigInt(1n, 100n), claims, (funded, asked) => {
        const fund: Transfer = {
          ...{ kind: 'single', id: 'fund', dr: 'promo:c1:escrow', cr: 'ext:sponsor:t1', amount: funded, asset: 'CNY' },
        }
        const groups = asked.map(([customer, amount]): Transfer[] => [
          { ...fund, id: `claim:${customer}`, dr: `ext:customer:${customer}`, cr: 'promo:c1:escrow', amount },
        ])
        const { posted } = foldBook([[fund], ...groups])
        const given = [...posted].filter(([name]) => name.startsWith('ext:customer')).map(([, amount]) => amount)
        expect(given.reduce((sum, amount) => sum + amount, 0n) + (posted.get('promo:c1:escrow|CNY') ?? 0n)).toBe(funded)
        expect((posted.get('promo:c1:escrow|CNY') ?? 0n) >= 0n).toBe(true)
      }),
      runs,
    )
  })
})

/** The ledger takes every row that the builders make, and counts as the book does that is stored. */
function checkBook(groups: readonly (readonly Transfer[])[], rows: readonly MovementRow[]): void {
  const { posted, pending, refused } = foldBook(groups)
  expect(refused).toEqual([])
  expect([new Map([...posted].toSorted()), new Map([...pending].toSorted())]).toEqual(
    [sumBook(rows).posted, sumBook(rows).pending].map((balances) => new Map([...balances].toSorted())),
  )
  for (const currency of ['CNY', 'USD', 'PTS'])
    for (const balances of [posted, pending]) {
      const amounts = [...balances].filter(([name]) => name.endsWith(currency)).map(([, amount]) => amount)
      expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(0n)
    }
}
