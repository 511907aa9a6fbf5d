import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { findPhoneHolderByIndex } from '../customers/customers.store.ts'
import { listMethodsOfLink } from '../customers/link-cards.store.ts'
import { commitPage } from '../pages/pages.store.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import { renderDecimal } from '../ledger/fee.ts'
import { commitQuoteExpiry, getOpenQuote, type Quote } from '../quotes/quotes.store.ts'
import { commitOnce } from '../transport/commit-once.ts'
import type { IdempotencyKey } from '../transport/idempotency.store.ts'
import { isNameAsked, nameAskedFromMinor } from '../transfers/hidden-character.ts'
import { Problem } from '../transport/problem.ts'
import { assertPayloadAllowed } from './allowed-payload.ts'
import { assertCodeAllowed, assertNumberNotBlocked } from './code-limits.ts'
import {
  commitNewConfirmation,
  commitSuperseded,
  countConfirmations,
  getConfirmation,
  type Confirmation,
} from './confirmations.store.ts'
import { getOperation } from './operations.ts'
import { buildCanonicalPayload, sealPayload, type Payload } from './payload.ts'
import { sendCode } from './send-code.ts'

export interface ConfirmationRequest {
  readonly clientRef: string
  readonly link: string
  readonly payload: Payload
  readonly payloadSha256: string
  readonly renderedSha256: string
  readonly method?: string
}

interface Asking {
  readonly client: Client
  readonly key: IdempotencyKey
}

/** Stores the question and sends the code to the phone. Throws a Problem when this payment may not be asked for. */
export function commitConfirmation(bank: Bank, asking: Asking, request: ConfirmationRequest): Confirmation {
  commitQuoteExpiry(bank, bank.clock.now())
  const confirmation = commitOnce(bank, { key: asking.key, status: 201 }, () => {
    const link = getLinked(bank, asking.client.id, request.link)
    assertStillHeld(bank, link)
    const canonical = assertRequest(bank, request, { client: asking.client, link })
    const id = insertConfirmation(bank, request, { clientId: asking.client.id, link, canonical })
    return getConfirmation(bank.db, asking.client.id, id)
  })
  if (confirmation.method !== 'sim-shield') void sendCode(bank, confirmation)
  return confirmation
}

interface Parties {
  readonly client: Client
  readonly link: CustomerLink
}

function assertRequest(bank: Bank, request: ConfirmationRequest, parties: Parties): string {
  const canonical = buildCanonicalPayload(request.payload, request.payloadSha256)
  const accounts = listMethodsOfLink(bank.db, parties.link)
  const quote = findNamedQuote(bank, request.payload, parties.link)
  assertPayloadAllowed(request.payload, {
    client: parties.client,
    methods: accounts.filter((account) => account.state === 'open').map((account) => account.id),
    perPaymentMinor: bank.terms.perPaymentMinor,
    nowMs: bank.clock.now(),
    ...(quote ? { quote } : {}),
  })
  assertStrength(request, quote)
  assertNumberNotBlocked(bank, parties.link.phoneIndex)
  assertCodeAllowed(bank, parties.link.phoneIndex)
  return canonical
}

/** A code would go to whoever has the number now. */
function assertStillHeld(bank: Bank, { phoneIndex }: CustomerLink): void {
  if (findPhoneHolderByIndex(bank, phoneIndex)?.state !== 'reassigned') return
  const detail = 'The carrier gave this number to someone else: ask the customer for the number of today.'
  throw new Problem('number_reassigned', detail)
}

function assertStrength({ payload, method }: ConfirmationRequest, quote: Quote | undefined): void {
  if (method === 'sim-shield') return
  const amountMinor = BigInt(payload.amount)
  if (isNameAsked(quote, amountMinor)) {
    const from = renderDecimal(nameAskedFromMinor)
    throw new Problem('limit_auth_strength', `From ${from} on, a first payee is confirmed with method sim-shield only.`)
  }
  const { weakMostMinor } = getOperation(payload.op)
  if (weakMostMinor === undefined || amountMinor <= weakMostMinor) return
  const most = renderDecimal(weakMostMinor)
  throw new Problem('limit_auth_strength', `Above ${most} this is confirmed with method sim-shield only.`)
}

/** Throws the Problem for a quote that is not there, not open, missing or not wanted. */
function findNamedQuote(bank: Bank, { op, quote: id }: Payload, link: CustomerLink): Quote | undefined {
  const rule = getOperation(op).quote
  const fits = id === undefined ? rule !== 'needed' : rule !== 'none'
  if (fits) return id === undefined ? undefined : getOpenQuote(bank, { clientId: link.clientId, linkId: link.id, id })
  const detail = id === undefined ? `A ${op} needs a quote.` : `A ${op} has no quote: leave it out.`
  const errors = [{ in: 'body', pointer: '/payload/quote', code: 'quote', detail } as const]
  throw new Problem('malformed', { detail, errors })
}

interface Facts {
  readonly clientId: string
  readonly link: CustomerLink
  readonly canonical: string
}

function insertConfirmation(bank: Bank, request: ConfirmationRequest, { clientId, link, canonical }: Facts): string {
  const { clientRef, payload, payloadSha256, renderedSha256, method = 'code' } = request
  const now = bank.clock.now()
  const id = bank.vault.idOf('cnf', clientId, clientRef, countConfirmations(bank.db, clientId, clientRef))
  commitSuperseded(bank.db, { clientId, clientRef, intent: payload.intent }, now)
  commitNewConfirmation(bank.db, {
    id,
    clientId,
    clientRef,
    linkId: link.id,
    phoneIndex: link.phoneIndex,
    ...(payload.payer === 'none' ? {} : { accountId: payload.payer }),
    op: payload.op,
    ...(payload.quote === undefined ? {} : { quoteId: payload.quote }),
    method,
    intent: payload.intent,
    payload: sealPayload(bank, id, canonical),
    payloadSha256,
    renderedSha256,
    triesLeft: bank.terms.tries,
    createdAt: now,
    expiresAt: Math.min(now + findLifeMs(bank, request), Date.parse(payload.expires)),
  })
  if (method === 'code+pin') commitPage(bank, { kind: 'pin', clientId, subjectId: id })
  if (method === 'sim-shield') commitPage(bank, { kind: 'sim-shield', clientId, subjectId: id })
  return id
}

/** Who has to open a page first has the time of an authorisation. */
function findLifeMs({ terms }: Bank, { method = 'code' }: ConfirmationRequest): number {
  return method === 'code' ? terms.codeLifeMs : terms.authorisationLifeMs
}
