import type { BankConnection, BankOutcome, BankProfile, Challenge, DeclineReason, PayMethod } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { deriveId, listNumbers, type TenantScope, type Transaction } from '@inthread/store'
import { insertNew, mergeAll } from '@inthread/store/sql'
import { commitChange, commitConfirmation, findConfirmation, getOrder } from '../orders/order.store.ts'
import { openOffer, openSheet, sealField, type Offer } from '../orders/sheet.ts'
import { recordStrength } from '../grants/use.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { ConfirmationRow, OrderRow } from '../schema/tables.ts'
import { confirmationIdOf, type Outcome } from './desk.ts'
import { digestOfLink, dropLink, findLink } from './link.store.ts'

export interface DeskEffect {
  readonly scope: TenantScope
  readonly effectId: string
  readonly orderId: string
  readonly operation: string
  readonly code: string | undefined
}

export interface DeskAnswer {
  readonly outcome: Outcome
  /** Asking again with the same keys may bring an answer. */
  readonly again: boolean
  record(tx: Transaction): Promise<void>
}

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

  /** Who pays, from which accounts, and to whom as the bank knows the merchant. */
  async #prepare(work: Work): Promise<DeskAnswer> {
    const profile = await this.#profile(work.bank)
    const link = await this.#link(work)
    if (profile.kind === 'unknown' || link.kind === 'unknown' || profile.kind === 'pending') return this.#unknown(work)
    if (profile.kind === 'refused') return this.#refuse(work, profile.reason)
    if (link.kind === 'refused') return this.#refuse(work, link.reason)
    if (link.kind === 'pending' || link.value === undefined) return this.#refuse(work, 'not_linked')
    const methods = await work.bank.methods(link.value)
    if (methods.kind === 'unknown') return this.#unknown(work)
    if (methods.kind === 'refused') return this.#refuse(work, 'not_linked', link.value)
    const offer = buildOffer(work.order, { link: link.value, profile: profile.value, methods: methods.value })
    if (offer.methods.length === 0) return this.#refuse(work, 'not_linked')
    return {
      outcome: { name: 'ready', data: buildReady(work.order, offer) },
      again: false,
      record: (tx) => this.#recordOffer(tx, work.order, offer),
    }
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
  async #link({ order, effect, bank }: Work): Promise<BankOutcome<string | undefined>> {
    const { store, sealer } = this.#ports
    const known = await store.read('desk.link', (reader) =>
      findLink(reader, effect.scope, { bankId: order.bank_id, subscriberId: order.subscriber_id, sealer }),
    )
    if (known !== undefined) return { kind: 'done', value: known }
    const subject = { scope: effect.scope, subscriberId: order.subscriber_id }
    const numbers = await store.read('desk.number', (reader) => listNumbers(reader, [subject], sealer))
    const phone = numbers.get(order.subscriber_id)
    if (phone === undefined) return { kind: 'done', value: undefined }
    const answer = await bank.link({ key: deriveId(order.id, 'link'), phone, userRef: order.subscriber_id })
    if (answer.kind === 'refused' || answer.kind === 'unknown') return answer
    return { kind: answer.kind, value: answer.value.state === 'active' ? answer.value.id : undefined }
  }

  async #recordOffer(tx: Transaction, order: OrderRow, offer: Offer): Promise<void> {
    await commitChange(tx, order, { offer: sealField(this.#ports.sealer, order, { column: 'offer', value: offer }) })
    const place = {
      tenant: order.tenant_id,
      table: 'bank_link',
      column: 'link',
      row: `${order.bank_id}/${order.subscriber_id}`,
    }
    const row = {
      tenant_id: order.tenant_id,
      bank_id: order.bank_id,
      subscriber_id: order.subscriber_id,
      link: this.#ports.sealer.seal(place, offer.link),
      link_digest: digestOfLink(offer.link),
      updated_at: this.#ports.clock.now(),
    }
    await mergeAll(tx, 'bank_link', {
      rows: [row],
      key: ['tenant_id', 'bank_id', 'subscriber_id'],
      update: ['link', 'link_digest', 'updated_at'],
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

interface OfferParts {
  readonly link: string
  readonly profile: BankProfile
  readonly methods: readonly PayMethod[]
}

/** The preferred account first; names in the user's language. */
function buildOffer(order: OrderRow, { link, profile, methods }: OfferParts): Offer {
  const sorted = [...methods].sort((left, right) => Number(right.preferred) - Number(left.preferred))
  const pick = (label: Readonly<Record<string, string>>): string =>
    label[order.locale] ?? label[order.locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? Object.values(label)[0] ?? ''
  return {
    link,
    payee: profile.payee,
    methods: sorted.map(({ id, label, mask }) => ({ id, label: pick(label), mask })),
  }
}

function buildReady(order: OrderRow, { methods, payee }: Offer): unknown {
  const amount = { amountMinor: order.amount_minor, currency: order.currency }
  return { methods, order: { number: order.number, amount, payee: `${payee.name} ${payee.account}` } }
}
