import { z } from '@inthread/sdk'
import type { BankOutcome, Challenge } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { deriveId, type Transaction } from '@inthread/store'
import { insertNew } from '@inthread/store/sql'
import { methodOf, strengthOf } from '../grants/grant-terms.ts'
import { findHold, recordStrength } from '../grants/use.store.ts'
import { commitChange, commitConfirmation, findConfirmation } from '../orders/order.store.ts'
import { openOffer, openSheet } from '../orders/sheet.ts'
import type { FinancePorts } from '../ports.ts'
import { commitProduct } from '../products/product.store.ts'
import type { ConfirmationRow, OrderRow } from '../schema/tables.ts'
import { confirmationIdOf } from './desk.ts'
import type { DeskAnswer } from './effect.ts'
import { expired, nothing, refuse, unanswered, type Work } from './work.ts'

/** The bank's code for a method that is not enough for this amount. */
function isTooWeak(answer: BankOutcome<Challenge>): boolean {
  return answer.kind === 'refused' && answer.code === 'limit_auth_strength'
}

const againSchema = z.object({ again: z.number().int().min(1) })

/** The first one is named after the order; one more is another question to the bank, and voids the one before. */
function challengeIdOf({ effect, order }: Work): string {
  const first = confirmationIdOf(effect.scope, order.id)
  const more = againSchema.safeParse(effect.request?.input)
  return more.success ? deriveId(first, 'again', `${more.data.again}`) : first
}

/** The bank makes sure that it is the user, and that they agree to exactly this payload. */
export class Challenger {
  readonly #ports: FinancePorts

  constructor(ports: FinancePorts) {
    this.#ports = ports
  }

  async challenge(work: Work): Promise<DeskAnswer> {
    const { order, bank } = work
    const offer = openOffer(this.#ports.sealer, order)
    const sheet = openSheet(this.#ports.sealer, order)
    if (!offer || !sheet || order.payload_digest === null || order.rendered_digest === null)
      throw new Fault('order.not_prepared', { data: { order: order.id } })
    const id = challengeIdOf(work)
    const hold = await this.#ports.store.read('desk.strength', (reader) => findHold(reader, order))
    const request = {
      clientRef: id,
      link: offer.link,
      payload: sheet.payload,
      payloadDigest: order.payload_digest,
      renderedDigest: order.rendered_digest,
    }
    const asked = methodOf(hold?.strength_asked)
    const first = await bank.challenge({ ...request, key: id, method: asked })
    // Of what the grants ask for and what the bank itself asks for, the stronger counts.
    const answer = isTooWeak(first)
      ? await bank.challenge({ ...request, key: deriveId(id, 'signature'), method: methodOf('signature') })
      : first
    if (answer.kind === 'unknown') return unanswered(work)
    if (answer.kind === 'refused') return answer.code === 'expired' ? expired : refuse(work, answer.reason)
    const { value } = answer
    const record = (tx: Transaction): Promise<void> => this.#recordChallenge(tx, work, { id, challenge: value })
    if (value.state === 'verified') return { outcome: { name: 'verified', data: {} }, again: false, record }
    if (value.state !== 'pending') return { ...expired, record }
    if (value.page) return { outcome: { name: 'page', data: value.page }, again: false, record }
    const data = { destination: value.destination, triesLeft: value.triesLeft, expiresAt: value.expiresAt }
    return { outcome: { name: 'sent', data }, again: false, record }
  }

  async #recordChallenge(
    tx: Transaction,
    work: Work,
    { id, challenge }: { readonly id: string; readonly challenge: Challenge },
  ): Promise<void> {
    const { order } = work
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
    if (challenge.page) await this.#followPage(tx, work, { id, challenge })
  }

  /** What happens on the bank's page reaches us as a notice, and the dialogue hears of it. */
  async #followPage(
    tx: Transaction,
    { effect, order }: Work,
    { id, challenge }: { readonly id: string; readonly challenge: Challenge },
  ): Promise<void> {
    await commitProduct(tx, {
      tenant_id: order.tenant_id,
      bank_id: order.bank_id,
      client_ref: id,
      bank_ref: challenge.ref,
      capability: order.capability,
      operation: effect.operation,
      subscriber_id: order.subscriber_id,
      conversation_id: order.conversation_id,
      run_id: effect.runId,
      state: challenge.state,
      version: 0,
      created_at: this.#ports.clock.now(),
    })
  }

  /** Looks at a challenge that is answered on the bank's page. */
  async check(work: Work): Promise<DeskAnswer> {
    const { effect, bank } = work
    const confirmation = await this.#ports.store.read('desk.confirmation', (reader) => findConfirmation(reader, effect))
    if (!confirmation) return expired
    if (confirmation.state === 'verified')
      return { outcome: { name: 'verified', data: {} }, again: false, record: nothing }
    if (confirmation.state !== 'pending') return expired
    const answer = await bank.findChallenge(confirmation.bank_ref)
    if (answer.kind === 'unknown' || answer.kind === 'refused') return unanswered(work)
    const { value } = answer
    if (value.state === 'locked') return this.#endAnswer(work, confirmation, 'locked')
    if (value.state === 'pending') return { outcome: { name: 'pending', data: {} }, again: false, record: nothing }
    if (value.state !== 'verified') return this.#endAnswer(work, confirmation, 'expired')
    return {
      outcome: { name: 'verified', data: {} },
      again: false,
      record: (tx) => this.#recordVerified(tx, work, { confirmation, challenge: value }),
    }
  }

  /** Passes the user's words to the bank, which alone can tell whether they are right. */
  async answer(work: Work): Promise<DeskAnswer> {
    const { effect, bank } = work
    const confirmation = await this.#ports.store.read('desk.confirmation', (reader) => findConfirmation(reader, effect))
    if (!confirmation || confirmation.state !== 'pending' || effect.code === undefined) return expired
    const answer = await bank.answer({ key: effect.effectId, challenge: confirmation.bank_ref, code: effect.code })
    if (answer.kind === 'unknown') return unanswered(work)
    if (answer.kind === 'refused')
      return this.#endAnswer(work, confirmation, answer.code === 'expired' ? 'expired' : 'locked')
    const { value } = answer
    if (value.state === 'locked' || value.state === 'expired') return this.#endAnswer(work, confirmation, value.state)
    const verified = value.state === 'verified'
    const record = (tx: Transaction): Promise<void> =>
      this.#recordVerified(tx, work, { confirmation, challenge: value })
    return {
      outcome: verified ? { name: 'verified', data: {} } : { name: 'wrong', data: { triesLeft: value.triesLeft } },
      again: false,
      record,
    }
  }

  async #recordVerified(
    tx: Transaction,
    { order }: Work,
    { confirmation, challenge }: { readonly confirmation: ConfirmationRow; readonly challenge: Challenge },
  ): Promise<void> {
    const verified = challenge.state === 'verified'
    await commitConfirmation(tx, confirmation, {
      state: verified ? 'verified' : 'pending',
      tries_left: challenge.triesLeft,
      authorisation: this.#sealAuthorisation(order, confirmation.id, challenge),
      updated_at: this.#ports.clock.now(),
    })
    if (verified) await recordStrength(tx, order, strengthOf(challenge.method))
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
