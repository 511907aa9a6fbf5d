import { addMs, type Instant } from '@inthread/sdk/time'
import { openScope, type Transaction } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { buildRefundPosting, buildRefundVoid } from '../book/refund-movements.ts'
import { openTold, type ToldBreak } from '../orders/break.store.ts'
import { isUnresolved, nextQueryDelayMs } from '../orders/judge.ts'
import { bookedRefundOf } from '../orders/booked.ts'
import { getOrder } from '../orders/order.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { auditRefund } from './audit-refund.ts'
import type { RefundJudgement } from './judge-refund.ts'
import { commitRefundChange, commitRefundMove, lockRefund, returnToCaptured } from './refund.store.ts'
import { tellRefund } from './tell-refund.ts'

export interface RefundSettling {
  readonly refund: Pick<RefundRow, 'tenant_id' | 'id'>
  readonly judgement: RefundJudgement
  /** Whether this is the answer to a request, and not to a question about it. */
  readonly submitted: boolean
  readonly notFoundIsFinalAfterMs: number
  /** Whether two people have decided it, and not the bank alone. */
  readonly resolves?: boolean
}

interface Settling {
  readonly settling: RefundSettling
  readonly now: Instant
  readonly ports: Pick<FinancePorts, 'ids' | 'mailbox' | 'log' | 'sealer'>
}

/** The same request is sent again when the bank never saw it, always with the same key, this often. */
const attemptsAtMost = 5

type Told = Promise<readonly string[]>

/** Writes down what the bank said of a refund, once. What comes after its end and contradicts it is a break. */
export async function commitRefundJudgement(
  tx: Transaction,
  settling: RefundSettling,
  ports: Pick<FinancePorts, 'ids' | 'mailbox' | 'log' | 'clock' | 'sealer'>,
): Told {
  const now = ports.clock.now()
  const name = { scope: openScope(settling.refund.tenant_id), refundId: settling.refund.id }
  const refund = await lockRefund(tx, name)
  const work: Settling = { settling, now, ports }
  if (refund.state !== 'processing') return contradict(tx, refund, work)
  const { judgement, submitted, resolves = false } = settling
  // In conflict: whoever was asking the bank meanwhile brings nothing that two people need not decide.
  if (refund.task === null && !resolves) return []
  if (submitted && judgement.kind !== 'unknown')
    await commitRefundChange(tx, refund, { unanswered: refund.unanswered - 1 })
  switch (judgement.kind) {
    case 'succeeded':
      return succeed(tx, refund, { ...work, view: judgement.view })
    case 'failed':
      // "Try later" speaks of the request that it answers; an earlier one may have arrived.
      return submitted && judgement.reason === 'try_later' && refund.unanswered > 1
        ? askAgain(tx, refund, work)
        : fail(tx, refund, { ...work, reason: judgement.reason })
    case 'mismatch':
      return disagree(tx, refund, { ...work, view: judgement.view })
    case 'pending':
      return wait(tx, refund, { ...work, view: judgement.view })
    case 'not_found':
      return resend(tx, refund, work)
    case 'unknown':
      return askAgain(tx, refund, work)
  }
}

type Disagreed = Settling & { readonly view: Extract<RefundJudgement, { kind: 'mismatch' }>['view'] }
type Viewed = Settling & { readonly view: Extract<RefundJudgement, { kind: 'succeeded' }>['view'] }

async function succeed(tx: Transaction, refund: RefundRow, { view, now, ports }: Viewed): Told {
  const order = await orderOf(tx, refund)
  const fee = view.fee?.amountMinor ?? 0n
  const known = { bank_ref: view.bankRef, bank_version: view.version, fee_minor: fee }
  const change = { ...known, settled_at: now, task: null, task_at: null }
  await commitRefundMove(tx, refund, { event: 'bank_succeeded', change, now })
  await insertAll(tx, 'movement', buildRefundPosting(bookedRefundOf(refund, order, ports.sealer), fee, now))
  await auditRefund(tx, { refund, action: 'refund.succeeded', by: bankOf(refund), now }, ports)
  const data = { receipt: order.number }
  const event = { name: 'settled', data: { result: 'succeeded', ...data } }
  return tellRefund(tx, refund, { outcome: { name: 'succeeded', data }, event, mailbox: ports.mailbox })
}

async function fail(
  tx: Transaction,
  refund: RefundRow,
  { reason, now, ports }: Settling & { readonly reason: string },
): Told {
  const order = await orderOf(tx, refund)
  const change = { failure: reason, settled_at: now, task: null, task_at: null }
  await commitRefundMove(tx, refund, { event: 'bank_failed', change, now })
  await insertAll(tx, 'movement', [buildRefundVoid(bookedRefundOf(refund, order, ports.sealer), now)])
  await returnToCaptured(tx, order, refund.amount_minor)
  await auditRefund(tx, { refund, action: 'refund.failed', by: bankOf(refund), now }, ports)
  const event = { name: 'settled', data: { result: 'declined', reason } }
  return tellRefund(tx, refund, { outcome: { name: 'declined', data: { reason } }, event, mailbox: ports.mailbox })
}

/** The bank speaks of another amount: the hold stays, and two people have to decide. */
async function disagree(tx: Transaction, refund: RefundRow, { view, now, ports }: Disagreed): Told {
  const change = { bank_ref: view.bankRef, bank_version: view.version, task: null, task_at: null }
  await commitRefundChange(tx, refund, change)
  await openMismatch(tx, refund, { view, now })
  ports.log.event('refund.conflicted', { refund: refund.id })
  return tellUnknown(tx, refund, ports)
}

function openMismatch(
  tx: Transaction,
  refund: RefundRow,
  { view, now }: Pick<Disagreed, 'view' | 'now'>,
): Promise<void> {
  const { amountMinor, currency } = view.amount
  const detail = { refund: refund.id, amount: amountMinor.toString(), currency }
  return openRefundBreak(tx, refund, { kind: 'amount_differs', version: view.version, detail, now })
}

/** The bank has it and works on it: its notice will come, and if it does not, we ask. */
async function wait(tx: Transaction, refund: RefundRow, { view, now }: Viewed): Told {
  const noticed = await hasNewerNotice(tx, refund, view.version)
  await commitRefundChange(tx, refund, {
    bank_ref: view.bankRef,
    bank_version: Math.max(refund.bank_version, view.version),
    task: 'query',
    task_at: noticed ? now : addMs(now, nextQueryDelayMs(refund.queries)),
    queries: refund.queries + 1,
  })
  await callForHelp(tx, refund, now)
  return []
}

async function resend(tx: Transaction, refund: RefundRow, work: Settling): Told {
  const { settling, now } = work
  if (refund.attempts < attemptsAtMost) {
    await commitRefundChange(tx, refund, { task: 'submit', task_at: now })
    return []
  }
  const final = addMs(refund.sent_at ?? now, settling.notFoundIsFinalAfterMs) <= now
  return final ? fail(tx, refund, { ...work, reason: 'try_later' }) : askAgain(tx, refund, work)
}

async function askAgain(tx: Transaction, refund: RefundRow, { now, ports }: Settling): Told {
  const noticed = await hasNewerNotice(tx, refund, refund.bank_version)
  await commitRefundChange(tx, refund, {
    task: 'query',
    task_at: addMs(now, nextQueryDelayMs(refund.queries, noticed)),
    queries: refund.queries + 1,
  })
  await callForHelp(tx, refund, now)
  return tellUnknown(tx, refund, ports)
}

async function tellUnknown(tx: Transaction, refund: RefundRow, ports: Settling['ports']): Told {
  if (refund.told_unknown === 1) return []
  await commitRefundChange(tx, refund, { told_unknown: 1 })
  return tellRefund(tx, refund, { outcome: { name: 'unknown', data: {} }, event: null, mailbox: ports.mailbox })
}

/** After a day of asking a person looks at it; the bank's statement decides. */
async function callForHelp(tx: Transaction, refund: RefundRow, now: Instant): Promise<void> {
  if (isUnresolved(refund.queries))
    await openRefundBreak(tx, refund, { kind: 'unresolved', detail: { refund: refund.id }, now })
}

/** A decided refund is never moved. Money that came back after all, or did not, is never forgotten either. */
async function contradict(tx: Transaction, refund: RefundRow, { settling, now }: Settling): Told {
  const { judgement } = settling
  const late = refund.state !== 'succeeded' && judgement.kind === 'succeeded'
  const undone = refund.state === 'succeeded' && judgement.kind === 'failed'
  if (judgement.kind === 'mismatch') await openMismatch(tx, refund, { view: judgement.view, now })
  if (late || undone) {
    const detail = { refund: refund.id, here: refund.state, bank: judgement.kind }
    const version = 'view' in judgement ? judgement.view.version : refund.bank_version
    await openRefundBreak(tx, refund, { kind: 'state_differs', version, detail, now })
  }
  return []
}

export function openRefundBreak(
  tx: Transaction,
  refund: Pick<RefundRow, 'tenant_id' | 'id' | 'order_id' | 'bank_id'>,
  found: ToldBreak,
): Promise<void> {
  const { tenant_id: tenant, bank_id: bank, order_id: order, id } = refund
  return openTold(tx, { tenant_id: tenant, bank_id: bank, order_id: order, refund_id: id }, found)
}

async function hasNewerNotice(tx: Transaction, refund: RefundRow, version: number): Promise<boolean> {
  const row = await sqlOf<FinanceTables>(tx)
    .selectFrom('notice')
    .select('id')
    .where('tenant_id', '=', refund.tenant_id)
    .where('bank_id', '=', refund.bank_id)
    .where('order_id', '=', refund.id)
    .where('version', '>', version)
    .executeTakeFirst()
  return row !== undefined
}

function orderOf(tx: Transaction, refund: RefundRow): Promise<OrderRow> {
  return getOrder(tx, { scope: openScope(refund.tenant_id), orderId: refund.order_id })
}

function bankOf({ bank_id: id }: RefundRow): { readonly kind: 'bank'; readonly id: string } {
  return { kind: 'bank', id }
}
