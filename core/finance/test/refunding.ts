import type { RefundView } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import type { OrderName } from '../src/orders/order.store.ts'
import type { NewRefund, RefundOpening } from '../src/refunds/request-refund.ts'
import { findRefund } from '../src/refunds/refund.store.ts'
import type { RefundRow } from '../src/schema/book-tables.ts'
import { paymentOf, scope, type Books } from './books.ts'

export const clerk = { kind: 'key', id: 'clerk' } as const

/** A person gives something back; 50.00 unless something is changed. */
export function askRefund(books: Books, order: OrderName, change: Partial<NewRefund> = {}): Promise<RefundOpening> {
  const wanted: NewRefund = {
    scope,
    refundId: books.ground.ids.next(),
    order: order.orderId,
    amount: money('50.00', 'CNY'),
    reason: 'one seat',
    by: clerk,
    scene: undefined,
    now: books.now,
    ...change,
  }
  return books.ground.store.write('refund', (tx) => books.desk.refund(tx, wanted))
}

/** … and it is opened. */
export async function openRefund(books: Books, order: OrderName, change: Partial<NewRefund> = {}): Promise<RefundRow> {
  const opening = await askRefund(books, order, change)
  if (opening.kind !== 'opened') throw new Error(`a refund was refused: ${opening.code}`)
  return opening.refund
}

/** An order that is paid; 128.00 unless something is changed. */
export async function openPaid(books: Books, change: Parameters<Books['order']>[0] = {}): Promise<OrderName> {
  const name = await books.submitted(change)
  const { amount_minor: amountMinor, currency } = await books.row(name)
  await books.settle(name, { kind: 'succeeded', view: paymentOf(name, { amount: { amountMinor, currency } }) })
  return name
}

export async function refundRow(books: Books, { id }: Pick<RefundRow, 'id'>): Promise<RefundRow> {
  const row = await books.ground.store.read('refund', (reader) => findRefund(reader, { scope, refundId: id }))
  if (!row) throw new Error('there is no such refund')
  return row
}

/** What the bank says of a refund: done, unless something is changed. */
export function refundViewOf(refund: RefundRow, change: Partial<RefundView> = {}): RefundView {
  return {
    bankRef: 'rfd_1',
    clientRef: refund.id,
    state: 'succeeded',
    version: 2,
    amount: { amountMinor: refund.amount_minor, currency: refund.currency },
    fee: undefined,
    ...change,
  }
}
