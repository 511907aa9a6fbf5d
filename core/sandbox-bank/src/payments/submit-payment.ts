import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { assertConfirmed, commitUse, type ConfirmedRequest } from '../confirmations/confirmed-request.ts'
import { commitExpiry, getConfirmation, type Confirmation } from '../confirmations/confirmations.store.ts'
import { commitEvent } from '../events/commit-event.ts'
import { getAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { buildFeeMinor } from '../ledger/fee.ts'
import { holdMoney } from '../deeds/deed-money.ts'
import { commitOnce } from '../transport/commit-once.ts'
import type { IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem } from '../transport/problem.ts'
import { classOfFailure, type FailureCode } from './failure.ts'
import { commitNewPayment, findPaymentByRef, getPayment, type NewPayment, type Payment } from './payments.store.ts'

export interface PaymentRequest extends ConfirmedRequest {
  readonly amount: { readonly value: string; readonly currency: string }
  readonly payee: { readonly id: string }
  readonly description?: string
  readonly capture?: 'automatic' | 'manual'
}

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
  const { client, key } = submission
  return commitOnce(bank, { key, status: 202 }, () => {
    const present = findPaymentByRef(bank.db, client.id, request.clientRef)
    if (present) throw buildReferenceConflict(client, present)
    const confirmation = getConfirmation(bank.db, client.id, request.confirmationId)
    assertConfirmed(bank, request, { confirmation, ops: ['payment'] })
    const draft = buildDraft(bank, request, confirmation)
    const failureCode = submission.declined ? 'card_blocked' : holdPayment(bank, draft)
    insertPayment(bank, draft, failureCode)
    commitUse(bank, confirmation)
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
    accountId: getPayer(confirmation),
    amountMinor,
    feeMinor: buildFeeMinor(amountMinor, bank.terms.feeRate),
    currency: request.amount.currency,
    capture: request.capture ?? 'automatic',
    ...(request.description === undefined ? {} : { descriptionSealed: bank.vault.seal(cell, request.description) }),
    settleAt: now + bank.terms.settleDelayMs,
    createdAt: now,
  }
}

function getPayer({ accountId }: Confirmation): string {
  if (accountId === undefined) throw new Error('a payment was confirmed without a payer')
  return accountId
}

/** The reason why the money cannot be held, or undefined when it is. */
function holdPayment(bank: Bank, { id, clientRef, accountId, amountMinor }: Draft): FailureCode | undefined {
  const account = getAccount(bank.db, accountId)
  return holdMoney(bank, { id, clientRef, account, dr: ownAccounts.clearing, amountMinor })
}

function insertPayment(bank: Bank, draft: Draft, failureCode: FailureCode | undefined): void {
  const end = failureCode === undefined ? { state: 'processing' as const } : { state: 'failed' as const, failureCode }
  commitNewPayment(bank.db, { ...draft, ...end })
  commitPaymentEvent(bank, getPayment(bank.db, draft.clientId, draft.id))
  if (failureCode === undefined) return
  bank.log('info', 'payment refused', { client: draft.clientId, code: classOfFailure(failureCode) })
}

/** A reference names one payment for ever. The outcome tells what became of that one. */
function buildReferenceConflict(client: Client, present: { id: string; state: string }): Problem {
  const outcome = ({ processing: 'unknown', succeeded: 'done' } as const)[present.state] ?? 'none'
  return new Problem('state_conflict', {
    detail: `${client.id} has a payment with this clientRef already: read it instead of asking again with another key.`,
    instance: `/v1/payments/${present.id}`,
    outcome,
  })
}

/** Tells of the payment's present state; belongs into the transaction that brought it there. */
export function commitPaymentEvent(bank: Bank, payment: Payment): void {
  const amount = { value: payment.amountMinor.toString(), currency: payment.currency }
  commitEvent(bank, `payment.${payment.state}`, { ...payment, amount })
}
