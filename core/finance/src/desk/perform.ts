import { z } from '@inthread/sdk'
import type { BankConnection, BankOutcome, BankProfile, BankResource, PayMethod } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { deriveId, openScope, type Transaction } from '@inthread/store'
import { commitChange, getOrder } from '../orders/order.store.ts'
import { routeOf } from '../orders/route.ts'
import { noMethod, openInput, sealField, type Offer } from '../orders/sheet.ts'
import type { FinancePorts } from '../ports.ts'
import { buildQuoteFacts, readCounted } from '../quotes/quote-facts.ts'
import { findQuote, type Quote } from '../quotes/quote.store.ts'
import type { OrderRow } from '../schema/tables.ts'
import { needsLink, runAsk, type Routed } from './ask-bank.ts'
import { askProduct } from './ask-product.ts'
import { Challenger } from './challenge.ts'
import { ConsentSteps } from './consent-steps.ts'
import type { DeskAnswer, DeskEffect } from './effect.ts'
import { UserLinks, type LinkedUser } from './user-link.ts'
import { expired, nothing, refuse, unanswered, userOf, type Work } from './work.ts'

const profileLivesMs = 300_000

/**
 * Carries out at the bank what a dialogue asked for. Runs outside of every transaction; what it learned is recorded
 * later.
 */
export class Performer {
  readonly #ports: FinancePorts
  readonly links: UserLinks
  readonly #challenger: Challenger
  readonly #consents: ConsentSteps
  readonly #profiles = new Map<BankConnection, { readonly profile: BankProfile; readonly until: number }>()

  constructor(ports: FinancePorts) {
    this.#ports = ports
    this.links = new UserLinks(ports)
    this.#challenger = new Challenger(ports)
    this.#consents = new ConsentSteps(ports)
  }

  async perform(effect: DeskEffect): Promise<DeskAnswer> {
    const routed = readRouted(effect)
    if (routed) return keepReason(effect, await this.#askBank(effect, routed))
    const order = await this.#ports.store.read('desk.order', (reader) => getOrder(reader, effect))
    const setup = await this.#ports.banks.find(effect.scope.tenantId, order.bank_id)
    if (!setup) throw new Fault('bank.not_connected', { data: { bank: order.bank_id } })
    const work: Work = { effect, order, bank: setup.connection }
    // What is taken back is taken back at any time.
    if (effect.operation === 'endConsents') return this.#consents.end(work)
    if (order.expires_at <= this.#ports.clock.now()) return expired
    switch (effect.operation) {
      case 'prepare':
        return order.state === 'created' ? this.#prepare(work) : expired
      case 'challenge':
        return order.consented_at !== null ? this.#challenger.challenge(work) : expired
      case 'answer':
        return this.#challenger.answer(work)
      case 'check':
        return this.#challenger.check(work)
      case 'askConsent':
        return this.#consents.ask(work, await this.#profile(work.bank))
      case 'answerConsent':
        return this.#consents.answer(work)
      default:
        throw new Fault('order.operation_unknown', { data: { operation: effect.operation } })
    }
  }

  /** An operation that its capability has a route for: with an order or without one, for the user alone. */
  async #askBank(effect: DeskEffect, routed: Routed): Promise<DeskAnswer> {
    const { bankId, subscriberId, route, locale } = routed
    const setup = await this.#ports.banks.find(effect.scope.tenantId, bankId)
    if (!setup) throw new Fault('bank.not_connected', { data: { bank: bankId } })
    const user = { scope: effect.scope, bankId, subscriberId, key: deriveId(effect.effectId, 'link'), locale }
    const link = needsLink(route) ? await this.links.look(user, setup.connection) : undefined
    if (link?.kind === 'unknown') return { outcome: { name: 'unknown', data: {} }, again: true, record: nothing }
    const known = link?.kind === 'done' && (link.value?.state === 'active' || route.strangers) ? link.value : undefined
    if (link && (link.kind !== 'done' || known?.id === undefined)) {
      const reason = link.kind === 'refused' ? link.reason : 'not_linked'
      return { outcome: { name: 'declined', data: { reason } }, again: false, record: nothing }
    }
    const ask = route.product && route.method === 'POST' ? askProduct : runAsk
    const answer = await ask({ effect, ...routed, link: known?.id }, setup.connection, this.#ports)
    return known?.state === 'active'
      ? { ...answer, record: (tx) => this.#recordBoth(tx, { user, link: known.id, answer }) }
      : answer
  }

  async #recordBoth(
    tx: Transaction,
    { user, link, answer }: { readonly user: LinkedUser; readonly link: string; readonly answer: DeskAnswer },
  ): Promise<void> {
    await this.links.record(tx, user, link)
    await answer.record(tx)
  }

  /** Who pays, from which accounts, and to whom as the bank knows the merchant. */
  async #prepare(work: Work): Promise<DeskAnswer> {
    const { order } = work
    const quoteId = readQuoteId(work.effect) ?? order.quote_id ?? undefined
    const quote = quoteId === undefined ? undefined : await this.#findQuote(order, quoteId)
    if (quoteId !== undefined && !quote) return expired
    if (quote?.amount && quote.amount.amountMinor !== order.amount_minor) return refuse(work, 'declined')
    const profile = await this.#profile(work.bank)
    const link = await this.links.find(userOf(work), work.bank)
    if (profile.kind === 'unknown' || link.kind === 'unknown' || profile.kind === 'pending') return unanswered(work)
    if (profile.kind === 'refused') return refuse(work, profile.reason)
    if (link.kind === 'refused') return refuse(work, link.reason)
    if (link.kind === 'pending' || link.value === undefined) return refuse(work, 'not_linked')
    const methods = await this.#methods(work, link.value)
    if (methods.kind === 'unknown') return unanswered(work)
    if (methods.kind === 'refused') return refuse(work, 'not_linked', link.value)
    const offer = buildOffer(order, { link: link.value, profile: profile.value, methods: methods.value, quote })
    // Somebody without a credit card is known to the bank all the same.
    if (offer.methods.length === 0) return refuse(work, needsCard(order) ? 'no_card' : 'not_linked')
    return {
      outcome: { name: 'ready', data: buildReady(order, offer, openInput(this.#ports.sealer, order)) },
      again: false,
      record: (tx) => this.#recordOffer(tx, work, offer),
    }
  }

  async #findQuote(order: OrderRow, id: string): Promise<Quote | undefined> {
    const { store, sealer, clock } = this.#ports
    const scope = openScope(order.tenant_id)
    const name = { scope, bankId: order.bank_id, subscriberId: order.subscriber_id, id }
    const quote = await store.read('desk.quote', (reader) => findQuote(reader, name, sealer))
    return quote && quote.expiresAt > clock.now() ? quote : undefined
  }

  /** Where no account is charged there is nothing to choose from. */
  async #methods({ order, bank }: Work, link: string): Promise<BankOutcome<Offer['methods'] | readonly PayMethod[]>> {
    const payer = routeOf(order).confirm?.payer
    if (payer === false) return { kind: 'done', value: [noMethod] }
    const answer = await bank.methods(link)
    if ((payer !== 'credit' && payer !== 'debit') || answer.kind !== 'done') return answer
    const fits = payer === 'credit' ? isCard : isAccount
    return { kind: 'done', value: answer.value.filter(fits) }
  }

  async #profile(bank: BankConnection): Promise<BankOutcome<BankProfile>> {
    const known = this.#profiles.get(bank)
    const now = this.#ports.clock.now()
    if (known && known.until > now) return { kind: 'done', value: known.profile }
    const answer = await bank.profile()
    if (answer.kind === 'done') this.#profiles.set(bank, { profile: answer.value, until: addMs(now, profileLivesMs) })
    return answer
  }

  async #recordOffer(tx: Transaction, work: Work, offer: Offer): Promise<void> {
    const { order } = work
    await commitChange(tx, order, {
      offer: sealField(this.#ports.sealer, order, { column: 'offer', value: offer }),
      ...(offer.quote === undefined ? {} : { quote_id: offer.quote.id }),
    })
    await this.links.record(tx, userOf(work), offer.link)
  }
}

/**
 * What the bank refuses to its own dialogue, it refuses to the order that the dialogue is for: when nothing better
 * comes of it, whoever called hears `declined` and not `cancelled`.
 */
function keepReason(effect: DeskEffect, answer: DeskAnswer): DeskAnswer {
  const { outcome } = answer
  if (effect.orderId === '' || outcome.name !== 'declined') return answer
  const { reason } = outcome.data as { readonly reason: string }
  const order = { tenant_id: effect.scope.tenantId, id: effect.orderId }
  const record = async (tx: Transaction): Promise<void> => {
    await answer.record(tx)
    await commitChange(tx, order, { reason })
  }
  return { ...answer, record }
}

function isCard({ kind }: PayMethod): boolean {
  return kind === 'credit'
}

/** A bank may call its accounts what it likes; a wallet pays no debts. */
function isAccount({ kind }: PayMethod): boolean {
  return kind !== 'credit' && kind !== 'wallet'
}

function needsCard(order: OrderRow): boolean {
  return routeOf(order).confirm?.payer === 'credit'
}

interface OfferParts {
  readonly link: string
  readonly profile: BankProfile
  readonly methods: Offer['methods'] | readonly PayMethod[]
  readonly quote: Quote | undefined
}

/** The preferred account first; names in the user's language. Who is paid is whom the quote names, else the tenant. */
function buildOffer(order: OrderRow, { link, profile, methods, quote }: OfferParts): Offer {
  const preference = (method: OfferParts['methods'][number]): number =>
    'preferred' in method && method.preferred ? 0 : 1
  const payee = readPayee(quote?.resource['payee']) ?? profile.payee
  // A wallet is not loaded from itself.
  const payers = methods.filter(({ id }) => id !== payee.id)
  const sorted = [...payers].sort((left, right) => preference(left) - preference(right))
  const pick = (label: string | Readonly<Record<string, string>>): string =>
    typeof label === 'string'
      ? label
      : (label[order.locale] ?? label[order.locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? Object.values(label)[0] ?? '')
  return {
    link,
    payee,
    methods: sorted.map(({ id, label, mask }) => ({ id, label: pick(label), mask })),
    ...(quote
      ? {
          quote: {
            ...{ id: quote.id, until: quote.expiresAt, ...buildQuoteFacts(quote.resource, order.locale) },
            ...readCounted(quote.resource, routeOf(order).book),
          },
        }
      : {}),
  }
}

const payeeSchema = z.object({ id: z.string(), name: z.string(), account: z.string() })

function readPayee(wire: unknown): Offer['payee'] | undefined {
  const read = payeeSchema.safeParse(wire)
  return read.success ? read.data : undefined
}

function readQuoteId({ request }: DeskEffect): string | undefined {
  const input = z.object({ quote: z.string().optional() }).safeParse(request?.input)
  return input.success ? input.data.quote : undefined
}

function readRouted({ request }: DeskEffect): Routed | undefined {
  if (!request?.route) return undefined
  const { bankId, input, route, capability = '', class: effect = 'read', locale = 'zh-CN', subscriberId = '' } = request
  return { bankId, input, route, capability, effectClass: effect, locale, subscriberId }
}

export function buildReady(order: OrderRow, { methods, payee }: Offer, input: BankResource): unknown {
  const amount = { amountMinor: order.amount_minor, currency: order.currency }
  const plain = Object.entries(input).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const asked = Object.fromEntries(plain.map(([name, value]) => [name, String(value)]))
  return {
    methods,
    order: { number: order.number, amount, payee: `${payee.name} ${payee.account}` },
    ...(plain.length === 0 ? {} : { asked }),
  }
}
