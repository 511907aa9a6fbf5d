import { z } from '@inthread/sdk'
import { writeWire } from '@inthread/sdk/capabilities'
import { Fault } from '@inthread/sdk/fault'
import { moneySchema, sameMoney, type Money } from '@inthread/sdk/money'
import { addMs, minutes } from '@inthread/sdk/time'
import { buildNumber, type Sealer } from '@inthread/store'
import type { NewOrder } from '../orders/new-order.ts'
import { encodeRoute } from '../orders/route.ts'
import { sealField } from '../orders/sheet.ts'
import type { Quote } from '../quotes/quote.store.ts'
import type { OrderRow } from '../schema/tables.ts'

/** An order that nobody confirms is over after this time, or earlier where merchant or bank says so. */
const livesMs = minutes(15)

/** What every operation that opens an order may bring; whatever else there is goes to the bank with it. */
const inputSchema = z.looseObject({
  amount: moneySchema.optional(),
  purpose: z.string().max(60).default(''),
  expiresAt: z.number().int().optional(),
  quote: z.string().min(1).max(190).optional(),
})

/** A payment says what it is for and how much it is. */
const paymentSchema = inputSchema.extend({ amount: moneySchema, purpose: z.string().min(1).max(60) })

export type OrderInput = z.infer<typeof inputSchema>

export function readInput({ input, orderId, capability, operation, confirm }: NewOrder): OrderInput {
  const read = (confirm ? inputSchema : paymentSchema).safeParse(input)
  if (read.success) return read.data
  const field = read.error.issues[0]?.path.join('.') ?? ''
  throw new Fault('order.input_refused', { data: { order: orderId, capability, operation, field } })
}

/**
 * How much moves: what the bank's quote says, else what the caller says. One that says something else than the quote,
 * or moves nothing where an account is charged, is a mistake of its plugin.
 */
export function amountOf(order: NewOrder, input: OrderInput, quote: Quote | undefined): Money {
  const none = { amountMinor: 0n, currency: order.currency }
  const amount = quote?.amount ?? input.amount ?? none
  const differs = quote?.amount && input.amount && !sameMoney(quote.amount, input.amount)
  const charges = order.confirm?.payer !== false
  if (differs || amount.amountMinor < 0n || (charges && amount.amountMinor === 0n))
    throw new Fault('order.amount_refused', { data: { order: order.orderId } })
  return amount
}

export interface OpenedOrder {
  readonly order: NewOrder
  readonly input: OrderInput
  readonly quote: Quote | undefined
  readonly traceparent: string | null
}

export function buildOrderRow({ order, input, quote, traceparent }: OpenedOrder, sealer: Sealer): OrderRow {
  const name = { tenant_id: order.scope.tenantId, id: order.orderId }
  const latest = addMs(order.now, order.confirm?.livesMs ?? livesMs)
  const { amount: _amount, purpose, expiresAt, quote: _quote, ...more } = input
  const amount = amountOf(order, input, quote)
  const extra = Object.keys(more).length === 0 ? null : writeWire(more)
  return {
    ...name,
    number: buildNumber(order.orderId),
    conversation_id: order.conversationId,
    run_id: order.runId,
    subscriber_id: order.subscriberId,
    bank_id: order.bankId,
    capability: order.capability,
    operation: order.operation,
    state: 'created',
    version: 1,
    amount_minor: amount.amountMinor,
    currency: amount.currency,
    purpose: sealField(sealer, name, { column: 'purpose', value: purpose }),
    expires_at: Math.min(expiresAt ?? latest, quote?.expiresAt ?? latest, latest),
    locale: order.locale,
    time_zone: order.timeZone,
    offer: null,
    sheet: null,
    payload_digest: null,
    rendered_digest: null,
    consented_at: null,
    submitted_at: null,
    settled_at: null,
    bank_ref: null,
    bank_version: 0,
    fee_minor: null,
    captured_at: null,
    captured_minor: null,
    refunded_minor: 0n,
    input: extra === null ? null : sealField(sealer, name, { column: 'input', value: extra }),
    route: encodeRoute(order),
    quote_id: quote?.id ?? null,
    told: null,
    result: null,
    reason: null,
    told_unknown: 0,
    task: null,
    task_at: null,
    queries: 0,
    failures: 0,
    lease_owner: '',
    lease_until: 0,
    created_at: order.now,
    updated_at: order.now,
    traceparent,
  }
}
