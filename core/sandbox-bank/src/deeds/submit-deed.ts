import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { assertConfirmed, commitUse, type ConfirmedRequest } from '../confirmations/confirmed-request.ts'
import { commitExpiry, getConfirmation, type Confirmation } from '../confirmations/confirmations.store.ts'
import { readPayload, type Payload } from '../confirmations/payload.ts'
import { getLinked } from '../customers/get-linked.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { classOfFailure } from '../payments/failure.ts'
import { commitQuoteExpiry, commitQuoteState, getOpenQuote, type Quote } from '../quotes/quotes.store.ts'
import { commitOnce } from '../transport/commit-once.ts'
import type { IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { commitDeed } from './change-deed.ts'
import type { Beginning, CommitDesk, CommitKind, DeedKind } from './deed-kind.ts'
import { findDeedByRef, type Deed } from './deeds.store.ts'

export interface Submission {
  readonly client: Client
  readonly key: IdempotencyKey
  /** The sandbox ordered a refusal. */
  readonly declined: boolean
  readonly request: ConfirmedRequest
  /** The `:id` in the address it was sent to. */
  readonly at?: string
}

/**
 * Carries out what a customer confirmed: money, deed, event, used quote, used confirmation and idempotency key in one
 * transaction. A refusal for business reasons is a deed too; any other refusal is a Problem and leaves nothing behind.
 */
export function commitSubmission(bank: Bank, kind: CommitKind, submission: Submission): Deed {
  commitExpiry(bank.db, bank.clock.now())
  commitQuoteExpiry(bank, bank.clock.now())
  const { client, key, request } = submission
  return commitOnce(bank, { key, status: 202 }, () => {
    assertNewRef(bank, kind, { clientId: client.id, clientRef: request.clientRef })
    const confirmation = getConfirmation(bank.db, client.id, request.confirmationId)
    assertConfirmed(bank, request, { confirmation, ops: kind.ops })
    const desk = buildDesk(bank, kind, { submission, confirmation })
    const beginning = submission.declined ? declined : kind.begin(desk)
    const deed = insertDeed(bank, kind, { desk, beginning })
    if (desk.quote && !beginning.refusal) commitQuoteState(bank, desk.quote, { state: 'used', at: desk.now })
    commitUse(bank, confirmation)
    return deed
  })
}

const declined: Beginning<unknown> = { state: 'failed', facts: {}, refusal: 'card_blocked' }

/** A reference names one deed of a kind for ever. The outcome tells what became of that one. */
export function assertNewRef(bank: Bank, kind: DeedKind, ref: { clientId: string; clientRef: string }): void {
  const present = findDeedByRef(bank, { ...ref, kind: kind.thing })
  if (!present) return
  throw new Problem('state_conflict', {
    detail: 'This clientRef is taken: read what it names instead of asking again with another key.',
    instance: `${kind.url}/${present.id}`,
    outcome: kind.outcomes[present.state] ?? 'unknown',
  })
}

interface Confirmed {
  readonly submission: Submission
  readonly confirmation: Confirmation
}

function buildDesk(bank: Bank, kind: CommitKind, { submission, confirmation }: Confirmed): CommitDesk<unknown> {
  const { client, request, at } = submission
  const payload = readPayload(bank, confirmation)
  const quote = findAgreed(bank, payload, confirmation)
  return {
    ...{ bank, client, clientRef: request.clientRef, body: request, confirmationId: confirmation.id },
    link: getLinked(bank, client.id, confirmation.linkId),
    id: bank.vault.idOf(kind.prefix, client.id, request.clientRef),
    amountMinor: BigInt(payload.amount),
    payee: payload.payee,
    ...(confirmation.accountId === undefined ? {} : { account: getAccount(bank.db, confirmation.accountId) }),
    ...(quote ? { quote } : {}),
    ...(at === undefined ? {} : { at }),
    now: bank.clock.now(),
  }
}

/** The quote cannot have changed since: its terms are written once. */
function findAgreed(bank: Bank, { quote: id }: Payload, { clientId, linkId }: Confirmation): Quote | undefined {
  return id === undefined ? undefined : getOpenQuote(bank, { clientId, linkId, id })
}

interface Begun {
  readonly desk: CommitDesk<unknown>
  readonly beginning: Beginning<unknown>
}

function insertDeed(bank: Bank, kind: CommitKind, { desk, beginning }: Begun): Deed {
  const { id, client, clientRef, link, account, quote, payee, confirmationId, amountMinor, now } = desk
  const { state, facts, dueAt, refusal, feeMinor, parentId } = beginning
  if (refusal) bank.log('info', `${kind.thing} refused`, { client: client.id, code: classOfFailure(refusal) })
  return commitDeed(bank, kind, {
    ...{ id, clientId: client.id, clientRef, linkId: link.id, customerId: link.customerId, confirmationId },
    ...(account ? { accountId: account.id } : {}),
    ...(quote ? { quoteId: quote.id } : {}),
    ...(parentId === undefined ? {} : { parentId }),
    ...(amountMinor > 0n ? { amountMinor, payee } : {}),
    ...(feeMinor === undefined ? {} : { feeMinor }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(refusal ? { failureCode: refusal } : {}),
    ...findDescription(desk.body),
    ...{ state, facts, createdAt: now },
  })
}

function findDescription(body: unknown): { description?: string } {
  if (typeof body !== 'object' || body === null || !('description' in body)) return {}
  return typeof body.description === 'string' ? { description: body.description } : {}
}
