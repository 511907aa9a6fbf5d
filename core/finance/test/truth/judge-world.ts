import { expect } from 'vitest'
import { sqlOf } from '@inthread/store/sql'
import type { RefundRow } from '../../src/schema/book-tables.ts'
import type { FinanceTables, MovementRow, OrderRow } from '../../src/schema/tables.ts'
import { Reconciling } from '../reconciling.ts'
import type { World } from './world.ts'

const over: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled', 'expired'])
const handedOver: ReadonlySet<string> = new Set(['processing', 'conflicted', 'succeeded', 'failed'])
const released: ReadonlySet<string> = new Set(['failed', 'cancelled', 'expired'])

async function readAll({ places: [{ ground }] }: World) {
  return ground.store.read('all', async (reader) => {
    const all = <T extends keyof FinanceTables>(table: T): Promise<FinanceTables[T][]> =>
      sqlOf<FinanceTables>(reader).selectFrom(table).selectAll().execute() as Promise<FinanceTables[T][]>
    return {
      ...{ orders: await all('bank_order'), refunds: await all('refund'), movements: await all('movement') },
      ...{ attempts: await all('attempt'), confirmations: await all('confirmation') },
      ...{ holds: await all('grant_hold'), uses: await all('grant_use') },
    }
  })
}

type All = Awaited<ReturnType<typeof readAll>>

/** What has to be so at any time. */
export class WorldJudge {
  readonly #world: World
  readonly #seen = new Map<string, Pick<OrderRow, 'state' | 'version'>>()

  constructor(world: World) {
    this.#world = world
  }

  async judge(): Promise<void> {
    const all = await readAll(this.#world)
    for (const order of all.orders) {
      this.#judgeMove(order)
      this.#judgeMovements(order, all)
      this.#judgeRefunds(order, all)
      this.#judgeProof(order, all)
      this.#judgeLetters(order)
    }
    this.#judgeGrants(all)
    judgeBook(all.movements)
    expect([...this.#world.bank.done].filter(([, count]) => count !== 1)).toEqual([])
  }

  /** Nothing leaves an end, and the version grows with every step. */
  #judgeMove({ id, state, version }: OrderRow): void {
    const before = this.#seen.get(id)
    this.#seen.set(id, { state, version })
    if (!before) return
    if (over.has(before.state)) expect([state, version]).toEqual([before.state, before.version])
    if (before.state !== state) expect(version).toBeGreaterThan(before.version)
  }

  /** Held, and then posted or void, each once. */
  #judgeMovements({ id, state }: OrderRow, { movements }: All): void {
    const own = movements.filter((row) => row.order_id === id && !isOfRefund(row))
    const holds = this.#world.bank.capabilityOf(id) === 'points' ? 2 : 1
    const expected = { pending: handedOver.has(state) ? holds : 0, post: 0, void: 0 }
    if (state === 'succeeded') expected.post = holds
    if (state === 'failed') expected.void = holds
    expect([state, countKinds(own)]).toEqual([state, expected])
  }

  #judgeRefunds({ id, amount_minor: amount, refunded_minor: refunded }: OrderRow, { refunds, movements }: All): void {
    const own = refunds.filter(({ order_id: order }) => order === id)
    const of = (...states: RefundRow['state'][]): RefundRow[] => own.filter(({ state }) => states.includes(state))
    const alive = of('processing', 'succeeded').reduce((sum, { amount_minor: minor }) => sum + minor, 0n)
    expect(refunded >= 0n).toBe(true)
    if (!this.#world.corrected.has(id)) expect([alive, alive <= amount]).toEqual([refunded, true])
    const rows = movements.filter((row) => row.order_id === id && isOfRefund(row))
    expect(countKinds(rows)).toEqual({
      pending: of('processing', 'succeeded', 'failed').length,
      post: of('succeeded').length,
      void: of('failed').length,
    })
  }

  /** Proved once, sent under its own key. */
  #judgeProof({ id, state }: OrderRow, { confirmations, attempts }: All): void {
    const used = confirmations.filter((row) => row.order_id === id && row.state === 'used')
    expect(used.length).toBe(handedOver.has(state) ? 1 : 0)
    expect(attempts.filter((row) => row.order_id === id && row.bank_key !== id)).toEqual([])
  }

  #judgeLetters({ id, state }: OrderRow): void {
    const letters = this.#world.places.flatMap((place) => place.letters)
    const ends = letters.filter(({ key }) => key === `${id}:final`).map(({ outcome }) => outcome?.name)
    const expected = { succeeded: ['succeeded'], failed: ['declined'] } as Readonly<Record<string, string[]>>
    expect([state, ends]).toEqual([state, expected[state] ?? []])
  }

  /** What is used is what orders hold. */
  #judgeGrants({ orders, holds, uses }: All): void {
    const states = new Map(orders.map(({ id, state }) => [id, state]))
    for (const { order_id: id, state } of holds)
      expect([id, state]).toEqual([id, released.has(states.get(id) ?? '') ? 'released' : 'held'])
    for (const { place, span, used_minor: used } of uses) {
      if (place === 'books/refunds' || span.startsWith('minute')) continue
      const holding = holds.filter(({ state, windows }) => {
        const named = JSON.parse(windows) as readonly { readonly place: string; readonly span: string }[]
        return state === 'held' && named.some((window) => window.place === place && window.span === span)
      })
      expect([place, span, holding.reduce((sum, row) => sum + row.amount_minor, 0n)]).toEqual([place, span, used])
    }
  }

  /** The book is the bank's, and what was not decided by people is as the bank has it. */
  async judgeEnd(): Promise<void> {
    const { bank, decided, places } = this.#world
    const { orders, refunds } = await readAll(this.#world)
    for (const { id, state } of [...orders, ...refunds]) {
      if (decided.has(id)) continue
      const deed = bank.deeds.get(id)
      if (!handedOver.has(state)) expect(deed).toBeUndefined()
      else expect([id, state]).toEqual([id, deed?.state ?? 'failed'])
    }
    const people = new Reconciling(places[0])
    for (const row of await people.breaks()) {
      if (row.state === 'open') await people.take(row)
      await people.resolve(row, 'explained')
    }
    const due = (await people.book()).posted.get('ext:tenant:rail:due|CNY') ?? 0n
    expect(due).toBe(bank.lines.reduce((sum, line) => sum + line.due, 0n))
  }
}

function isOfRefund({ kind, cr }: MovementRow): boolean {
  return kind !== 'single' && cr.endsWith(':due')
}

function countKinds(rows: readonly MovementRow[]): Readonly<Record<'pending' | 'post' | 'void', number>> {
  const count = (kind: MovementRow['kind']): number => rows.filter((row) => row.kind === kind).length
  return { pending: count('pending'), post: count('post'), void: count('void') }
}

/** Nothing moves backwards, and what is entrusted to us is never less than nothing. */
function judgeBook(movements: readonly MovementRow[]): void {
  expect(movements.filter(({ amount_minor: minor }) => minor <= 0n)).toEqual([])
  const moved = movements.filter(({ kind }) => kind === 'post' || kind === 'single')
  const clearing = moved.reduce((sum, { dr, cr, amount_minor: minor }) => {
    return sum + (dr === 'bank:main:clearing' ? minor : 0n) - (cr === 'bank:main:clearing' ? minor : 0n)
  }, 0n)
  expect(clearing >= 0n).toBe(true)
}
