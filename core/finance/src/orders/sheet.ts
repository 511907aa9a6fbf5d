import { createHash } from 'node:crypto'
import { buildPaymentPayload, renderConfirm, type ConfirmSheet, type ConfirmText } from '@inthread/sdk/confirm'
import { canonicalJson, decodeJson, encodeJson } from '@inthread/sdk/json'
import { deriveId, type Sealer } from '@inthread/store'
import type { OrderRow } from '../schema/tables.ts'

/** What the bank offered for an order: kept sealed, because it names accounts. */
export interface Offer {
  readonly link: string
  readonly payee: { readonly id: string; readonly name: string; readonly account: string }
  readonly methods: readonly { readonly id: string; readonly label: string; readonly mask: string }[]
}

/** The order as the user confirms it, and the digests that prove what was confirmed. */
export interface Presentation {
  readonly sheet: ConfirmSheet
  readonly text: ConfirmText
  readonly payloadDigest: string
  readonly renderedDigest: string
}

type OrderName = Pick<OrderRow, 'tenant_id' | 'id'>

export function buildPresentation(
  order: OrderRow,
  purpose: string,
  choice: { readonly offer: Offer; readonly method: Offer['methods'][number] },
): Presentation {
  const { offer, method } = choice
  const amount = { amountMinor: order.amount_minor, currency: order.currency }
  const payload = buildPaymentPayload({
    order: order.id,
    bank: order.bank_id,
    tenant: order.tenant_id,
    amount,
    payee: offer.payee,
    method: method.id,
    expiresAt: order.expires_at,
    nonce: deriveId(order.id, 'nonce').slice(-12),
  })
  const sheet: ConfirmSheet = {
    payload,
    amount,
    fee: { amountMinor: 0n, currency: order.currency },
    payer: { label: method.label, mask: method.mask },
    purpose,
    orderNumber: order.number,
    expiresAt: order.expires_at,
  }
  const text = renderConfirm(sheet, order.locale, order.time_zone)
  return { sheet, text, payloadDigest: digest(canonicalJson(payload)), renderedDigest: digest(canonicalJson(text)) }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function sealField(
  sealer: Sealer,
  order: OrderName,
  field: { readonly column: 'purpose' | 'offer' | 'sheet'; readonly value: unknown },
): string {
  return sealer.seal(placeOf(order, field.column), encodeJson(field.value))
}

export function openPurpose(sealer: Sealer, order: OrderRow): string {
  return String(decodeJson(sealer.open(placeOf(order, 'purpose'), order.purpose)))
}

export function openOffer(sealer: Sealer, order: OrderRow): Offer | undefined {
  return order.offer === null ? undefined : (decodeJson(sealer.open(placeOf(order, 'offer'), order.offer)) as Offer)
}

export function openSheet(sealer: Sealer, order: OrderRow): ConfirmSheet | undefined {
  return order.sheet === null
    ? undefined
    : (decodeJson(sealer.open(placeOf(order, 'sheet'), order.sheet)) as ConfirmSheet)
}

function placeOf(order: OrderName, column: string): { tenant: string; table: string; column: string; row: string } {
  return { tenant: order.tenant_id, table: 'bank_order', column, row: order.id }
}
