import type { Instant } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import type { RefundRow } from '../schema/book-tables.ts'
import type { MovementRow } from '../schema/tables.ts'

/** What the book knows of a refund: its order's movements are beside it. */
export interface BookedRefund {
  readonly refund: Pick<RefundRow, 'tenant_id' | 'id' | 'order_id' | 'bank_id' | 'amount_minor' | 'currency'>
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

/** The bank gave it back, and with it perhaps a part of the fee that it had taken. */
export function buildRefundPosting(booked: BookedRefund, feeMinor: bigint, at: Instant): readonly MovementRow[] {
  const { refund } = booked
  const post: MovementRow = { ...endOf(booked, at), kind: 'post' }
  if (feeMinor === 0n) return [post]
  const fee: MovementRow = {
    ...post,
    id: deriveId(refund.id, 'movement', 'fee'),
    kind: 'single',
    dr: `ext:tenant:${refund.tenant_id}:due`,
    cr: `bank:${refund.bank_id}:fee-income`,
    amount_minor: feeMinor,
    pending_id: null,
  }
  return [post, fee]
}

export function buildRefundVoid(booked: BookedRefund, at: Instant): MovementRow {
  return { ...endOf(booked, at), kind: 'void' }
}

/** The one end of a hold: its id is the same for both, so that there is never a second. */
function endOf(booked: BookedRefund, at: Instant): MovementRow {
  const hold = buildRefundHold(booked, at)
  return { ...hold, id: deriveId(booked.refund.id, 'movement', 'end'), pending_id: hold.id }
}
