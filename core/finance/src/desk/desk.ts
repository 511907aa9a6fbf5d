import type { BankResource } from '@inthread/sdk/bank'
import type { ConfirmText } from '@inthread/sdk/confirm'
import { Fault } from '@inthread/sdk/fault'
import type { Money } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, deriveId, openScope, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { buildHolds } from '../book/movements.ts'
import type { GrantRefusal, GrantVerdict } from '../grants/judge-grant.ts'
import { rankOf } from '../grants/judge-grant.ts'
import { rememberPayee, tenantItself } from '../grants/strength/payee.store.ts'
import { reserveGrants } from '../grants/reserve-grants.ts'
import type { Strength } from '../grants/grant-terms.ts'
import { findHold, releaseGrants } from '../grants/use.store.ts'
import { endUnused } from '../consents/end-consents.ts'
import type { AllowedCall, NewOrder } from '../orders/new-order.ts'
import {
  commitChange,
  commitConfirmation,
  commitMove,
  endConfirmations,
  findConfirmation,
  findOrder,
  lockOrder,
  planAttempt,
  type OrderName,
} from '../orders/order.store.ts'
import { isProofOnly, routeOf } from '../orders/route.ts'
import { buildPresentation, openInput, openOffer, openPurpose, openResult, sealField } from '../orders/sheet.ts'
import { requestRefund, type NewRefund, type RefundOpening } from '../refunds/request-refund.ts'
import { bookedOf } from '../orders/booked.ts'
import type { FinancePorts } from '../ports.ts'
import { commitProduct, type NewProduct } from '../products/product.store.ts'
import { findQuote, type Quote } from '../quotes/quote.store.ts'
import type { OrderRow } from '../schema/tables.ts'
import { buildOrderRow, readInput } from './open-order.ts'

export type { AllowedCall, NewOrder }

export type Opening =
  { readonly kind: 'opened' } | { readonly kind: 'refused'; readonly reason: 'declined' | 'try_later' }

export interface Outcome {
  readonly name: string
  readonly data: unknown
}

export type Presented =
  { readonly kind: 'presented'; readonly text: ConfirmText; readonly expiresAt: Instant } | { readonly kind: 'expired' }

/** How a call is judged and what it uses is held, see {@link reserveGrants}. */
export type Reserve = typeof reserveGrants

export function createDesk(ports: FinancePorts, reserve: Reserve = reserveGrants): Desk {
  return new Desk(ports, reserve)
}

/**
 * Orders in the hands of a conversation: everything here happens in the turn's own transaction and touches only the
 * database.
 */
export class Desk {
  readonly #ports: FinancePorts
  readonly #reserve: Reserve

  constructor(ports: FinancePorts, reserve: Reserve) {
    this.#ports = ports
    this.#reserve = reserve
  }

  /** Judges each order by its grants and opens what they allow. One that is there already is left as it is. */
  async open(tx: Transaction, orders: readonly NewOrder[]): Promise<readonly Opening[]> {
    const openings: Opening[] = []
    for (const order of orders) openings.push(await this.#openOne(tx, order))
    return openings
  }

  async #openOne(tx: Transaction, order: NewOrder): Promise<Opening> {
    if (await findOrder(tx, order)) return { kind: 'opened' }
    const input = readInput(order)
    const quote = input.quote === undefined ? undefined : await this.#findQuote(tx, order, input.quote)
    // Over meanwhile, or never this user's: the scene asks the bank anew.
    if (input.quote !== undefined && !quote) return { kind: 'refused', reason: 'try_later' }
    const { traceparent } = this.#ports.traces.current()
    const row = buildOrderRow({ order, input, quote, traceparent }, this.#ports.sealer)
    const amount = { amountMinor: row.amount_minor, currency: row.currency }
    const payee = payeeOf(order, quote)
    const verdict = order.byBank ? ownCall : await this.#reserve(tx, { ...order, payee }, amount)
    const asked = { bot: order.botId, plugin: order.plugin, need: order.need }
    if (verdict.kind === 'refused') return this.#refuseCall(tx, { ...order, data: asked }, verdict)
    await insertAll(tx, 'bank_order', [row])
    await this.#audit(tx, [
      { ...order, action: 'grant.allowed', data: asked },
      { ...order, action: 'order.created' },
    ])
    return { kind: 'opened' }
  }

  async #findQuote(tx: Transaction, order: NewOrder, id: string): Promise<Quote | undefined> {
    const { scope, bankId, subscriberId, now } = order
    const quote = await findQuote(tx, { scope, bankId, subscriberId, id }, this.#ports.sealer)
    return quote && quote.expiresAt > now ? quote : undefined
  }

  /** A read, a quote or a hold of a scene: judged by the same grants as an order that moves nothing. */
  async allow(tx: Transaction, call: AllowedCall): Promise<Opening> {
    const granted = { ...call, orderId: call.callId, keeps: false }
    const verdict = await this.#reserve(tx, granted, { amountMinor: 0n, currency: call.currency })
    if (verdict.kind === 'allowed') return { kind: 'opened' }
    return this.#refuseCall(
      tx,
      { ...granted, data: { bot: call.botId, plugin: call.plugin, need: call.need } },
      verdict,
    )
  }

  async #refuseCall(
    tx: Transaction,
    call: OrderName & { readonly now: Instant; readonly data: Readonly<Record<string, string>> },
    { reason, party, ceiling }: GrantRefusal,
  ): Promise<Opening> {
    await this.#audit(tx, [{ ...call, action: 'grant.refused', data: { ...call.data, reason, party, ceiling } }])
    return { kind: 'refused', reason: reason === 'used_up' ? 'try_later' : 'declined' }
  }

  /**
   * Completes the payload with the chosen method and renders what the user is asked, from nothing but the stored
   * order.
   */
  async present(
    tx: Transaction,
    name: OrderName,
    request: { readonly method: string; readonly now: Instant },
  ): Promise<Presented> {
    const stored = await lockOrder(tx, name)
    const offer = openOffer(this.#ports.sealer, stored)
    // What the bank promises for a day is not asked about for two.
    const order = { ...stored, expires_at: Math.min(stored.expires_at, offer?.quote?.until ?? stored.expires_at) }
    const method = offer?.methods.find((candidate) => candidate.id === request.method)
    if (order.state !== 'created' || order.expires_at <= request.now) return { kind: 'expired' }
    if (!offer || !method) throw new Fault('order.not_prepared', { data: { order: order.id } })
    const purpose = openPurpose(this.#ports.sealer, order)
    const input = openInput(this.#ports.sealer, order)
    const { sheet, text, payloadDigest, renderedDigest } = buildPresentation(order, purpose, { offer, method, input })
    const change = {
      sheet: sealField(this.#ports.sealer, order, { column: 'sheet', value: sheet }),
      payload_digest: payloadDigest,
      rendered_digest: renderedDigest,
      expires_at: order.expires_at,
    }
    await commitMove(tx, stored, { event: 'card_sent', change, now: request.now })
    return { kind: 'presented', text, expiresAt: order.expires_at }
  }

  /** The user's tap on exactly the text that was kept. One that comes a moment too late counts for nothing. */
  async consent(tx: Transaction, name: OrderName, now: Instant): Promise<'consented' | 'expired'> {
    const order = await lockOrder(tx, name)
    if (order.state !== 'awaiting_confirmation' || order.expires_at <= now) return 'expired'
    await commitChange(tx, order, { consented_at: now })
    await this.#audit(tx, [{ ...name, now, action: 'order.consented', by: order.subscriber_id }])
    return 'consented'
  }

  /**
   * From here on the bank decides. Taken only with the user's consent and the bank's own proof of it, both for this
   * payload.
   */
  async commit(
    tx: Transaction,
    name: OrderName,
    now: Instant,
  ): Promise<
    { readonly kind: 'accepted'; readonly moves?: boolean } | { readonly kind: 'ended'; readonly outcome: Outcome }
  > {
    const order = await lockOrder(tx, name)
    const confirmation = await findConfirmation(tx, name)
    const releasable = order.state === 'awaiting_confirmation' && order.consented_at !== null
    const verified = confirmation?.state === 'verified' && confirmation.payload_digest === order.payload_digest
    if (!releasable || !verified)
      throw new Fault('order.not_releasable', { data: { order: order.id, state: order.state } })
    if (order.expires_at <= now) return { kind: 'ended', outcome: { name: 'expired', data: {} } }
    if (!(await isSureEnough(tx, order))) return this.#decline(tx, order, now)
    await commitConfirmation(tx, confirmation, { state: 'used', updated_at: now })
    const confirmed = await commitMove(tx, order, { event: 'confirm', now })
    if (isProofOnly(order)) return this.#endProven(tx, confirmed, now)
    if (order.amount_minor > 0n) await insertAll(tx, 'movement', buildHolds(bookedOf(order, this.#ports.sealer), now))
    await insertAll(tx, 'attempt', [planAttempt(order, 1)])
    await this.#rememberPayee(tx, order, now)
    if (routeOf(order).bank?.product) await commitProduct(tx, productOf(order, now))
    const { traceparent } = this.#ports.traces.current()
    const submitted = { submitted_at: now, task: 'submit' as const, task_at: now, reason: null }
    // What follows belongs to the message that hands it over, and no longer to the one that opened it.
    const change = traceparent === null ? submitted : { ...submitted, traceparent }
    await commitMove(tx, confirmed, { event: 'submit', change, now })
    await this.#audit(tx, [
      { ...name, now, action: 'order.confirmed', by: order.subscriber_id },
      { ...name, now, action: 'order.processing' },
    ])
    return { kind: 'accepted', ...(order.amount_minor > 0n ? {} : { moves: false }) }
  }

  async #rememberPayee(tx: Transaction, order: OrderRow, now: Instant): Promise<void> {
    const offer = openOffer(this.#ports.sealer, order)
    const payee = order.quote_id === null ? tenantItself : offer?.payee.id
    if (payee === undefined || order.amount_minor === 0n) return
    const { bank_id: bankId, subscriber_id: subscriberId } = order
    await rememberPayee(tx, { scope: openScope(order.tenant_id), bankId, subscriberId, payee }, now)
  }

  /** All that was asked for is the bank's word that it was the user. */
  async #endProven(
    tx: Transaction,
    order: OrderRow,
    now: Instant,
  ): Promise<{ readonly kind: 'ended'; readonly outcome: Outcome }> {
    const change = { submitted_at: now, reason: null }
    const submitted = await commitMove(tx, order, { event: 'submit', change, now })
    const ended = await commitMove(tx, submitted, { event: 'bank_succeeded', change: { settled_at: now }, now })
    const name = { scope: openScope(order.tenant_id), orderId: order.id }
    await this.#audit(tx, [{ ...name, now, action: 'order.succeeded', by: order.subscriber_id }])
    return { kind: 'ended', outcome: this.#outcomeOf(ended) }
  }

  /** Not handed over at present, because people have stopped it: nothing was sent, and it may be tried later. */
  async refuse(tx: Transaction, name: OrderName, now: Instant): Promise<Outcome> {
    const order = await lockOrder(tx, name)
    if (order.state !== 'created' && order.state !== 'awaiting_confirmation') return this.#outcomeOf(order)
    await commitChange(tx, order, { reason: 'try_later' })
    return this.close(tx, name, now)
  }

  /** The grants ask for a surer proof of the user than the bank has got: nothing is sent. */
  async #decline(
    tx: Transaction,
    order: OrderRow,
    now: Instant,
  ): Promise<{ readonly kind: 'ended'; readonly outcome: Outcome }> {
    await commitChange(tx, order, { reason: 'declined' })
    const name = { scope: openScope(order.tenant_id), orderId: order.id }
    const data = { reason: 'not_allowed', ceiling: 'strength' }
    await this.#audit(tx, [{ ...name, now, action: 'grant.refused', data }])
    return { kind: 'ended', outcome: { name: 'declined', data: { reason: 'declined' } } }
  }

  /**
   * How it ended, for whoever called: what was not handed over is cancelled, what was handed over tells its own state.
   */
  async close(tx: Transaction, name: OrderName, now: Instant): Promise<Outcome> {
    const order = await lockOrder(tx, name)
    if (order.state !== 'created' && order.state !== 'awaiting_confirmation') return this.#tellOnce(tx, order)
    const confirmation = await findConfirmation(tx, name)
    const codeExpired =
      confirmation !== undefined && (confirmation.state === 'expired' || confirmation.expires_at <= now)
    const expired = order.state === 'awaiting_confirmation' && (order.expires_at <= now || codeExpired)
    const event = expired ? 'expire' : order.state === 'created' ? 'order_withdrawn' : 'cancel'
    await commitMove(tx, order, { event, now })
    await releaseGrants(tx, order)
    await endUnused(tx, order, { now, ports: this.#ports })
    await endConfirmations(tx, order, { state: expired ? 'expired' : 'superseded', now })
    await this.#audit(tx, [{ ...name, now, action: `order.${expired ? 'expired' : 'cancelled'}` }])
    if (order.reason !== null) return { name: 'declined', data: { reason: order.reason } }
    if (expired || order.expires_at <= now) return { name: 'expired', data: {} }
    return { name: 'cancelled', data: {} }
  }

  /** Whoever hears "unknown" here hears of the end as an event. */
  async #tellOnce(tx: Transaction, order: OrderRow): Promise<Outcome> {
    const outcome = this.#outcomeOf(order)
    if (standings[order.state] === 'checking' && order.told_unknown === 0)
      await commitChange(tx, order, { told_unknown: 1 })
    return outcome
  }

  /** Gives money back for what a scene sold. The bank decides after the turn; a letter tells how it ended. */
  refund(tx: Transaction, wanted: NewRefund): Promise<RefundOpening> {
    return requestRefund(tx, wanted, this.#ports)
  }

  async describe(reader: Reader, name: OrderName): Promise<DescribedOrder | undefined> {
    const order = await findOrder(reader, name)
    if (!order) return undefined
    const { confirm, book } = routeOf(order)
    const pays = order.amount_minor > 0n && confirm?.payer !== false
    const amount = { amountMinor: order.amount_minor, currency: order.currency }
    // Whoever gets none of the money has nothing to hand over for it.
    const owed = book === undefined || JSON.stringify(book).includes('{tenant}')
    return { number: order.number, state: standings[order.state], pays, amount, owed }
  }

  /** The closed outcome of an order that was handed over: whatever is not decided is unknown. */
  #outcomeOf(order: OrderRow): Outcome {
    switch (standings[order.state]) {
      case 'succeeded':
        return { name: 'succeeded', data: { ...openResult(this.#ports.sealer, order), receipt: order.number } }
      case 'failed':
        return { name: 'declined', data: { reason: order.reason ?? 'declined' } }
      case 'cancelled':
        return order.reason === null
          ? { name: 'cancelled', data: {} }
          : { name: 'declined', data: { reason: order.reason } }
      case 'expired':
        return { name: 'expired', data: {} }
      case 'open':
      case 'checking':
        // What the bank has taken and is still at has a name of its own.
        return order.told === null
          ? { name: 'unknown', data: {} }
          : { name: order.told, data: { ...openResult(this.#ports.sealer, order), receipt: order.number } }
    }
  }

  #audit(tx: Transaction, entries: readonly (OrderName & AuditEntry)[]): Promise<void> {
    const records = entries.map(({ scope, orderId, action, by, data }) => ({
      scope,
      actor: by === undefined ? ({ kind: 'platform', id: 'platform' } as const) : ({ kind: 'user', id: by } as const),
      action,
      object: { kind: 'order', id: orderId },
      ...(data === undefined ? {} : { data }),
    }))
    return appendAudit(tx, records, { ids: this.#ports.ids, now: entries[0]?.now ?? 0 })
  }
}

interface AuditEntry {
  readonly now: Instant
  readonly action: string
  readonly by?: string
  readonly data?: Readonly<Record<string, string>>
}

async function isSureEnough(tx: Transaction, order: OrderRow): Promise<boolean> {
  const hold = await findHold(tx, order)
  const rank = (name: string | null | undefined): number => rankOf((name ?? undefined) as Strength | undefined)
  return rank(hold?.strength_reached) >= rank(hold?.strength_asked)
}

export type Standing = 'open' | 'checking' | 'succeeded' | 'failed' | 'cancelled' | 'expired'

/** How an order stands, for whoever has to say it. */
export interface DescribedOrder {
  readonly number: string
  readonly state: Standing
  readonly pays: boolean
  readonly amount: Money
  /** `false` where the tenant gets nothing of it. */
  readonly owed: boolean
}

const standings: Readonly<Record<OrderRow['state'], Standing>> = {
  created: 'open',
  awaiting_confirmation: 'open',
  confirmed: 'checking',
  processing: 'checking',
  requires_action: 'checking',
  conflicted: 'checking',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
}

export function confirmationIdOf(scope: TenantScope, orderId: string): string {
  return deriveId(orderId, 'confirmation', scope.tenantId)
}

/** Of a quote, whom it names: one that names nobody pays nobody. Without a quote the tenant itself is paid. */
function payeeOf({ confirm }: NewOrder, quote: Quote | undefined): string | undefined {
  if (confirm?.payee === false) return undefined
  if (!quote) return tenantItself
  const payee = quote.resource['payee']
  const id = typeof payee === 'object' && payee !== null ? (payee as BankResource)['id'] : undefined
  return typeof id === 'string' ? id.slice(0, 190) : undefined
}

/** What a bank's dialogue asks of its own bank needs nobody's leave. */
const ownCall: GrantVerdict = { kind: 'allowed', strength: undefined }

function productOf(order: OrderRow, now: Instant): NewProduct {
  return {
    tenant_id: order.tenant_id,
    bank_id: order.bank_id,
    client_ref: order.id,
    bank_ref: '',
    capability: order.capability,
    operation: order.operation,
    subscriber_id: order.subscriber_id,
    conversation_id: order.conversation_id,
    run_id: order.run_id,
    state: '',
    version: 0,
    created_at: now,
  }
}
