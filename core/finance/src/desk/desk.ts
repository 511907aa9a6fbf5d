import { z } from '@inthread/sdk'
import type { Ceiling } from '@inthread/sdk/capability'
import type { ConfirmText } from '@inthread/sdk/confirm'
import { Fault } from '@inthread/sdk/fault'
import { moneySchema } from '@inthread/sdk/money'
import { addMs, minutes, type Instant } from '@inthread/sdk/time'
import {
  appendAudit,
  buildNumber,
  deriveId,
  openScope,
  type Reader,
  type TenantScope,
  type Transaction,
} from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { buildHold } from '../book/movements.ts'
import { reserveGrants } from '../grants/reserve-grants.ts'
import { rankOf } from '../grants/judge-grant.ts'
import type { Strength } from '../grants/grant-terms.ts'
import { findHold, releaseGrants } from '../grants/use.store.ts'
import {
  commitChange,
  commitConfirmation,
  commitMove,
  findConfirmation,
  findOrder,
  lockOrder,
  type OrderName,
} from '../orders/order.store.ts'
import { buildPresentation, openOffer, openPurpose, sealField } from '../orders/sheet.ts'
import type { FinancePorts } from '../ports.ts'
import { requestRefund, type NewRefund, type RefundOpening } from '../refunds/request-refund.ts'
import type { OrderRow } from '../schema/tables.ts'
import { bookedOf } from '../orders/booked.ts'

/** A wish for money to move, as a conversation hands it in. */
export interface NewOrder extends OrderName {
  readonly bankId: string
  readonly capability: string
  readonly operation: string
  readonly input: unknown
  readonly botId: string
  readonly plugin: string
  /** The plugin's own name for what it needs, and the most it says it will ever ask for. */
  readonly need: string
  readonly ceiling: Ceiling | undefined
  readonly conversationId: string
  readonly subscriberId: string
  readonly runId: string
  readonly locale: string
  readonly timeZone: string
  readonly now: Instant
}

export type Opening =
  { readonly kind: 'opened' } | { readonly kind: 'refused'; readonly reason: 'declined' | 'try_later' }

export interface Outcome {
  readonly name: string
  readonly data: unknown
}

export type Presented =
  { readonly kind: 'presented'; readonly text: ConfirmText; readonly expiresAt: Instant } | { readonly kind: 'expired' }

/** An order that nobody confirms is over after this time, or earlier where the merchant says so. */
const livesMs = minutes(15)

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
    const row = this.#buildRow(order)
    const amount = { amountMinor: row.amount_minor, currency: row.currency }
    const verdict = await this.#reserve(tx, order, amount)
    const asked = { bot: order.botId, plugin: order.plugin, need: order.need }
    if (verdict.kind === 'refused') {
      const { reason, party, ceiling } = verdict
      await this.#audit(tx, [{ ...order, action: 'grant.refused', data: { ...asked, reason, party, ceiling } }])
      return { kind: 'refused', reason: reason === 'used_up' ? 'try_later' : 'declined' }
    }
    await insertAll(tx, 'bank_order', [row])
    await this.#audit(tx, [
      { ...order, action: 'grant.allowed', data: asked },
      { ...order, action: 'order.created' },
    ])
    return { kind: 'opened' }
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
    const order = await lockOrder(tx, name)
    const offer = openOffer(this.#ports.sealer, order)
    const method = offer?.methods.find((candidate) => candidate.id === request.method)
    if (order.state !== 'created' || order.expires_at <= request.now) return { kind: 'expired' }
    if (!offer || !method) throw new Fault('order.not_prepared', { data: { order: order.id } })
    const { sheet, text, payloadDigest, renderedDigest } = buildPresentation(
      order,
      openPurpose(this.#ports.sealer, order),
      { offer, method },
    )
    const change = {
      sheet: sealField(this.#ports.sealer, order, { column: 'sheet', value: sheet }),
      payload_digest: payloadDigest,
      rendered_digest: renderedDigest,
    }
    await commitMove(tx, order, { event: 'card_sent', change, now: request.now })
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
  ): Promise<{ readonly kind: 'accepted' } | { readonly kind: 'ended'; readonly outcome: Outcome }> {
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
    await insertAll(tx, 'movement', [buildHold(bookedOf(order), now)])
    await insertAll(tx, 'attempt', [
      {
        tenant_id: order.tenant_id,
        order_id: order.id,
        n: 1,
        bank_key: order.id,
        sent_at: now,
        answered_at: null,
        outcome: null,
        code: null,
      },
    ])
    await commitMove(tx, confirmed, {
      event: 'submit',
      change: { submitted_at: now, task: 'submit', task_at: now, reason: null },
      now,
    })
    await this.#audit(tx, [
      { ...name, now, action: 'order.confirmed', by: order.subscriber_id },
      { ...name, now, action: 'order.processing' },
    ])
    return { kind: 'accepted' }
  }

  /** Not handed over at present, because people have stopped it: nothing was sent, and it may be tried later. */
  async refuse(tx: Transaction, name: OrderName, now: Instant): Promise<Outcome> {
    const order = await lockOrder(tx, name)
    if (order.state !== 'created' && order.state !== 'awaiting_confirmation') return outcomeOf(order)
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
    if (confirmation?.state === 'pending')
      await commitConfirmation(tx, confirmation, { state: expired ? 'expired' : 'superseded', updated_at: now })
    await this.#audit(tx, [{ ...name, now, action: `order.${expired ? 'expired' : 'cancelled'}` }])
    if (order.reason !== null) return { name: 'declined', data: { reason: order.reason } }
    if (expired || order.expires_at <= now) return { name: 'expired', data: {} }
    return { name: 'cancelled', data: {} }
  }

  /** Whoever hears "unknown" here hears of the end as an event. */
  async #tellOnce(tx: Transaction, order: OrderRow): Promise<Outcome> {
    const outcome = outcomeOf(order)
    if (outcome.name === 'unknown' && order.told_unknown === 0) await commitChange(tx, order, { told_unknown: 1 })
    return outcome
  }

  /** Gives money back for what a scene sold. The bank decides after the turn; a letter tells how it ended. */
  refund(tx: Transaction, wanted: NewRefund): Promise<RefundOpening> {
    return requestRefund(tx, wanted, this.#ports)
  }

  async describe(
    reader: Reader,
    name: OrderName,
  ): Promise<{ readonly number: string; readonly state: Standing } | undefined> {
    const order = await findOrder(reader, name)
    return order && { number: order.number, state: standings[order.state] }
  }

  #buildRow(order: NewOrder): OrderRow {
    const { sealer } = this.#ports
    const input = readInput(order)
    if (input.amount.amountMinor <= 0n) throw new Fault('order.amount_refused', { data: { order: order.orderId } })
    const name = { tenant_id: order.scope.tenantId, id: order.orderId }
    const latest = addMs(order.now, livesMs)
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
      amount_minor: input.amount.amountMinor,
      currency: input.amount.currency,
      purpose: sealField(sealer, name, { column: 'purpose', value: input.purpose }),
      expires_at: Math.min(input.expiresAt ?? latest, latest),
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
      refunded_minor: 0n,
      reason: null,
      told_unknown: 0,
      task: null,
      task_at: null,
      queries: 0,
      lease_owner: '',
      lease_until: 0,
      created_at: order.now,
      updated_at: order.now,
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

/** What every operation that opens an order brings, whatever else its capability says about it. */
const inputSchema = z.looseObject({
  amount: moneySchema,
  purpose: z.string().min(1).max(60),
  expiresAt: z.number().int().optional(),
})

function readInput({ input, orderId, capability, operation }: NewOrder): z.infer<typeof inputSchema> {
  const read = inputSchema.safeParse(input)
  if (read.success) return read.data
  const field = read.error.issues[0]?.path.join('.') ?? ''
  throw new Fault('order.input_refused', { data: { order: orderId, capability, operation, field } })
}

async function isSureEnough(tx: Transaction, order: OrderRow): Promise<boolean> {
  const hold = await findHold(tx, order)
  const rank = (name: string | null | undefined): number => rankOf((name ?? undefined) as Strength | undefined)
  return rank(hold?.strength_reached) >= rank(hold?.strength_asked)
}

export type Standing = 'open' | 'checking' | 'succeeded' | 'failed' | 'cancelled' | 'expired'

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

/** The closed outcome of an order that was handed over: whatever is not decided is unknown. */
function outcomeOf(order: OrderRow): Outcome {
  switch (standings[order.state]) {
    case 'succeeded':
      return { name: 'succeeded', data: { receipt: order.number } }
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
      return { name: 'unknown', data: {} }
  }
}

export function confirmationIdOf(scope: TenantScope, orderId: string): string {
  return deriveId(orderId, 'confirmation', scope.tenantId)
}
