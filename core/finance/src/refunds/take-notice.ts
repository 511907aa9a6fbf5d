import type { Instant } from '@inthread/sdk/time'
import type { Transaction } from '@inthread/store'
import type { FinancePorts } from '../ports.ts'
import { commitRefundChange, findRefund, lockRefund, type RefundName } from './refund.store.ts'
import { openRefundBreak } from './settle-refund.store.ts'

export interface RefundNotice {
  readonly bank_id: string
  readonly version: number
  readonly state: string
  readonly now: Instant
  readonly ports: Pick<FinancePorts, 'traces'>
}

/** A notice about one of our refunds: it only says that there is something to ask, unless it contradicts an end. */
export async function takeRefundNotice(tx: Transaction, name: RefundName, notice: RefundNotice): Promise<void> {
  if ((await findRefund(tx, name))?.bank_id !== notice.bank_id) return
  const refund = await lockRefund(tx, name)
  notice.ports.traces.current().link(refund.traceparent)
  const asks = refund.state === 'processing' && refund.task === 'query' && refund.bank_version < notice.version
  if (asks) return commitRefundChange(tx, refund, { task_at: notice.now })
  const ended = refund.state === 'succeeded' || refund.state === 'failed'
  const says = notice.state === 'succeeded' || notice.state === 'failed'
  if (!ended || !says || refund.state === notice.state) return
  const detail = { refund: refund.id, here: refund.state, bank: notice.state }
  await openRefundBreak(tx, refund, { kind: 'state_differs', version: notice.version, detail, now: notice.now })
}
