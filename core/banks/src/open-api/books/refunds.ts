import type { BankConnection, BankOutcome, RefundRequest, RefundView } from '@inthread/sdk/bank'
import { moneyToWire } from '@inthread/sdk/money'
import { buildOutcome, findProblem, unknown } from '../outcome.ts'
import { buildDeclineReason } from '../problem.ts'
import type { Exchange } from '../transport/exchange.ts'
import { refundSchema, refundSearchSchema, type WireRefund } from './resources.ts'

/** Sends the refund of one payment. The bank answers one key with one refund, however often it comes. */
export async function runRefund(exchange: Exchange, request: RefundRequest): Promise<BankOutcome<RefundView>> {
  const { key, clientRef, payment, amount, reason, path = ['v1', 'payments', payment, 'refunds'] } = request
  const body = { clientRef, amount: moneyToWire(amount), ...(reason === undefined ? {} : { reason }) }
  const answer = await exchange({ method: 'POST', path, key, body })
  return buildOutcome(answer, {
    asked: 'refund',
    schema: refundSchema,
    read: (wire): BankOutcome<RefundView> => buildRefundOutcome(wire, clientRef),
  })
}

/** Finds the refund by our own reference. */
export async function runFindRefund(
  exchange: Exchange,
  clientRef: string,
  path: readonly string[] = ['v1', 'refunds'],
): ReturnType<BankConnection['findRefund']> {
  const answer = await exchange({ method: 'GET', path, query: { clientRef } })
  const problem = findProblem(answer)
  if (problem?.status === 404 && problem.code === 'not_found') return { kind: 'not_found' }
  return buildOutcome(answer, {
    asked: 'search',
    schema: refundSearchSchema,
    read: ({ items: [found] }): Awaited<ReturnType<BankConnection['findRefund']>> =>
      found === undefined ? { kind: 'not_found' } : buildRefundOutcome(found, clientRef),
  })
}

/** Pure. The amount is the bank's word and compared by whoever keeps the refund. */
function buildRefundOutcome(wire: WireRefund, clientRef: string): BankOutcome<RefundView> {
  if (wire.clientRef !== clientRef) return unknown('answer_of_another_request')
  const { id: bankRef, version, amount, fee, state } = wire
  if (state === 'failed') {
    const code = wire.failure?.code ?? 'failed'
    return { kind: 'refused', code, reason: buildDeclineReason(code, wire.failure?.class) }
  }
  const view = { bankRef, clientRef, version, amount, fee }
  if (state === 'succeeded') return { kind: 'done', value: { ...view, state } }
  return { kind: 'pending', value: { ...view, state: 'processing' } }
}
