import type { BookedOrder } from '../book/movements.ts'
import type { OrderRow } from '../schema/tables.ts'

/** The part of an order that the book knows. */
export function bookedOf(order: OrderRow): BookedOrder {
  return {
    tenantId: order.tenant_id,
    orderId: order.id,
    bankId: order.bank_id,
    subscriberId: order.subscriber_id,
    amount: { amountMinor: order.amount_minor, currency: order.currency },
  }
}
