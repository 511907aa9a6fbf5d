import type { Bank } from '../app/bank.ts'
import { getClient, type Client } from '../clients/clients.store.ts'
import { commitDeed } from '../deeds/change-deed.ts'
import { assertNewRef } from '../deeds/submit-deed.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { buildFeeMinor, renderDecimal } from '../ledger/fee.ts'
import { commitPending } from '../ledger/transfers.store.ts'
import type { FailureCode } from '../payments/failure.ts'
import type { Payment } from '../payments/payments.store.ts'
import { Problem } from '../transport/problem.ts'
import { refundKind } from './refund-kind.ts'
import { sumCommittedMinor } from './refunds.store.ts'

export interface RefundRequest {
  readonly clientRef: string
  readonly amount: { readonly value: string; readonly currency: string }
  readonly reason?: string
}

interface Refunding {
  readonly client: Client
  readonly payment: Payment
}

/**
 * Reserves the merchant's money and writes the refund, in the running transaction. The sum of all refunds that have not
 * failed stays within what was captured: it is read in the same transaction, and there is one writer.
 */
export function commitRefund(bank: Bank, { client, payment }: Refunding, request: RefundRequest): Deed {
  assertNewRef(bank, refundKind, { clientId: client.id, clientRef: request.clientRef })
  const amountMinor = readAmount(bank, payment, request)
  const feeBackMinor = buildFeeBackMinor(bank, payment, amountMinor)
  const id = bank.vault.idOf(refundKind.prefix, client.id, request.clientRef)
  const now = bank.clock.now()
  const wish = { id, payment, amountMinor: amountMinor - feeBackMinor, clientRef: request.clientRef }
  const refusal = reserve(bank, wish)
  const { reason } = request
  return commitDeed(bank, refundKind, {
    ...{ id, clientId: client.id, clientRef: request.clientRef, parentId: payment.id, amountMinor },
    ...{ feeMinor: feeBackMinor, createdAt: now },
    facts: {
      to: payment.accountId,
      feeBack: feeBackMinor.toString(),
      ...(reason === undefined ? {} : { reason }),
    },
    ...(refusal
      ? { state: 'failed', failureCode: refusal }
      : { state: 'processing', dueAt: now + bank.terms.settleDelayMs }),
  })
}

function readAmount(bank: Bank, payment: Payment, { amount }: RefundRequest): bigint {
  if (payment.state !== 'succeeded') {
    const detail = `The payment is ${payment.state}: only money that was taken can be given back.`
    throw new Problem('state_conflict', { detail, instance: `/v1/payments/${payment.id}` })
  }
  if (amount.currency !== payment.currency) {
    throw new Problem('bad_currency', `The payment is in ${payment.currency}: so is what is given back of it.`)
  }
  const amountMinor = BigInt(amount.value)
  if (amountMinor <= 0n) throw new Problem('below_min', 'At least one minor unit is given back.')
  const leftMinor = payment.capturedMinor - sumCommittedMinor(bank, payment.id)
  if (amountMinor <= leftMinor) return amountMinor
  throw new Problem('above_max', `No more than ${renderDecimal(leftMinor)} of the payment is left to be given back.`)
}

/** After it the bank has kept the fee of what is left, to the minor unit, however often a part is given back. */
function buildFeeBackMinor(bank: Bank, payment: Payment, amountMinor: bigint): bigint {
  const beforeMinor = payment.capturedMinor - sumCommittedMinor(bank, payment.id)
  const feeOf = (minor: bigint): bigint => buildFeeMinor(minor, bank.terms.feeRate)
  return feeOf(beforeMinor) - feeOf(beforeMinor - amountMinor)
}

interface Reservation {
  readonly id: string
  readonly payment: Payment
  readonly amountMinor: bigint
  readonly clientRef: string
}

function reserve(bank: Bank, { id, payment, amountMinor, clientRef }: Reservation): FailureCode | undefined {
  if (getAccount(bank.db, payment.accountId).state === 'frozen') return 'account_frozen'
  // A minor unit may be all fee, which the bank gives back.
  if (amountMinor === 0n) return undefined
  const held = commitPending(bank.db, {
    ...{ id: bank.vault.idOf('trf', id, 'pending'), paymentId: id, clientRef, amountMinor },
    ...{ dr: payment.accountId, cr: getClient(bank.db, payment.clientId).accountId },
    ...{ currency: payment.currency, at: bank.clock.now() },
  })
  return held ? undefined : 'insufficient_funds'
}
