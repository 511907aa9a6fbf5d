import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { getConfirmation } from '../confirmations/confirmations.store.ts'
import { readPayload } from '../confirmations/payload.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { classOfFailure, failureClasses, failureCodes } from '../payments/failure.ts'
import { paymentStates, type Payment } from '../payments/payments.store.ts'
import { sumRefundedMinor } from '../refunds/refunds.store.ts'
import { clientRef, instant, money, payee, renderMoney, version } from './fields.ts'

export const paymentSchema = Type.Object({
  id: Type.String(),
  clientRef,
  confirmationId: Type.String(),
  tenant: Type.String(),
  state: Type.Enum([...paymentStates]),
  version,
  amount: money,
  fee: Type.Object(money.properties, { description: 'Taken from the payee; nothing for a failed payment.' }),
  payee,
  payer: Type.Object({ method: Type.String(), mask: Type.String() }),
  description: Type.Optional(Type.String()),
  failure: Type.Optional(
    Type.Object({
      code: Type.Enum([...failureCodes], { description: 'For the platform.' }),
      class: Type.Enum([...failureClasses], { description: 'For the merchant.' }),
    }),
  ),
  capture: Type.Optional(Type.Enum(['manual'], { description: 'Held until it is captured.' })),
  captured: Type.Optional(money),
  refunded: Type.Optional(Type.Object(money.properties, { description: 'Given back so far.' })),
  expiresAt: Type.Optional(Type.String({ format: 'date-time', description: 'When what is held is given back.' })),
  createdAt: instant,
  updatedAt: instant,
})

type Resource = Static<typeof paymentSchema>

/** The payment as it is now. The payee is shown as the customer confirmed it, even if the merchant has a new name. */
export function renderPayment(bank: Bank, payment: Payment): Resource {
  const { id, clientId, clientRef, confirmationId, state, version, currency, failureCode } = payment
  const payload = readPayload(bank, getConfirmation(bank.db, clientId, confirmationId))
  const failure = failureCode && { code: failureCode, class: classOfFailure(failureCode) }
  return {
    ...{ id, clientRef, confirmationId, tenant: clientId, state, version },
    amount: renderMoney(payment.amountMinor, currency),
    fee: renderMoney(state === 'failed' || state === 'cancelled' ? 0n : payment.feeMinor, currency),
    payee: payload.payee,
    payer: { method: payment.accountId, mask: getAccount(bank.db, payment.accountId).mask ?? '' },
    ...renderDescription(bank, payment),
    ...(failure ? { failure } : {}),
    ...renderCapture(payment),
    ...renderRefunded(bank, payment),
    createdAt: renderInstant(payment.createdAt),
    updatedAt: renderInstant(payment.updatedAt),
  }
}

/** Nothing for a payment that is taken at once. */
function renderCapture({ capture, capturedMinor, currency, state, settleAt }: Payment): Partial<Resource> {
  if (capture === 'automatic') return {}
  const captured = state === 'succeeded' ? { captured: renderMoney(capturedMinor, currency) } : {}
  return { capture, ...captured, ...(state === 'authorised' ? { expiresAt: renderInstant(settleAt) } : {}) }
}

function renderRefunded(bank: Bank, { id, currency }: Payment): Partial<Resource> {
  const refundedMinor = sumRefundedMinor(bank, id)
  return refundedMinor > 0n ? { refunded: renderMoney(refundedMinor, currency) } : {}
}

function renderDescription(bank: Bank, payment: Payment): { description?: string } {
  if (payment.descriptionSealed === undefined) return {}
  const cell = { table: 'payments', column: 'description_sealed', row: payment.id }
  return { description: bank.vault.open(cell, payment.descriptionSealed) }
}
