import type { BookedOrder } from '../book/movements.ts'
import type { Sealer } from '@inthread/store'
import type { OrderRow } from '../schema/tables.ts'
import { routeOf } from './route.ts'
import { openOffer } from './sheet.ts'

/** The part of an order that the book knows. */
export function bookedOf(order: OrderRow, sealer: Sealer): BookedOrder {
  const { book } = routeOf(order)
  return {
    tenantId: order.tenant_id,
    orderId: order.id,
    bankId: order.bank_id,
    subscriberId: order.subscriber_id,
    amount: { amountMinor: order.amount_minor, currency: order.currency },
    ...(book ? { book, payeeId: openOffer(sealer, order)?.payee.id ?? '' } : {}),
  }
}
