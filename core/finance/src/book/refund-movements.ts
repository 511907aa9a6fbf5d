import type { Instant } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import type { RefundRow } from '../schema/book-tables.ts'
import type { MovementRow } from '../schema/tables.ts'
import { accountsOf, pairsBack, type BookedOrder } from './movements.ts'

/** What the book knows of a refund: its order's movements are beside it. */
export interface BookedRefund {
  readonly refund: Pick<RefundRow, 'tenant_id' | 'id' | 'order_id' | 'bank_id' | 'amount_minor' | 'currency'>
  readonly order: BookedOrder
}

/**
 * What goes back is taken from what the merchant is owed, and held until the bank has decided. It goes to where it came
 * from: to the customer, or to the bank that had lent it.
 */
export function buildRefundHold({ refund, order }: BookedRefund, at: Instant): MovementRow {
  return {
    tenant_id: refund.tenant_id,
    id: deriveId(refund.id, 'movement', 'hold'),
    order_id: refund.order_id,
    kind: 'pending',
    ...accountsOf(order, pairsBack(order).money),
    amount_minor: refund.amount_minor,
    currency: refund.currency,
    pending_id: null,
    at,
  }
}

/** The bank gave it back, and with it perhaps a part of the fee that it had taken. */
export function buildRefundPosting(booked: BookedRefund, feeMinor: bigint, at: Instant): readonly MovementRow[] {
  const { refund, order } = booked
  const post: MovementRow = { ...endOf(booked, at), kind: 'post' }
  const single = { ...post, kind: 'single' as const, pending_id: null }
  const { beside } = pairsBack(order)
  const noted: MovementRow[] = beside
    ? [{ ...single, id: deriveId(refund.id, 'movement', 'beside'), ...accountsOf(order, beside) }]
    : []
  if (feeMinor === 0n) return [post, ...noted]
  const fee: MovementRow = {
    ...single,
    id: deriveId(refund.id, 'movement', 'fee'),
    dr: `ext:tenant:${refund.tenant_id}:due`,
    cr: `bank:${refund.bank_id}:fee-income`,
    amount_minor: feeMinor,
  }
  return [post, ...noted, fee]
}

export function buildRefundVoid(booked: BookedRefund, at: Instant): MovementRow {
  return { ...endOf(booked, at), kind: 'void' }
}

/** The one end of a hold: its id is the same for both, so that there is never a second. */
function endOf(booked: BookedRefund, at: Instant): MovementRow {
  const hold = buildRefundHold(booked, at)
  return { ...hold, id: deriveId(booked.refund.id, 'movement', 'end'), pending_id: hold.id }
}
