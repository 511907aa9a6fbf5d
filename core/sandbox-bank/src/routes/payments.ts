import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderFailureDetail } from '../payments/failure.ts'
import { commitRepeatedAttempt, findPayment, getPayment, type Payment } from '../payments/payments.store.ts'
import { commitPayment } from '../payments/submit-payment.ts'
import { Problem } from '../transport/problem.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from './define-route.ts'
import { clientRef, idParams, money, sha256 } from './fields.ts'
import { buildPaymentActions } from './payment-actions.ts'
import { buildPaymentList, paymentRoute } from './payment-list.ts'
import { paymentSchema, renderPayment } from './payment-resource.ts'

const paymentBody = Type.Object({
  clientRef,
  confirmationId: Type.String({ minLength: 1, maxLength: 64 }),
  authorisation: Type.String({ minLength: 1, maxLength: 128 }),
  payloadSha256: sha256,
  amount: money,
  payee: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }),
  payer: Type.Object({
    link: Type.String({ minLength: 1, maxLength: 64 }),
    method: Type.String({ minLength: 1, maxLength: 64 }),
  }),
  description: Type.Optional(Type.String({ maxLength: 200 })),
  capture: Type.Optional(
    Type.Enum(['automatic', 'manual'], { description: 'manual: only held, until POST /v1/payments/{id}/captures.' }),
  ),
})

export function buildPaymentRoutes(bank: Bank): Route[] {
  return [buildPost(bank), buildGet(bank), buildPaymentList(bank), ...buildPaymentActions(bank)]
}

function buildPost(bank: Bank): Route {
  return defineActing({
    url: paymentRoute,
    id: 'createPayment',
    summary: 'Pays what was confirmed. 202 means taken, not paid: only the state says that money moved.',
    body: paymentBody,
    answers: { 202: paymentSchema },
    problems: [
      'not_found',
      'state_conflict',
      'step_up_required',
      'amount_changed',
      'payee_mismatch',
      'payer_mismatch',
      'bad_amount',
      'bad_currency',
      'expired',
      'insufficient_funds',
      'card_blocked',
      'account_frozen',
      'above_limit',
    ],
    run: ({ client, key, body, declined }) =>
      buildSubmitted(bank, 202, commitPayment(bank, { client, key, declined }, body)),
    replay: (client, id, status) => {
      commitRepeatedAttempt(bank.db, id)
      return buildSubmitted(bank, status, getPayment(bank.db, client.id, id))
    },
  })
}

/** A payment that was refused at once is told as a refusal, however often it is asked for. */
function buildSubmitted(bank: Bank, status: number, payment: Payment): Answer {
  const location = `${paymentRoute}/${payment.id}`
  if (payment.failureCode !== undefined && payment.version === 1) {
    throw new Problem(payment.failureCode, { detail: renderFailureDetail(payment.failureCode), instance: location })
  }
  const answer = buildResourceAnswer(status, renderPayment(bank, payment))
  return { ...answer, headers: { ...answer.headers, location } }
}

function buildGet(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/payments/:id',
    id: 'getPayment',
    summary: 'One payment.',
    params: idParams,
    answers: { 200: paymentSchema },
    problems: ['not_found'],
    run: ({ client, params }) => {
      const payment = findPayment(bank.db, client.id, params.id)
      if (!payment) throw new Problem('not_found', 'There is no payment with this id.')
      return buildResourceAnswer(200, renderPayment(bank, payment))
    },
  })
}
