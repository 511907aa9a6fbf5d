import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import {
  commitConfirmationChange,
  commitExpiry,
  getConfirmation,
  type Confirmation,
} from '../confirmations/confirmations.store.ts'
import { findNextState } from '../confirmations/machine.ts'
import { commitEvent } from '../events/commit-event.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { buildFeeMinor } from '../ledger/fee.ts'
import { commitPending } from '../ledger/transfers.store.ts'
import { commitIdempotencyRecord, type IdempotencyKey } from '../transport/idempotency.store.ts'
import { classOfFailure, type FailureCode } from './failure.ts'
import { assertConfirmed, buildReferenceConflict, type PaymentRequest } from './payment-request.ts'
import { commitNewPayment, findPaymentByRef, getPayment, type NewPayment, type Payment } from './payments.store.ts'

interface Submission {
  readonly client: Client
  readonly key: IdempotencyKey
  /** The sandbox ordered a refusal. */
  readonly declined: boolean
}

/**
 * Takes a payment: hold, payment, event, used confirmation and idempotency key in one transaction. A refusal for
 * business reasons is a payment too, in state `failed`; any other refusal is a Problem and leaves nothing behind.
 */
export function commitPayment(bank: Bank, submission: Submission, request: PaymentRequest): Payment {
  commitExpiry(bank.db, bank.clock.now())
  return bank.db.transaction(() => {
    const { client, key } = submission
    const present = findPaymentByRef(bank.db, client.id, request.clientRef)
    if (present) throw buildReferenceConflict(client, present)
    const confirmation = getConfirmation(bank.db, client.id, request.confirmationId)
    assertConfirmed(bank, request, confirmation)
    const draft = buildDraft(bank, request, confirmation)
    const failureCode = submission.declined ? 'card_blocked' : holdMoney(bank, draft)
    insertPayment(bank, draft, failureCode)
    consume(bank, confirmation)
    commitIdempotencyRecord(bank.db, key, { status: 202, resourceId: draft.id, at: draft.createdAt })
    return getPayment(bank.db, client.id, draft.id)
  })
}

type Draft = Omit<NewPayment, 'state' | 'failureCode'>

function buildDraft(bank: Bank, request: PaymentRequest, confirmation: Confirmation): Draft {
  const now = bank.clock.now()
  const amountMinor = BigInt(request.amount.value)
  const id = bank.vault.idOf('pay', confirmation.clientId, request.clientRef)
  const cell = { table: 'payments', column: 'description_sealed', row: id }
  return {
    id,
    clientId: confirmation.clientId,
    clientRef: request.clientRef,
    confirmationId: confirmation.id,
    accountId: confirmation.accountId,
    amountMinor,
    feeMinor: buildFeeMinor(amountMinor, bank.terms.feeRate),
    currency: request.amount.currency,
    ...(request.description === undefined ? {} : { descriptionSealed: bank.vault.seal(cell, request.description) }),
    settleAt: now + bank.terms.settleDelayMs,
    createdAt: now,
  }
}

/** The reason why the money cannot be held, or undefined when it is. */
function holdMoney(bank: Bank, draft: Draft): FailureCode | undefined {
  if (getAccount(bank.db, draft.accountId).state === 'frozen') return 'account_frozen'
  const held = commitPending(bank.db, {
    id: bank.vault.idOf('trf', draft.id, 'pending'),
    dr: ownAccounts.clearing,
    cr: draft.accountId,
    amountMinor: draft.amountMinor,
    currency: draft.currency,
    paymentId: draft.id,
    clientRef: draft.clientRef,
    at: draft.createdAt,
  })
  return held ? undefined : 'insufficient_funds'
}

function insertPayment(bank: Bank, draft: Draft, failureCode: FailureCode | undefined): void {
  const end = failureCode === undefined ? { state: 'processing' as const } : { state: 'failed' as const, failureCode }
  commitNewPayment(bank.db, { ...draft, ...end })
  commitPaymentEvent(bank, getPayment(bank.db, draft.clientId, draft.id))
  if (failureCode === undefined) return
  bank.log('info', 'payment refused', { client: draft.clientId, code: classOfFailure(failureCode) })
}

function consume(bank: Bank, confirmation: Confirmation): void {
  const state = findNextState(confirmation.state, 'consumed')
  if (!state) throw new Error('a confirmation was used twice')
  commitConfirmationChange(bank.db, confirmation, { state, at: bank.clock.now() })
}

/** Tells of the payment's present state; belongs into the transaction that brought it there. */
export function commitPaymentEvent(bank: Bank, payment: Payment): void {
  const amount = { value: payment.amountMinor.toString(), currency: payment.currency }
  commitEvent(bank, `payment.${payment.state}`, { ...payment, amount })
}
