import type { BankConnection, BankOutcome, PaymentRequest, PaymentView } from '@inthread/sdk/bank'
import { moneyToWire } from '@inthread/sdk/money'
import { buildOutcome, findProblem, unknown } from './outcome.ts'
import { buildDeclineReason } from './problem.ts'
import { paymentSchema, paymentSearchSchema, type WirePayment } from './resources.ts'
import type { Exchange } from './transport/exchange.ts'

/**
 * Sends the payment. The same key may be sent as often as it takes: the bank answers with the one payment that it
 * stands for.
 */
export async function runSubmit(exchange: Exchange, request: PaymentRequest): Promise<BankOutcome<PaymentView>> {
  const { key, clientRef } = request
  const answer = await exchange({ method: 'POST', path: ['v1', 'payments'], key, body: buildBody(request) })
  return buildOutcome(answer, {
    asked: 'payment',
    schema: paymentSchema,
    read: (wire): BankOutcome<PaymentView> => buildPaymentOutcome(wire, clientRef),
  })
}

/** Finds the payment by our own reference. */
export async function runQuery(exchange: Exchange, clientRef: string): ReturnType<BankConnection['query']> {
  const answer = await exchange({ method: 'GET', path: ['v1', 'payments'], query: { clientRef } })
  const problem = findProblem(answer)
  if (problem?.status === 404 && problem.code === 'not_found') return { kind: 'not_found' }
  return buildOutcome(answer, {
    asked: 'search',
    schema: paymentSearchSchema,
    read: ({ items: [found] }): Awaited<ReturnType<BankConnection['query']>> =>
      found === undefined ? { kind: 'not_found' } : buildPaymentOutcome(found, clientRef),
  })
}

function buildBody(request: PaymentRequest): object {
  return {
    clientRef: request.clientRef,
    confirmationId: request.challenge,
    authorisation: request.authorisation,
    payloadSha256: request.payloadDigest,
    amount: moneyToWire(request.amount),
    payee: { id: request.payeeId },
    payer: { link: request.link, method: request.method },
    description: request.purpose,
  }
}

/**
 * Pure. The amount and the payee are the bank's words and not compared here: whoever keeps the order does. A failed
 * payment is refused, whether the bank says so at once or when it is asked.
 */
function buildPaymentOutcome(wire: WirePayment, clientRef: string): BankOutcome<PaymentView> {
  if (wire.clientRef !== clientRef) return unknown('answer_of_another_request')
  if (wire.state === 'failed') return buildFailure(wire)
  const { id: bankRef, version, amount, payee, fee } = wire
  const view = { bankRef, clientRef, version, amount, payeeId: payee.id, fee, failure: undefined }
  if (wire.state === 'succeeded') return { kind: 'done', value: { ...view, state: 'succeeded' } }
  return { kind: 'pending', value: { ...view, state: 'processing' } }
}

function buildFailure(wire: WirePayment): BankOutcome<never> {
  const code = wire.failure?.code ?? 'failed'
  return { kind: 'refused', code, reason: buildDeclineReason(code, wire.failure?.class) }
}
