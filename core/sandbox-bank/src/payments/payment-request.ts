import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import type { Confirmation } from '../confirmations/confirmations.store.ts'
import { readPayload } from '../confirmations/payload.ts'
import { findLink } from '../customers/links.store.ts'
import { Problem } from '../transport/problem.ts'
import { equalTexts } from '../vault/vault.ts'

export interface PaymentRequest {
  readonly clientRef: string
  readonly confirmationId: string
  readonly authorisation: string
  readonly payloadSha256: string
  readonly amount: { readonly value: string; readonly currency: string }
  readonly payee: { readonly id: string }
  readonly payer: { readonly link: string; readonly method: string }
  readonly description?: string
}

/** Holds the request against what the customer confirmed. Throws the first Problem found. */
export function assertConfirmed(bank: Bank, request: PaymentRequest, confirmation: Confirmation): void {
  assertVerified(confirmation)
  const authorisation = bank.vault.authorisationOf(confirmation.id, confirmation.payloadSha256)
  if (!equalTexts(authorisation, request.authorisation)) {
    throw new Problem(
      'step_up_required',
      'The authorisation is not the one of this confirmation: let the customer confirm again.',
    )
  }
  assertSamePayload(request, confirmation)
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

function assertSamePayload(request: PaymentRequest, confirmation: Confirmation): void {
  const payload = readPayload(confirmation)
  const { amount, payer } = request
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
  if (request.payee.id !== payload.payee.id) {
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

/** A reference names one payment for ever. The outcome tells what became of that one. */
export function buildReferenceConflict(client: Client, present: { id: string; state: string }): Problem {
  const outcome = ({ processing: 'unknown', succeeded: 'done' } as const)[present.state] ?? 'none'
  return new Problem('state_conflict', {
    detail: `${client.id} has a payment with this clientRef already: read it instead of asking again with another key.`,
    instance: `/v1/payments/${present.id}`,
    outcome,
  })
}
