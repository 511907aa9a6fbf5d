import type { BankResource } from '@inthread/sdk/bank'
import { writeWire } from '@inthread/sdk/capabilities'
import { Fault } from '@inthread/sdk/fault'
import type { Money } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import type { Sealer, Store } from '@inthread/store'
import type { Opening, Outcome, Presented } from '../desk/desk.ts'
import { readInput, buildOrderRow } from '../desk/open-order.ts'
import type { GrantRefusal } from '../grants/judge-grant.ts'
import { previewGrants, type GrantedCall } from '../grants/reserve-grants.ts'
import type { AllowedCall, NewOrder } from '../orders/new-order.ts'
import { isProofOnly, routeOf } from '../orders/route.ts'
import { buildPresentation } from '../orders/sheet.ts'
import type { OrderName } from '../orders/order.store.ts'
import { answerStep, buildSampleOffer, readQuoteId, type OwnStep } from './own-steps.ts'
import { listPromises, type Promised } from './promises.ts'
import { closeKept, moveKept, standingOf, type KeptOrder, type SimulatedStanding } from './kept-order.ts'

export interface SimulatedDeskParts {
  readonly store: Pick<Store, 'read'>
  readonly sealer: Sealer
  /** Who is paid: the tenant as its users know it. */
  readonly payee: string
}

/** Whether a call would be allowed, and which side's terms stand in its way. */
export type JudgedCall =
  | { readonly kind: 'opened' }
  | (Extract<Opening, { kind: 'refused' }> & {
      readonly refusal: { readonly party: string; readonly reason: string; readonly ceiling: string }
    })

/**
 * The desk of a thread that is only tried: orders are judged by the grants, rendered and handed over as the real one
 * does it, in memory, and no bank ever hears of them. How they end is decided from outside.
 */
export class SimulatedDesk {
  readonly #parts: SimulatedDeskParts
  /** Replaced and never changed, so that a turn can be taken back. */
  #orders: ReadonlyMap<string, KeptOrder> = new Map()
  #promises: ReadonlyMap<string, Promised> = new Map()

  constructor(parts: SimulatedDeskParts) {
    this.#parts = parts
  }

  save(): () => void {
    const [orders, promises] = [this.#orders, this.#promises]
    return () => {
      this.#orders = orders
      this.#promises = promises
    }
  }

  async open(order: NewOrder): Promise<JudgedCall> {
    if (this.#orders.has(order.orderId)) return { kind: 'opened' }
    const input = readInput(order)
    const promised = input.quote === undefined ? undefined : this.#promises.get(input.quote)
    if (input.quote !== undefined && !(promised && promised.quote.expiresAt > order.now)) return quoteIsOver
    const row = buildOrderRow({ order, input, quote: promised?.quote, traceparent: null }, this.#parts.sealer)
    const amount = { amountMinor: row.amount_minor, currency: row.currency }
    const judged = order.byBank ? opened : await this.#judge(order, amount)
    if (judged.kind === 'refused') return judged
    const { amount: _amount, purpose, expiresAt: _until, quote: _quote, ...more } = input
    const extra = (writeWire(more) ?? {}) as BankResource
    this.#keep({ row, purpose, extra, promised, offer: undefined, state: 'created', told: undefined })
    return opened
  }

  allow(call: AllowedCall): Promise<JudgedCall> {
    return this.#judge({ ...call, orderId: call.callId }, { amountMinor: 0n, currency: call.currency })
  }

  refund(): { readonly kind: 'opened' } {
    return opened
  }

  present(name: OrderName, { method: id, now }: { readonly method: string; readonly now: Instant }): Presented {
    const kept = this.#get(name)
    const until = Math.min(kept.row.expires_at, kept.promised?.quote.expiresAt ?? kept.row.expires_at)
    const method = kept.offer?.methods.find((each) => each.id === id)
    if (kept.state !== 'created' || until <= now) return { kind: 'expired' }
    if (!kept.offer || !method) throw new Fault('order.not_prepared', { data: { order: kept.row.id } })
    const row = { ...kept.row, expires_at: until }
    const { text } = buildPresentation(row, kept.purpose, { offer: kept.offer, method, input: kept.extra })
    this.#keep({ ...kept, row, state: 'asked' })
    return { kind: 'presented', text, expiresAt: until }
  }

  consent(name: OrderName, now: Instant): 'consented' | 'expired' {
    const kept = this.#get(name)
    if (kept.state !== 'asked' || kept.row.expires_at <= now) return 'expired'
    this.#keep({ ...kept, state: 'agreed' })
    return 'consented'
  }

  commit(
    name: OrderName,
    now: Instant,
  ): { readonly kind: 'accepted'; readonly moves: boolean } | { readonly kind: 'ended'; readonly outcome: Outcome } {
    const kept = this.#get(name)
    if (kept.row.expires_at <= now) return { kind: 'ended', outcome: { name: 'expired', data: {} } }
    if (isProofOnly(kept.row)) {
      const outcome = { name: 'succeeded', data: { receipt: kept.row.number } }
      this.#keep(moveKept(kept, outcome))
      return { kind: 'ended', outcome }
    }
    this.#keep({ ...kept, state: 'handed' })
    return { kind: 'accepted', moves: kept.row.amount_minor > 0n }
  }

  /** Not handed over at present: it may be tried later. */
  refuse(name: OrderName): Outcome {
    const outcome = { name: 'declined', data: { reason: 'try_later' } }
    this.#keep(moveKept(this.#get(name), outcome))
    return outcome
  }

  close(name: OrderName, now: Instant): Outcome {
    const { outcome, kept } = closeKept(this.#get(name), now)
    this.#keep(kept)
    return outcome
  }

  describe(name: OrderName): SimulatedStanding | undefined {
    const kept = this.#orders.get(name.orderId)
    if (!kept) return undefined
    const pays = kept.row.amount_minor > 0n && routeOf(kept.row).confirm?.payer !== false
    return { number: kept.row.number, state: standingOf(kept), pays }
  }

  /** Answers what the platform does itself for a dialogue; undefined for any other operation. */
  perform(step: OwnStep): Outcome | undefined {
    const kept = this.#orders.get(step.orderId)
    if (!kept) return undefined
    if (step.operation !== 'prepare') return answerStep(step)
    if (kept.row.expires_at <= step.now) return { name: 'expired', data: {} }
    const promised = this.#promises.get(readQuoteId(step.input) ?? '') ?? kept.promised
    const offer = buildSampleOffer(kept.row, { payee: this.#parts.payee, promised })
    this.#keep({ ...kept, promised, offer })
    return answerStep(step, { ...kept, offer })
  }

  promise(data: unknown, now: Instant): void {
    const made = listPromises(data, now)
    this.#promises = new Map([...this.#promises, ...made.map((each) => [each.quote.id, each] as const)])
  }

  decide(name: OrderName, outcome: Outcome): void {
    this.#keep(moveKept(this.#get(name), outcome))
  }

  listUndecided(): readonly string[] {
    const left = [...this.#orders.values()].filter(({ state, told }) => state === 'handed' && told !== undefined)
    return left.map(({ row }) => row.id)
  }

  async #judge(call: GrantedCall, amount: Money): Promise<JudgedCall> {
    const verdict = await this.#parts.store.read('simulation.grants', (reader) => previewGrants(reader, call, amount))
    return verdict.kind === 'allowed' ? opened : describeRefusal(verdict)
  }

  #get({ orderId }: OrderName): KeptOrder {
    const kept = this.#orders.get(orderId)
    if (!kept) throw new Fault('order.unknown', { data: { order: orderId } })
    return kept
  }

  #keep(kept: KeptOrder): void {
    this.#orders = new Map(this.#orders).set(kept.row.id, kept)
  }
}

const opened = { kind: 'opened' } as const

const quoteIsOver: JudgedCall = {
  kind: 'refused',
  reason: 'try_later',
  refusal: { party: 'bank', reason: 'quote_over', ceiling: '' },
}

function describeRefusal({ reason, party, ceiling }: GrantRefusal): JudgedCall {
  return {
    kind: 'refused',
    reason: reason === 'used_up' ? 'try_later' : 'declined',
    refusal: { party, reason, ceiling },
  }
}
