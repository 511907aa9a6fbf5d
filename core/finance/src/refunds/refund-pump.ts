import type { BankConnection } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { openScope } from '@inthread/store'
import type { Span } from '@inthread/store/trace'
import { WorkLoop } from '../engine/work-loop.ts'
import { createWork } from '../engine/work.store.ts'
import { getOrder } from '../orders/order.store.ts'
import { fillPath, routeOf } from '../orders/route.ts'
import type { FinancePorts } from '../ports.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import { judgeRefund, type RefundJudgement } from './judge-refund.ts'
import { commitRefundChange, lockRefund } from './refund.store.ts'
import { commitRefundJudgement } from './settle-refund.store.ts'

const pollMs = 1000

/** Sends refunds to the bank and asks about those it has not decided; a refund's own id is its key. */
export function createRefundPump(ports: FinancePorts): WorkLoop<RefundRow> {
  const { timers, log } = ports
  return new WorkLoop<RefundRow>({
    timers,
    name: 'refunds',
    pollMs,
    ...createWork('refund', ports),
    work: (refund) => work(refund, ports),
    claimFailed: (code) => log.event('refund.claim_failed', { code }),
    workFailed: ({ id }, code) => log.event('refund.work_failed', { refund: id, code }),
  })
}

function work(refund: RefundRow, ports: FinancePorts): Promise<void> {
  const { id, tenant_id: tenant, bank_id: bank, order_id: order, task, traceparent: from } = refund
  const facts = { tenant, bank, order, refund: id }
  const span = ports.traces.open(`refund.${task}`, { from, kind: 'consumer', facts })
  return span.cover(() => decide(refund, span, ports))
}

async function decide(refund: RefundRow, span: Span, ports: FinancePorts): Promise<void> {
  const { store, banks, mailbox, log } = ports
  const setup = await banks.find(refund.tenant_id, refund.bank_id)
  if (!setup) throw new Fault('bank.not_connected', { data: { bank: refund.bank_id } })
  const submitted = refund.task === 'submit'
  const judgement = submitted
    ? await submit(refund, setup.connection, ports)
    : await query(refund, setup.connection, ports)
  span.tell({ judgement: judgement.kind })
  const { notFoundIsFinalAfterMs } = setup.connection
  const told = await store.write('refund.settle', (tx) =>
    commitRefundJudgement(tx, { refund, judgement, submitted, notFoundIsFinalAfterMs }, ports),
  )
  log.event('refund.judged', { refund: refund.id, judgement: judgement.kind })
  mailbox.wake(told)
}

/** That it goes out is written down first: a refund that was sent is asked about before it is given up. */
async function submit(
  refund: RefundRow,
  bank: BankConnection,
  { store, clock, sealer }: FinancePorts,
): Promise<RefundJudgement> {
  const scope = openScope(refund.tenant_id)
  const order = await store.write('refund.send', async (tx) => {
    const { attempts, unanswered } = await lockRefund(tx, { scope, refundId: refund.id })
    const sent = { attempts: attempts + 1, unanswered: unanswered + 1, sent_at: clock.now() }
    await commitRefundChange(tx, refund, sent)
    return getOrder(tx, { scope, orderId: refund.order_id })
  })
  if (order.bank_ref === null) throw new Fault('order.not_releasable', { data: { order: order.id } })
  const route = routeOf(order).bank?.refunds
  const place = { tenant: refund.tenant_id, table: 'refund', column: 'reason', row: refund.id }
  const answer = await bank.refund({
    key: refund.id,
    clientRef: refund.id,
    payment: order.bank_ref,
    amount: { amountMinor: refund.amount_minor, currency: refund.currency },
    reason: refund.reason === null ? undefined : sealer.open(place, refund.reason),
    ...(route ? { path: fillPath(route.path, { payment: order.bank_ref }).path } : {}),
  })
  return judgeRefund(refund, answer)
}

async function query(refund: RefundRow, bank: BankConnection, { store }: FinancePorts): Promise<RefundJudgement> {
  const name = { scope: openScope(refund.tenant_id), orderId: refund.order_id }
  const order = await store.read('refund.order', (reader) => getOrder(reader, name))
  const route = routeOf(order).bank?.refunds
  return judgeRefund(refund, await bank.findRefund(refund.id, route && fillPath(route.collection, {}).path))
}
