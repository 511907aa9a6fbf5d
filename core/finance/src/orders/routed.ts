import type { BankConnection, BankOutcome, BankResource, PaymentView, WireJson } from '@inthread/sdk/bank'
import { declineReasons, type DeclineReason } from '@inthread/sdk/capabilities'
import type { BankRoute } from '@inthread/sdk/capability'
import type { ConfirmSheet } from '@inthread/sdk/confirm'
import { findWireMoney, moneyToWire } from '@inthread/sdk/money'
import type { OrderRow } from '../schema/tables.ts'
import { fillPath } from './route.ts'
import type { Offer } from './sheet.ts'

/** The bank's proof that it was the user, and what the request carries with it. */
export interface Proof {
  readonly key: string
  readonly challenge: string
  readonly authorisation: string
  readonly payloadDigest: string
  readonly purpose: string
}

export interface RoutedOrder {
  readonly order: OrderRow
  readonly offer: Offer
  readonly sheet: ConfirmSheet
  readonly proof: Proof
  /** What the caller handed in beside amount and purpose. */
  readonly input: BankResource
}

/** The bank's answer about an order, in the form in which every order is judged. */
export interface RoutedAnswer {
  readonly answer: BankOutcome<PaymentView> | { readonly kind: 'not_found' }
  /** The outcome that the resource's state stands for while the bank goes on. */
  readonly told?: string | undefined
  readonly resource?: BankResource | undefined
}

/** Hands an order over to the collection that its capability names, under its own key. */
export async function submitRouted(
  { order, offer, sheet, proof, input }: RoutedOrder,
  route: BankRoute,
  bank: BankConnection,
): Promise<RoutedAnswer> {
  const { path, used } = fillPath(route.path, { ...input, quote: offer.quote?.id })
  const more = Object.fromEntries(Object.entries(input).filter(([name]) => !used.has(name)))
  const { key, challenge: confirmationId, authorisation, payloadDigest: payloadSha256, purpose } = proof
  const body: { readonly [member: string]: WireJson | undefined } = {
    ...more,
    clientRef: order.id,
    ...{ confirmationId, authorisation, payloadSha256 },
    amount: { ...moneyToWire({ amountMinor: order.amount_minor, currency: order.currency }) },
    payee: { id: offer.payee.id },
    payer: { link: offer.link, method: sheet.payload.payer },
    ...(purpose === '' ? {} : { description: purpose }),
    ...(offer.quote === undefined ? {} : { quote: offer.quote.id }),
  }
  return readRouted(await bank.ask({ asks: 'acting', method: 'POST', path, key, body }), { order, offer }, route)
}

/** By our own reference, in the same collection. */
export async function queryRouted(
  asked: { readonly order: OrderRow; readonly offer: Offer | undefined },
  route: BankRoute,
  bank: BankConnection,
): Promise<RoutedAnswer> {
  const { path } = fillPath(route.collection ?? route.path, {})
  const answer = await bank.ask({ asks: 'search', method: 'GET', path, query: { clientRef: asked.order.id } })
  if (answer.kind !== 'done') return readRouted(answer, asked, route)
  const found = answer.value['items']
  const [first] = Array.isArray(found) ? found : [answer.value]
  if (first === undefined) return { answer: { kind: 'not_found' } }
  return readRouted({ kind: 'done', value: first as BankResource }, asked, route)
}

/**
 * Pure. What the resource leaves out is not judged; what it says has to be ours. `succeeded` and `declined` are ends,
 * every other state, listed or not, means that the bank is still at it.
 */
function readRouted(
  answer: Awaited<ReturnType<BankConnection['ask']>>,
  { order, offer }: { readonly order: OrderRow; readonly offer: Offer | undefined },
  route: BankRoute,
): RoutedAnswer {
  if (answer.kind !== 'done' && answer.kind !== 'pending') return { answer }
  const resource = answer.value
  const { id, clientRef, state, version } = resource
  if (typeof id !== 'string' || typeof state !== 'string' || typeof version !== 'number' || clientRef !== order.id)
    return { answer: { kind: 'unknown', code: 'answer_malformed' } }
  const outcome = route.states?.[state]
  if (outcome === 'declined') return { answer: { kind: 'refused', ...readFailure(resource) } }
  const view: PaymentView = {
    bankRef: id,
    clientRef,
    version,
    state: outcome === 'succeeded' ? 'succeeded' : 'processing',
    amount: findWireMoney(resource['amount']) ?? { amountMinor: order.amount_minor, currency: order.currency },
    payeeId: readId(resource['payee']) ?? offer?.payee.id ?? '',
    fee: findWireMoney(resource['fee']),
    failure: undefined,
  }
  const kind = view.state === 'succeeded' ? 'done' : 'pending'
  return { answer: { kind, value: view }, told: kind === 'pending' ? outcome : undefined, resource }
}

/** Why the bank said no, as far as a merchant may know. */
export function readFailure({ failure }: BankResource): { readonly code: string; readonly reason: DeclineReason } {
  const { code, class: kind } = (typeof failure === 'object' && failure !== null ? failure : {}) as BankResource
  const reason = declineReasons.find((known) => known === kind || known === code)
  return { code: typeof code === 'string' ? code.slice(0, 64) : 'failed', reason: reason ?? 'declined' }
}

function readId(payee: WireJson | undefined): string | undefined {
  const id = typeof payee === 'object' && payee !== null ? (payee as BankResource)['id'] : undefined
  return typeof id === 'string' ? id : undefined
}
