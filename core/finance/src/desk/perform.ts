import { z } from '@inthread/sdk'
import type { BankConnection, BankOutcome, BankProfile, Challenge, DeclineReason, PayMethod } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { deriveId, listNumbers, openScope, type TenantScope, type Transaction } from '@inthread/store'
import { insertNew, mergeAll } from '@inthread/store/sql'
import { commitChange, commitConfirmation, findConfirmation, getOrder } from '../orders/order.store.ts'
import { routeOf } from '../orders/route.ts'
import { noMethod, openOffer, openSheet, sealField, type Offer } from '../orders/sheet.ts'
import { recordStrength } from '../grants/use.store.ts'
import type { FinancePorts } from '../ports.ts'
import { buildQuoteFacts } from '../quotes/quote-facts.ts'
import { findQuote, type Quote } from '../quotes/quote.store.ts'
import type { ConfirmationRow, OrderRow } from '../schema/tables.ts'
import { needsLink, runAsk, type Routed } from './ask-bank.ts'
import { confirmationIdOf } from './desk.ts'
import type { DeskAnswer, DeskEffect } from './effect.ts'
import { dropLink, findLink } from './link.store.ts'

const nothing = (): Promise<void> => Promise.resolve()
const expired: DeskAnswer = { outcome: { name: 'expired', data: {} }, again: false, record: nothing }
const profileLivesMs = 300_000

interface Work {
  readonly effect: DeskEffect
  readonly order: OrderRow
  readonly bank: BankConnection
}

/**
 * Carries out at the bank what a dialogue asked for. Runs outside of every transaction; what it learned is recorded
 * later.
 */
export class Performer {
  readonly #ports: FinancePorts
  readonly #profiles = new Map<BankConnection, { readonly profile: BankProfile; readonly until: number }>()

  constructor(ports: FinancePorts) {
    this.#ports = ports
  }

  async perform(effect: DeskEffect): Promise<DeskAnswer> {
    const routed = readRouted(effect)
    if (routed) return this.#askBank(effect, routed)
    const order = await this.#ports.store.read('desk.order', (reader) => getOrder(reader, effect))
    const setup = await this.#ports.banks.find(effect.scope.tenantId, order.bank_id)
    if (!setup) throw new Fault('bank.not_connected', { data: { bank: order.bank_id } })
    if (order.expires_at <= this.#ports.clock.now()) return expired
    const work: Work = { effect, order, bank: setup.connection }
    switch (effect.operation) {
      case 'prepare':
        return order.state === 'created' ? this.#prepare(work) : expired
      case 'challenge':
        return order.consented_at !== null ? this.#challenge(work) : expired
      case 'answer':
        return this.#answer(work)
      default:
        throw new Fault('order.operation_unknown', { data: { operation: effect.operation } })
    }
  }

  /** An operation that its capability has a route for: with an order or without one, for the user alone. */
  async #askBank(effect: DeskEffect, routed: Routed): Promise<DeskAnswer> {
    const { bankId, subscriberId, route } = routed
    const setup = await this.#ports.banks.find(effect.scope.tenantId, bankId)
    if (!setup) throw new Fault('bank.not_connected', { data: { bank: bankId } })
    const user = { scope: effect.scope, bankId, subscriberId, key: deriveId(effect.effectId, 'link') }
    const link = needsLink(route) ? await this.#findLink(user, setup.connection) : undefined
    if (link?.kind === 'unknown') return { outcome: { name: 'unknown', data: {} }, again: true, record: nothing }
    if (link && (link.kind !== 'done' || link.value === undefined)) {
      const reason = link.kind === 'refused' ? link.reason : 'not_linked'
      return { outcome: { name: 'declined', data: { reason } }, again: false, record: nothing }
    }
    const answer = await runAsk({ effect, ...routed, link: link?.value }, setup.connection, this.#ports)
    const { value } = link ?? {}
    return value === undefined
      ? answer
      : { ...answer, record: (tx) => this.#recordBoth(tx, { user, link: value, answer }) }
  }

  async #recordBoth(
    tx: Transaction,
    { user, link, answer }: { readonly user: LinkedUser; readonly link: string; readonly answer: DeskAnswer },
  ): Promise<void> {
    await this.#recordLink(tx, user, link)
    await answer.record(tx)
  }

  /** Who pays, from which accounts, and to whom as the bank knows the merchant. */
  async #prepare(work: Work): Promise<DeskAnswer> {
    const { order } = work
    const quoteId = readQuoteId(work.effect) ?? order.quote_id ?? undefined
    const quote = quoteId === undefined ? undefined : await this.#findQuote(order, quoteId)
    if (quoteId !== undefined && !quote) return expired
    if (quote?.amount && quote.amount.amountMinor !== order.amount_minor) return this.#refuse(work, 'declined')
    const profile = await this.#profile(work.bank)
    const link = await this.#findLink(userOf(work), work.bank)
    if (profile.kind === 'unknown' || link.kind === 'unknown' || profile.kind === 'pending') return this.#unknown(work)
    if (profile.kind === 'refused') return this.#refuse(work, profile.reason)
    if (link.kind === 'refused') return this.#refuse(work, link.reason)
    if (link.kind === 'pending' || link.value === undefined) return this.#refuse(work, 'not_linked')
    const methods = await this.#methods(work, link.value)
    if (methods.kind === 'unknown') return this.#unknown(work)
    if (methods.kind === 'refused') return this.#refuse(work, 'not_linked', link.value)
    const offer = buildOffer(order, { link: link.value, profile: profile.value, methods: methods.value, quote })
    if (offer.methods.length === 0) return this.#refuse(work, 'not_linked')
    return {
      outcome: { name: 'ready', data: buildReady(order, offer) },
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
    if (routeOf(order).confirm?.payer === false) return { kind: 'done', value: [noMethod] }
    return bank.methods(link)
  }

  async #profile(bank: BankConnection): Promise<BankOutcome<BankProfile>> {
    const known = this.#profiles.get(bank)
    const now = this.#ports.clock.now()
    if (known && known.until > now) return { kind: 'done', value: known.profile }
    const answer = await bank.profile()
    if (answer.kind === 'done') this.#profiles.set(bank, { profile: answer.value, until: addMs(now, profileLivesMs) })
    return answer
  }

  /** The user's link with the bank: remembered, or asked for with the number that the user writes from. */
  async #findLink(
    { scope, bankId, subscriberId, key }: LinkedUser,
    bank: BankConnection,
  ): Promise<BankOutcome<string | undefined>> {
    const { store, sealer } = this.#ports
    const known = await store.read('desk.link', (reader) => findLink(reader, scope, { bankId, subscriberId, sealer }))
    if (known !== undefined) return { kind: 'done', value: known }
    const subject = { scope, subscriberId }
    const numbers = await store.read('desk.number', (reader) => listNumbers(reader, [subject], sealer))
    const phone = numbers.get(subscriberId)
    if (phone === undefined) return { kind: 'done', value: undefined }
    const answer = await bank.link({ key, phone, userRef: subscriberId })
    if (answer.kind === 'refused' || answer.kind === 'unknown') return answer
    return { kind: answer.kind, value: answer.value.state === 'active' ? answer.value.id : undefined }
  }

  async #recordOffer(tx: Transaction, work: Work, offer: Offer): Promise<void> {
    const { order } = work
    await commitChange(tx, order, {
      offer: sealField(this.#ports.sealer, order, { column: 'offer', value: offer }),
      ...(offer.quote === undefined ? {} : { quote_id: offer.quote.id }),
    })
    await this.#recordLink(tx, userOf(work), offer.link)
  }

  async #recordLink(tx: Transaction, { scope, bankId, subscriberId }: LinkedUser, link: string): Promise<void> {
    const { sealer, clock } = this.#ports
    const place = { tenant: scope.tenantId, table: 'bank_link', column: 'link', row: `${bankId}/${subscriberId}` }
    const row = {
      tenant_id: scope.tenantId,
      bank_id: bankId,
      subscriber_id: subscriberId,
      link: sealer.seal(place, link),
      updated_at: clock.now(),
    }
    await mergeAll(tx, 'bank_link', {
      rows: [row],
      key: ['tenant_id', 'bank_id', 'subscriber_id'],
      update: ['link', 'updated_at'],
    })
  }

  /**
   * No answer yet. If none comes, the dialogue ends for now; no money can have moved, because nothing was handed over.
   */
  #unknown({ order }: Work): DeskAnswer {
    return {
      outcome: { name: 'unknown', data: {} },
      again: true,
      record: (tx) => commitChange(tx, order, { reason: 'try_later' }),
    }
  }

  /**
   * The dialogue ends with this reason; a link that the bank no longer knows is forgotten, so that the next try asks
   * anew.
   */
  #refuse({ order }: Work, reason: DeclineReason, staleLink?: string): DeskAnswer {
    return {
      outcome: { name: 'declined', data: { reason } },
      again: false,
      record: async (tx) => {
        await commitChange(tx, order, { reason })
        if (staleLink !== undefined) await dropLink(tx, order)
      },
    }
  }

  async #challenge(work: Work): Promise<DeskAnswer> {
    const { order, effect, bank } = work
    const offer = openOffer(this.#ports.sealer, order)
    const sheet = openSheet(this.#ports.sealer, order)
    if (!offer || !sheet || order.payload_digest === null || order.rendered_digest === null)
      throw new Fault('order.not_prepared', { data: { order: order.id } })
    const id = confirmationIdOf(effect.scope, order.id)
    const answer = await bank.challenge({
      key: id,
      clientRef: id,
      link: offer.link,
      payload: sheet.payload,
      payloadDigest: order.payload_digest,
      renderedDigest: order.rendered_digest,
    })
    if (answer.kind === 'unknown') return this.#unknown(work)
    if (answer.kind === 'refused') return answer.code === 'expired' ? expired : this.#refuse(work, answer.reason)
    const { value } = answer
    const record = (tx: Transaction): Promise<void> => this.#recordChallenge(tx, work, { id, challenge: value })
    if (value.state === 'verified') return { outcome: { name: 'verified', data: {} }, again: false, record }
    if (value.state !== 'pending') return { ...expired, record }
    const data = { destination: value.destination, triesLeft: value.triesLeft, expiresAt: value.expiresAt }
    return { outcome: { name: 'sent', data }, again: false, record }
  }

  async #recordChallenge(
    tx: Transaction,
    { order }: Work,
    { id, challenge }: { readonly id: string; readonly challenge: Challenge },
  ): Promise<void> {
    const now = this.#ports.clock.now()
    const row: ConfirmationRow = {
      tenant_id: order.tenant_id,
      id,
      order_id: order.id,
      state: challenge.state,
      bank_ref: challenge.ref,
      tries_left: challenge.triesLeft,
      expires_at: challenge.expiresAt,
      authorisation: this.#sealAuthorisation(order, id, challenge),
      payload_digest: order.payload_digest ?? '',
      created_at: now,
      updated_at: now,
    }
    await insertNew(tx, 'confirmation', { rows: [row], key: 'id' })
    // Verified at once, without a word of the user: all that is known is the number that they write from.
    if (challenge.state === 'verified') await recordStrength(tx, order, 'number')
  }

  /** Passes the user's words to the bank, which alone can tell whether they are right. */
  async #answer(work: Work): Promise<DeskAnswer> {
    const { effect, order, bank } = work
    const confirmation = await this.#ports.store.read('desk.confirmation', (reader) => findConfirmation(reader, effect))
    if (!confirmation || confirmation.state !== 'pending' || effect.code === undefined) return expired
    const answer = await bank.answer({ key: effect.effectId, challenge: confirmation.bank_ref, code: effect.code })
    if (answer.kind === 'unknown') return this.#unknown(work)
    if (answer.kind === 'refused')
      return this.#endAnswer(work, confirmation, answer.code === 'expired' ? 'expired' : 'locked')
    const { value } = answer
    if (value.state === 'locked' || value.state === 'expired') return this.#endAnswer(work, confirmation, value.state)
    const verified = value.state === 'verified'
    const record = async (tx: Transaction): Promise<void> => {
      await commitConfirmation(tx, confirmation, {
        state: verified ? 'verified' : 'pending',
        tries_left: value.triesLeft,
        authorisation: this.#sealAuthorisation(order, confirmation.id, value),
        updated_at: this.#ports.clock.now(),
      })
      if (verified) await recordStrength(tx, order, 'code')
    }
    return {
      outcome: verified ? { name: 'verified', data: {} } : { name: 'wrong', data: { triesLeft: value.triesLeft } },
      again: false,
      record,
    }
  }

  #endAnswer({ order }: Work, confirmation: ConfirmationRow, state: 'locked' | 'expired'): DeskAnswer {
    return {
      outcome: { name: state, data: {} },
      again: false,
      record: async (tx) => {
        await commitConfirmation(tx, confirmation, { state, tries_left: 0, updated_at: this.#ports.clock.now() })
        if (state === 'locked') await commitChange(tx, order, { reason: 'declined' })
      },
    }
  }

  #sealAuthorisation(order: OrderRow, id: string, challenge: Challenge): string | null {
    if (challenge.authorisation === undefined) return null
    return this.#ports.sealer.seal(
      { tenant: order.tenant_id, table: 'confirmation', column: 'authorisation', row: id },
      challenge.authorisation,
    )
  }
}

function userOf({ order, effect }: Work): LinkedUser {
  const { bank_id: bankId, subscriber_id: subscriberId } = order
  return { scope: effect.scope, bankId, subscriberId, key: deriveId(order.id, 'link') }
}

interface LinkedUser {
  readonly scope: TenantScope
  readonly bankId: string
  readonly subscriberId: string
  /** Towards the bank, should it have to be asked. */
  readonly key: string
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
  const sorted = [...methods].sort((left, right) => preference(left) - preference(right))
  const pick = (label: string | Readonly<Record<string, string>>): string =>
    typeof label === 'string'
      ? label
      : (label[order.locale] ?? label[order.locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? Object.values(label)[0] ?? '')
  return {
    link,
    payee: readPayee(quote?.resource['payee']) ?? profile.payee,
    methods: sorted.map(({ id, label, mask }) => ({ id, label: pick(label), mask })),
    ...(quote ? { quote: { id: quote.id, ...buildQuoteFacts(quote.resource, order.locale) } } : {}),
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

function buildReady(order: OrderRow, { methods, payee }: Offer): unknown {
  const amount = { amountMinor: order.amount_minor, currency: order.currency }
  return { methods, order: { number: order.number, amount, payee: `${payee.name} ${payee.account}` } }
}
