import type { PaymentView } from '@inthread/sdk/bank'
import type { TenantScope, Transaction } from '@inthread/store'
import { findOrder } from '../orders/order.store.ts'
import { commitJudgement } from '../orders/settle.store.ts'
import type { Judgement } from '../orders/judge.ts'
import type { FinancePorts } from '../ports.ts'
import type { RefundJudgement } from '../refunds/judge-refund.ts'
import { findRefund } from '../refunds/refund.store.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import { directionOf, isBooked } from './line.ts'
import type { LineMatch, OwnItem } from './match.ts'
import { isSilentStill, listSilent, type SilentQuery } from './silent.view.store.ts'

interface Decided {
  readonly match: LineMatch
  /** Of the same statement. */
  readonly lines: readonly LineMatch[]
}

/** A line of the statement is the bank's last word on what was open: it is paid, or people have to look at it. */
export async function settleByLine(scope: TenantScope, { match, lines }: Decided, ports: FinancePorts): Promise<void> {
  const { item, line, result } = match
  if (!item) return
  const fee = feeOf(item, lines)
  // By the name that the bank has given it before, its refunds are asked for: a line may have one of its own.
  const view = { bankRef: item.bankRef ?? line.bankRef, clientRef: item.id, version: 0, amount: line.amount, fee }
  if (item.kind === 'refund') {
    const judgement: RefundJudgement =
      result === 'matched' ? { kind: 'succeeded', view } : { kind: 'mismatch', view: { ...view, state: 'succeeded' } }
    return settleRefund(scope, { id: item.id, judgement }, ports)
  }
  const paid: PaymentView = { ...view, state: 'succeeded', payeeId: '', failure: undefined }
  await settleOrder(
    scope,
    { id: item.id, judgement: { kind: result === 'matched' ? 'succeeded' : 'mismatch', view: paid } },
    ports,
  )
}

/** In the currency of what it is a fee of; any other is no fee of it, and found to differ. */
function feeOf(item: OwnItem, lines: readonly LineMatch[]): PaymentView['fee'] {
  const fees = lines.filter(
    ({ line }) =>
      line.kind === 'fee' && line.clientRef === item.id && isBooked(line) && line.amount.currency === item.currency,
  )
  if (fees.length === 0) return undefined
  const amountMinor = fees.reduce((sum, { line, back }) => sum + directionOf({ back }) * line.amount.amountMinor, 0n)
  return amountMinor > 0n ? { amountMinor, currency: item.currency } : undefined
}

/**
 * What the bank never acknowledged and has on no statement since did not happen. A bank that said it is working on it
 * is asked on, however long it takes. Whoever asks may be answered between our reading and our writing, so that each is
 * looked at once more when it is ours alone.
 */
export async function settleSilent(scope: TenantScope, query: SilentQuery, ports: FinancePorts): Promise<void> {
  const { store } = ports
  const judgement = { kind: 'failed', reason: 'try_later', code: 'not_in_statement' } as const
  for (const table of ['bank_order', 'refund'] as const) {
    const found = await store.read('statement.silent', (reader) => listSilent(reader, scope, { ...query, table }))
    const settle = table === 'refund' ? settleRefund : settleOrder
    for (const sent of found) {
      const onlyIf = (tx: Transaction): Promise<boolean> => isSilentStill(tx, scope, { ...sent, table })
      await settle(scope, { id: sent.id, judgement, onlyIf }, ports)
    }
  }
}

interface Judged<J> {
  readonly id: string
  readonly judgement: J
  /** Asked in the transaction, with the row kept: what holds no longer is left alone. */
  readonly onlyIf?: (tx: Transaction) => Promise<boolean>
}

async function settleOrder(
  scope: TenantScope,
  { id, judgement, onlyIf }: Judged<Judgement>,
  ports: FinancePorts,
): Promise<void> {
  const told = await ports.store.write('statement.settle', async (tx) => {
    if (onlyIf && !(await onlyIf(tx))) return []
    const order = await findOrder(tx, { scope, orderId: id })
    if (!order) return []
    return commitJudgement(tx, { order, judgement, attempt: undefined, notFoundIsFinalAfterMs: 0 }, ports)
  })
  ports.mailbox.wake(told)
}

async function settleRefund(
  scope: TenantScope,
  { id, judgement, onlyIf }: Judged<RefundJudgement>,
  ports: FinancePorts,
): Promise<void> {
  const told = await ports.store.write('statement.settle', async (tx) => {
    if (onlyIf && !(await onlyIf(tx))) return []
    const refund = await findRefund(tx, { scope, refundId: id })
    if (!refund) return []
    return commitRefundJudgement(tx, { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }, ports)
  })
  ports.mailbox.wake(told)
}
