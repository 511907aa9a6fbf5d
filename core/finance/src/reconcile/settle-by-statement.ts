import type { PaymentView, StatementLine } from '@inthread/sdk/bank'
import type { TenantScope } from '@inthread/store'
import { findOrder } from '../orders/order.store.ts'
import { commitJudgement } from '../orders/settle.store.ts'
import type { Judgement } from '../orders/judge.ts'
import type { FinancePorts } from '../ports.ts'
import type { RefundJudgement } from '../refunds/judge-refund.ts'
import { findRefund } from '../refunds/refund.store.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import type { LineMatch, OwnItem } from './match.ts'
import { listSilentOrders, listSilentRefunds, type SilentQuery } from './silent.view.store.ts'

interface Decided {
  readonly match: LineMatch
  readonly lines: readonly StatementLine[]
}

/** A line of the statement is the bank's last word on what was open: it is paid, or people have to look at it. */
export async function settleByLine(scope: TenantScope, { match, lines }: Decided, ports: FinancePorts): Promise<void> {
  const { item, line, result } = match
  if (!item) return
  const fee = feeOf(item, lines)
  const view = { bankRef: line.bankRef, clientRef: item.id, version: 0, amount: line.amount, fee }
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

function feeOf(item: OwnItem, lines: readonly StatementLine[]): PaymentView['fee'] {
  const fees = lines.filter(({ kind, clientRef }) => kind === 'fee' && clientRef === item.id)
  if (fees.length === 0) return undefined
  return { amountMinor: fees.reduce((sum, { amount }) => sum + amount.amountMinor, 0n), currency: item.currency }
}

/**
 * What the bank never acknowledged and has on no statement since did not happen. A bank that said it is working on it
 * is asked on, however long it takes.
 */
export async function settleSilent(scope: TenantScope, query: SilentQuery, ports: FinancePorts): Promise<void> {
  const found = await ports.store.read('statement.silent', async (reader) => ({
    orders: await listSilentOrders(reader, scope, query),
    refunds: await listSilentRefunds(reader, scope, query),
  }))
  const judgement = { kind: 'failed', reason: 'try_later', code: 'not_in_statement' } as const
  for (const { id } of found.orders) await settleOrder(scope, { id, judgement }, ports)
  for (const { id } of found.refunds) await settleRefund(scope, { id, judgement }, ports)
}

async function settleOrder(
  scope: TenantScope,
  { id, judgement }: { readonly id: string; readonly judgement: Judgement },
  ports: FinancePorts,
): Promise<void> {
  const told = await ports.store.write('statement.settle', async (tx) => {
    const order = await findOrder(tx, { scope, orderId: id })
    if (!order) return []
    return commitJudgement(tx, { order, judgement, attempt: undefined, notFoundIsFinalAfterMs: 0 }, ports)
  })
  ports.mailbox.wake(told)
}

async function settleRefund(
  scope: TenantScope,
  { id, judgement }: { readonly id: string; readonly judgement: RefundJudgement },
  ports: FinancePorts,
): Promise<void> {
  const told = await ports.store.write('statement.settle', async (tx) => {
    const refund = await findRefund(tx, { scope, refundId: id })
    if (!refund) return []
    return commitRefundJudgement(tx, { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0 }, ports)
  })
  ports.mailbox.wake(told)
}
