import type { Instant } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import type { RefundRow } from '../schema/book-tables.ts'
import type { MovementRow } from '../schema/tables.ts'

/** What the book knows of a refund: its order's movements are beside it. */
export interface BookedRefund {
  readonly refund: Pick<RefundRow, 'tenant_id' | 'id' | 'order_id' | 'amount_minor' | 'currency'>
  readonly subscriberId: string
}

/** What goes back is taken from what the merchant is owed, and held until the bank has decided. */
export function buildRefundHold({ refund, subscriberId }: BookedRefund, at: Instant): MovementRow {
  return {
    tenant_id: refund.tenant_id,
    id: deriveId(refund.id, 'movement', 'hold'),
    order_id: refund.order_id,
    kind: 'pending',
    dr: `ext:customer:${subscriberId}`,
    cr: `ext:tenant:${refund.tenant_id}:due`,
    amount_minor: refund.amount_minor,
    currency: refund.currency,
    pending_id: null,
    at,
  }
}

export function buildRefundPost(booked: BookedRefund, at: Instant): MovementRow {
  return { ...endOf(booked, at), kind: 'post' }
}

export function buildRefundVoid(booked: BookedRefund, at: Instant): MovementRow {
  return { ...endOf(booked, at), kind: 'void' }
}

/** The one end of a hold: its id is the same for both, so that there is never a second. */
function endOf(booked: BookedRefund, at: Instant): MovementRow {
  const hold = buildRefundHold(booked, at)
  return { ...hold, id: deriveId(booked.refund.id, 'movement', 'end'), pending_id: hold.id }
}
