import type { PaymentView } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import type { OrderRow } from '../src/schema/tables.ts'

export const now = 1_772_676_000_000_000

/** An order as its row has it, in the bank's hands. */
export function buildOrderRow(change: Partial<OrderRow> = {}): OrderRow {
  return {
    tenant_id: 'rail',
    id: '019cbb4b-4c00-8e16-960a-75a7307e0b5b',
    number: '7HZ2K0Q4MX',
    conversation_id: '019cbb4b-4c00-8e16-960a-75a7307e0001',
    run_id: '019cbb4b-4c00-8e16-960a-75a7307e0002',
    subscriber_id: '019cbb4b-4c00-8e16-960a-75a7307e0003',
    bank_id: 'main',
    capability: 'payment',
    operation: 'pay',
    state: 'processing',
    version: 4,
    amount_minor: 12800n,
    currency: 'CNY',
    purpose: '',
    expires_at: now + 900_000_000,
    locale: 'en',
    time_zone: 'Asia/Shanghai',
    offer: null,
    sheet: null,
    payload_digest: null,
    rendered_digest: null,
    consented_at: now,
    submitted_at: now,
    settled_at: null,
    bank_ref: null,
    bank_version: 0,
    fee_minor: null,
    input: null,
    route: null,
    quote_id: null,
    told: null,
    result: null,
    refunded_minor: 0n,
    reason: null,
    told_unknown: 0,
    task: 'submit',
    task_at: now,
    queries: 0,
    failures: 0,
    captured_at: null,
    captured_minor: null,
    lease_owner: '',
    lease_until: 0,
    created_at: now,
    updated_at: now,
    traceparent: null,
    ...change,
  }
}

/** The payment of an order as the bank shows it: paid, unless something is changed. */
export function viewOf(order: OrderRow, change: Partial<PaymentView> = {}): PaymentView {
  return {
    bankRef: 'pay_1',
    clientRef: order.id,
    state: 'succeeded',
    version: 2,
    amount: money(order.amount_minor, order.currency),
    payeeId: 'mch_1',
    fee: money(77n, order.currency),
    failure: undefined,
    ...change,
  }
}
