import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { findLink, type Link } from '../customers/links.store.ts'
import { listAccountsOfCustomer } from '../ledger/accounts.store.ts'
import { commitIdempotencyRecord, type IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { assertCodeAllowed, assertNumberNotBlocked } from './code-limits.ts'
import {
  commitNewConfirmation,
  commitSuperseded,
  countConfirmations,
  getConfirmation,
  type Confirmation,
} from './confirmations.store.ts'
import { assertPayloadAllowed, buildCanonicalPayload, type PaymentPayload } from './payload.ts'
import { sendCode } from './send-code.ts'

export interface ConfirmationRequest {
  readonly clientRef: string
  readonly link: string
  readonly payload: PaymentPayload
  readonly payloadSha256: string
  readonly renderedSha256: string
}

interface Asking {
  readonly client: Client
  readonly key: IdempotencyKey
}

/** Stores the question and sends the code to the phone. Throws a Problem when this payment may not be asked for. */
export function commitConfirmation(bank: Bank, asking: Asking, request: ConfirmationRequest): Confirmation {
  const confirmation = bank.db.transaction(() => {
    const link = getPayingLink(bank, asking.client.id, request.link)
    const canonical = assertRequest(bank, request, { client: asking.client, link })
    const id = insertConfirmation(bank, request, { clientId: asking.client.id, link, canonical })
    commitIdempotencyRecord(bank.db, asking.key, { status: 201, resourceId: id, at: bank.clock.now() })
    return getConfirmation(bank.db, asking.client.id, id)
  })
  void sendCode(bank, confirmation)
  return confirmation
}

function getPayingLink(bank: Bank, clientId: string, linkId: string): Link {
  const link = findLink(bank, clientId, linkId)
  if (!link) throw new Problem('not_found', 'There is no link with this id: make one with POST /v1/links.')
  if (link.state !== 'active')
    throw new Problem('state_conflict', 'The number of this link belongs to no customer of the bank.')
  return link
}

function assertRequest(bank: Bank, request: ConfirmationRequest, parties: { client: Client; link: Link }): string {
  const canonical = buildCanonicalPayload(request.payload, request.payloadSha256)
  const accounts = listAccountsOfCustomer(bank.db, parties.link.customerId ?? '')
  assertPayloadAllowed(request.payload, {
    client: parties.client,
    methods: accounts.filter((account) => account.state === 'open').map((account) => account.id),
    perPaymentMinor: bank.terms.perPaymentMinor,
    nowMs: bank.clock.now(),
  })
  assertNumberNotBlocked(bank, parties.link.phoneIndex)
  assertCodeAllowed(bank, parties.link.phoneIndex)
  return canonical
}

interface Facts {
  readonly clientId: string
  readonly link: Link
  readonly canonical: string
}

function insertConfirmation(bank: Bank, request: ConfirmationRequest, { clientId, link, canonical }: Facts): string {
  const { clientRef, payload, payloadSha256, renderedSha256 } = request
  const now = bank.clock.now()
  const id = bank.vault.idOf('cnf', clientId, clientRef, countConfirmations(bank.db, clientId, clientRef))
  commitSuperseded(bank.db, { clientId, clientRef, intent: payload.intent }, now)
  commitNewConfirmation(bank.db, {
    id,
    clientId,
    clientRef,
    linkId: link.id,
    phoneIndex: link.phoneIndex,
    accountId: payload.payer,
    intent: payload.intent,
    payload: canonical,
    payloadSha256,
    renderedSha256,
    triesLeft: bank.terms.tries,
    createdAt: now,
    expiresAt: Math.min(now + bank.terms.codeLifeMs, Date.parse(payload.expires)),
  })
  return id
}
