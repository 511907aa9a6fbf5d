import type { ExpectedFinal, ExpectedState } from '../format/expectation-schema.ts'
import { compare, countDebits } from './look-at-bank.ts'
import type { Stage } from './stage.ts'
import type { Book, Order } from '../world/story-world.ts'

/** What the platform knows that is not as expected. */
export async function listStateProblems({ order, book }: ExpectedState, stage: Stage): Promise<string[]> {
  return [...(order ? await listOrderProblems(order, stage) : []), ...(book ? await listBookProblems(book, stage) : [])]
}

/** What does not hold at the end. Books that do not add up are named in every story. */
export async function listFinalProblems(final: ExpectedFinal, stage: Stage): Promise<string[]> {
  const { world, before, tenant, orders } = stage
  const bank = await world.readBank()
  const found = await Promise.all(orders.map((number) => world.findOrder(tenant.id, number)))
  const states = found.map((order) => order?.state ?? 'unknown')
  return [
    ...compare('debits at the bank', final.debits, countDebits(before.bank, bank)),
    ...Object.entries(bank.totals).flatMap(([currency, total]) =>
      compare(`the bank’s books in ${currency}`, '0', total),
    ),
    ...(final.orders ? compare('orders', final.orders, states) : []),
    ...(await listBookProblems(final, stage)),
  ]
}

async function listOrderProblems(expected: NonNullable<ExpectedState['order']>, stage: Stage): Promise<string[]> {
  const { world, tenant, orders } = stage
  const number = expected.nth === undefined ? orders.at(-1) : orders[expected.nth - 1]
  if (number === undefined) return ['order: the bank has named none so far']
  const order = await world.findOrder(tenant.id, number)
  return order ? compareOrder(expected, order) : [`order ${number}: the platform does not know it`]
}

function compareOrder(expected: NonNullable<ExpectedState['order']>, order: Order): string[] {
  const name = `order ${order.number}`
  const seen = {
    state: order.state,
    reason: order.reason,
    amount: order.amount,
    attempts: order.attempts.length,
    movements: order.movements.map(({ kind }) => kind),
  }
  const members = ['state', 'reason', 'amount', 'attempts', 'movements'] as const
  return members.flatMap((member) =>
    expected[member] === undefined ? [] : compare(`${member} of ${name}`, expected[member], seen[member]),
  )
}

async function listBookProblems(
  { undecided, breaks }: { readonly undecided?: number | undefined; readonly breaks?: number | undefined },
  { world, tenant, before }: Stage,
): Promise<string[]> {
  const book = await world.readBook(tenant.id)
  return [
    ...(undecided === undefined ? [] : compare('undecided orders', undecided, book.undecided - before.book.undecided)),
    ...(undecided === 0 ? compare('held in the platform’s book', listHeld(before.book), listHeld(book)) : []),
    ...(breaks === undefined ? [] : compare('breaks', breaks, book.breaks - before.book.breaks)),
  ]
}

function listHeld({ pending }: Book): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(pending).filter(([, amount]) => amount !== '0'))
}
