import { z } from '@inthread/sdk'
import type { BankOutcome, BankProfile, ConsentWording } from '@inthread/sdk/bank'
import { deriveId, type Transaction } from '@inthread/store'
import { answerConsent, askConsent, commitConsentChange, lockConsent } from '../consents/consent.store.ts'
import { digestOfText } from '../consents/consent-text.ts'
import { endConsents } from '../consents/end-consents.ts'
import { tellGrant } from '../consents/forward-consents.ts'
import { lockOrder } from '../orders/order.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { ConsentRow } from '../schema/book-tables.ts'
import type { DeskAnswer } from './effect.ts'
import { findLink } from './link.store.ts'
import { nothing, refuse, unanswered, type Work } from './work.ts'

const asking = z.object({ purpose: z.string() })
const answering = z.object({ consent: z.string(), granted: z.boolean(), sha256: z.string() })

/** Purposes without which everything goes on: nobody is kept from a loan because they want no advertising. */
const marketing = 'marketing'

/** Consents that a bank's dialogue asks for, in the bank's words, with the digest of exactly what was shown. */
export class ConsentSteps {
  readonly #ports: FinancePorts

  constructor(ports: FinancePorts) {
    this.#ports = ports
  }

  /** The question, kept before it is shown. */
  async ask(work: Work, profile: BankOutcome<BankProfile>): Promise<DeskAnswer> {
    if (profile.kind === 'unknown' || profile.kind === 'pending') return unanswered(work)
    if (profile.kind === 'refused') return refuse(work, profile.reason)
    const { purpose } = asking.parse(work.effect.request?.input)
    const wording = profile.value.consents?.find((consent) => consent.purpose === purpose)
    if (!wording) return { outcome: { name: 'not_needed', data: {} }, again: false, record: nothing }
    const { order, effect } = work
    const consentId = deriveId(effect.effectId, 'consent')
    const [text, receiver] = [pick(wording.text, order.locale), pick(wording.receiver, order.locale)]
    const data = { consent: consentId, text, receiver, sha256: digestOfText(text) }
    return {
      outcome: { name: 'asked', data },
      again: false,
      record: (tx) => this.#recordAsked(tx, work, { consentId, wording, text, receiver }),
    }
  }

  #recordAsked(
    tx: Transaction,
    { order, effect }: Work,
    shown: {
      readonly consentId: string
      readonly wording: ConsentWording
      readonly text: string
      readonly receiver: string
    },
  ): Promise<void> {
    const { consentId, wording, text, receiver } = shown
    const question = {
      ...{ scope: effect.scope, consentId, subscriberId: order.subscriber_id, bankId: order.bank_id },
      ...{ purpose: wording.purpose, dataClasses: wording.dataClasses, receiver },
      marketing: wording.purpose === marketing,
      shown: { version: wording.version, text },
      expiresAt: undefined,
      evidence: { conversationId: effect.conversationId, runId: effect.runId },
      now: this.#ports.clock.now(),
    }
    return askConsent(tx, question, this.#ports)
  }

  /** The user's will is written down first, and then the bank is told of it, always under the same key. */
  async answer(work: Work): Promise<DeskAnswer> {
    const { store, clock } = this.#ports
    const { effect } = work
    const { consent: consentId, granted, sha256 } = answering.parse(effect.request?.input)
    const name = { scope: effect.scope, consentId }
    const row = await store.write('consent.answer', async (tx) => {
      const order = await lockOrder(tx, effect)
      // Nobody allows anything for an order that is over.
      if (order.state === 'cancelled' || order.state === 'expired') return undefined
      const asked = await lockConsent(tx, name)
      if (asked.run_id !== effect.runId) return undefined
      await answerConsent(tx, { ...name, granted, textSha256: sha256, now: clock.now() }, this.#ports)
      return lockConsent(tx, name)
    })
    if (row?.state === 'refused') return { outcome: { name: 'refused', data: {} }, again: false, record: nothing }
    if (row?.state !== 'granted') return { outcome: { name: 'expired', data: {} }, again: false, record: nothing }
    return row.bank_ref === null ? this.#tell(work, row) : buildGranted(row.bank_ref)
  }

  async #tell(work: Work, row: ConsentRow): Promise<DeskAnswer> {
    const { store, sealer } = this.#ports
    const { effect, order, bank } = work
    const user = { bankId: order.bank_id, subscriberId: order.subscriber_id, sealer }
    const link = await store.read('consent.link', (reader) => findLink(reader, effect.scope, user))
    if (link === undefined) return refuse(work, 'not_linked')
    const answer = await tellGrant(row, link, bank)
    if (answer.kind === 'unknown') return unanswered(work)
    if (answer.kind === 'refused') return refuse(work, answer.reason)
    const { bankRef } = answer.value
    return { ...buildGranted(bankRef), record: (tx) => recordHeard(tx, work, { row, bankRef }) }
  }

  /** What was allowed for something that came to nothing is taken back. */
  async end({ order, effect }: Work): Promise<DeskAnswer> {
    const ending = { now: this.#ports.clock.now(), ports: this.#ports }
    const record = (tx: Transaction): Promise<void> => endConsents(tx, { ...order, run_id: effect.runId }, ending)
    return { outcome: { name: 'ended', data: {} }, again: false, record }
  }
}

/** Taken back while the bank was told of it: that is still to be told, and now the bank has a name for it. */
async function recordHeard(
  tx: Transaction,
  { effect }: Work,
  { row, bankRef }: { readonly row: ConsentRow; readonly bankRef: string },
): Promise<void> {
  const now = await lockConsent(tx, { scope: effect.scope, consentId: row.id })
  const heard = now.task === 'grant' ? { task: null, task_at: null } : {}
  await commitConsentChange(tx, row, { ...heard, bank_ref: bankRef })
}

function buildGranted(ref: string): DeskAnswer {
  return { outcome: { name: 'granted', data: { ref } }, again: false, record: nothing }
}

function pick(words: Readonly<Record<string, string>>, locale: string): string {
  return words[locale] ?? words[locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? Object.values(words)[0] ?? ''
}
