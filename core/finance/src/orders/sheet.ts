import { createHash } from 'node:crypto'
import type { BankResource } from '@inthread/sdk/bank'
import type { ConfirmDeclaration } from '@inthread/sdk/capability'
import {
  buildPaymentPayload,
  renderConfirm,
  type ConfirmFact,
  type ConfirmSheet,
  type ConfirmText,
} from '@inthread/sdk/confirm'
import { canonicalJson, decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { deriveId, type Sealer } from '@inthread/store'
import type { Counted } from '../book/movements.ts'
import type { OrderRow } from '../schema/tables.ts'
import { routeOf } from './route.ts'

/** What the bank offered for an order: kept sealed, because it names accounts. */
export interface Offer {
  readonly link: string
  readonly payee: { readonly id: string; readonly name: string; readonly account: string }
  readonly methods: readonly { readonly id: string; readonly label: string; readonly mask: string }[]
  /** What the bank's quote says that the order takes up. */
  readonly quote?: {
    readonly id: string
    /** Digest of its terms. */
    readonly terms: string
    /** It is promised until then, and confirmed no later. */
    readonly until?: Instant
    readonly facts: readonly ConfirmFact[]
    /** What it is of, and what it counts beside the amount: for the book. */
    readonly product?: string
    readonly counted?: Counted
    /** A loan's annual rate, beside its amount. */
    readonly headline?: string
  }
}

/** Of an order for which no account is charged. */
export const noMethod = { id: 'none', label: '', mask: '' }

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
  choice: { readonly offer: Offer; readonly method: Offer['methods'][number]; readonly input: BankResource },
): Presentation {
  const { offer, method, input } = choice
  const amount = { amountMinor: order.amount_minor, currency: order.currency }
  const { confirm } = routeOf(order)
  const { quote } = offer
  const payload = buildPaymentPayload({
    ...(confirm ? { op: confirm.op } : {}),
    ...(quote ? { quote: { id: quote.id, terms: quote.terms } } : {}),
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
    ...(confirm ? { title: confirm.title, hidesPayee: confirm.payee === false } : {}),
    facts: [...listChosen(confirm, input, order.locale), ...(quote?.facts ?? [])],
    ...(quote?.headline === undefined ? {} : { headline: quote.headline }),
  }
  const text = renderConfirm(sheet, order.locale, order.time_zone)
  return { sheet, text, payloadDigest: digest(canonicalJson(payload)), renderedDigest: digest(canonicalJson(text)) }
}

/** What was chosen for the order, in the words of its capability. */
function listChosen(confirm: ConfirmDeclaration | undefined, input: BankResource, locale: string): ConfirmFact[] {
  const say = (wording: Readonly<Record<string, string>> = {}): string =>
    wording[locale] ?? wording[locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? ''
  return Object.entries(confirm?.rows ?? {})
    .map(([name, { label, values }]) => ({ label: say(label), value: say(values[String(input[name])]) }))
    .filter(({ label, value }) => label !== '' && value !== '')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function sealField(
  sealer: Sealer,
  order: OrderName,
  field: { readonly column: 'purpose' | 'offer' | 'sheet' | 'input' | 'result'; readonly value: unknown },
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

export function openInput(sealer: Sealer, order: OrderRow): BankResource {
  return order.input === null ? {} : (decodeJson(sealer.open(placeOf(order, 'input'), order.input)) as BankResource)
}

/** What the bank's resource said, as flows read it. */
export function openResult(sealer: Sealer, order: OrderRow): object {
  return order.result === null ? {} : (decodeJson(sealer.open(placeOf(order, 'result'), order.result)) as object)
}

function placeOf(order: OrderName, column: string): { tenant: string; table: string; column: string; row: string } {
  return { tenant: order.tenant_id, table: 'bank_order', column, row: order.id }
}
