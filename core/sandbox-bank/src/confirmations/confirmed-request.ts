import type { Bank } from '../app/bank.ts'
import { findLink } from '../customers/links.store.ts'
import { Problem } from '../transport/problem.ts'
import { equalTexts } from '../vault/vault.ts'
import { commitConfirmationChange, type Confirmation } from './confirmations.store.ts'
import { findNextState } from './machine.ts'
import type { OperationName } from './operations.ts'
import { readPayload } from './payload.ts'

/** What every request to carry out something confirmed has. */
export interface ConfirmedRequest {
  readonly clientRef: string
  readonly confirmationId: string
  readonly authorisation: string
  readonly payloadSha256: string
  readonly amount?: { readonly value: string; readonly currency: string }
  readonly payee?: { readonly id: string }
  readonly payer: { readonly link: string; readonly method: string }
  readonly quote?: string
}

interface Claim {
  readonly confirmation: Confirmation
  /** What the confirmation may have been asked for. */
  readonly ops: readonly OperationName[]
}

/** Holds the request against what the customer confirmed. Throws the first Problem found. */
export function assertConfirmed(bank: Bank, request: ConfirmedRequest, { confirmation, ops }: Claim): void {
  assertVerified(confirmation)
  const authorisation = bank.vault.authorisationOf(confirmation.id, confirmation.payloadSha256)
  if (!equalTexts(authorisation, request.authorisation)) {
    throw new Problem(
      'step_up_required',
      'The authorisation is not the one of this confirmation: let the customer confirm again.',
    )
  }
  if (!ops.includes(confirmation.op)) {
    throw new Problem('state_conflict', `The customer confirmed a ${confirmation.op}: that is done elsewhere.`)
  }
  assertSamePayload(bank, request, confirmation)
  if (!findLink(bank, confirmation.clientId, confirmation.linkId)) {
    throw new Problem('state_conflict', 'The link was removed after the customer confirmed: link the customer again.')
  }
}

function assertVerified(confirmation: Confirmation): void {
  if (confirmation.state === 'verified') return
  if (confirmation.state === 'expired') {
    throw new Problem('expired', 'The confirmation is too old to pay with: let the customer confirm again.')
  }
  throw new Problem(
    'state_conflict',
    `The confirmation is ${confirmation.state}: a payment needs one that is verified and unused.`,
  )
}

function assertSamePayload(bank: Bank, request: ConfirmedRequest, confirmation: Confirmation): void {
  const payload = readPayload(bank, confirmation)
  const { amount = { value: payload.amount, currency: payload.currency }, payee = payload.payee, payer } = request
  if (request.payloadSha256 !== confirmation.payloadSha256) {
    throw new Problem(
      'amount_changed',
      'payloadSha256 is not the digest the customer confirmed: send the same payload or confirm anew.',
    )
  }
  if (amount.value !== payload.amount || amount.currency !== payload.currency) {
    throw new Problem(
      'amount_changed',
      'The amount is not the one the customer confirmed: send the same amount or confirm anew.',
    )
  }
  if (request.quote !== payload.quote) {
    throw new Problem('amount_changed', 'The quote is not the one the customer confirmed: name the same one.')
  }
  if (payee.id !== payload.payee.id) {
    throw new Problem(
      'payee_mismatch',
      'The payee is not the one the customer confirmed: send the same payee or confirm anew.',
    )
  }
  if (payer.method !== payload.payer || payer.link !== confirmation.linkId) {
    throw new Problem(
      'payer_mismatch',
      'The payer is not the one who confirmed: send the same link and method or confirm anew.',
    )
  }
}

/** Belongs into the transaction that does what was confirmed: a confirmation is used once. */
export function commitUse(bank: Bank, confirmation: Confirmation): void {
  const state = findNextState(confirmation.state, 'consumed')
  if (!state) throw new Error('a confirmation was used twice')
  commitConfirmationChange(bank.db, confirmation, { state, at: bank.clock.now() })
}
