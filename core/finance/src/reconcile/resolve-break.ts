import { Fault } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, deriveId, makerNameOf, openScope, type Actor, type Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { findOrder } from '../orders/order.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { MovementRow } from '../schema/tables.ts'
import { commitBreakMove, lockBreak, type BreakName } from './break-machine.store.ts'
import type { BreakDetail } from './build-break.ts'
import { endConflict } from './end-conflict.ts'

/**
 * - `paid`, `unpaid`: what became of an order or refund about which the bank spoke of another amount
 * - `correct`: the bank is right, and the book follows it by the difference
 * - `explained`: nothing is booked; the reason stands in the audit record
 */
export const breakDecisions = ['paid', 'unpaid', 'correct', 'explained'] as const
export type BreakDecision = (typeof breakDecisions)[number]

export const breakSubject = 'break.resolve'

type BreakPorts = Pick<FinancePorts, 'ids' | 'sealer' | 'mailbox' | 'log' | 'clock'>

export interface BreakStep extends BreakName {
  readonly by: Actor
  readonly now: Instant
}

/** Somebody looks after it from now on. */
export async function takeBreak(tx: Transaction, step: BreakStep, ports: BreakPorts): Promise<void> {
  const row = await lockBreak(tx, step)
  await commitBreakMove(tx, row, { event: 'take', change: { assignee: makerNameOf(step.by) } })
  await audit(tx, { row, action: 'break.taken', ...step }, ports)
}

export async function giveBreakBack(tx: Transaction, step: BreakStep, ports: BreakPorts): Promise<void> {
  const row = await lockBreak(tx, step)
  await commitBreakMove(tx, row, { event: 'give_back', change: { assignee: null } })
  await audit(tx, { row, action: 'break.given_back', ...step }, ports)
}

/** Throws when the decision does not fit; asked before it is proposed, and once more when it is carried out. */
export async function assertDecision(tx: Transaction, name: BreakName, decision: BreakDecision): Promise<BreakRow> {
  const row = await lockBreak(tx, name)
  const fits =
    decision === 'explained' || (decision === 'correct' ? readDifference(row) !== 0n : await isConflict(tx, row))
  if (!fits || row.state !== 'assigned')
    throw new Fault('break.decision_unfit', { data: { break: row.id, state: row.state, decision } })
  return row
}

async function isConflict(tx: Transaction, row: BreakRow): Promise<boolean> {
  if (row.kind !== 'amount_differs') return false
  if (row.refund_id !== null) return true
  const order = await findOrder(tx, { scope: openScope(row.tenant_id), orderId: row.order_id })
  return order?.state === 'conflicted'
}

/** What two people have agreed on: the book, the order and the break, in one transaction. */
export async function resolveBreak(
  tx: Transaction,
  { decision, ...step }: BreakStep & { readonly decision: BreakDecision },
  ports: BreakPorts,
): Promise<readonly string[]> {
  const row = await assertDecision(tx, step, decision)
  const change = { decision, decided_at: step.now }
  await commitBreakMove(tx, row, { event: 'resolve', change })
  await audit(tx, { row, action: 'break.resolved', ...step, data: { decision } }, ports)
  if (decision === 'correct') await correct(tx, row, step.now)
  if (decision === 'paid' || decision === 'unpaid')
    return endConflict(tx, { row, paid: decision === 'paid', by: step.by, now: step.now }, ports)
  return []
}

function readDetail(row: BreakRow): BreakDetail {
  return decodeJson(row.detail) as BreakDetail
}

function readDifference(row: BreakRow): bigint {
  const { difference } = readDetail(row)
  return typeof difference === 'string' && /^-?\d{1,18}$/.test(difference) ? BigInt(difference) : 0n
}

/** One movement that names nothing old: what is in the book stays there. */
async function correct(tx: Transaction, row: BreakRow, now: Instant): Promise<void> {
  const difference = readDifference(row)
  const { currency = '', of } = readDetail(row)
  const [to, from] = await accountsOf(tx, row, of)
  const movement: MovementRow = {
    tenant_id: row.tenant_id,
    id: deriveId(row.id, 'movement', 'correction'),
    order_id: row.order_id === '' ? row.id : row.order_id,
    kind: 'single',
    dr: difference > 0n ? to : from,
    cr: difference > 0n ? from : to,
    amount_minor: difference > 0n ? difference : -difference,
    currency,
    pending_id: null,
    at: now,
  }
  await insertAll(tx, 'movement', [movement])
}

/** Where money goes that the bank booked and we did not: from the customer, or as a fee from the merchant. */
async function accountsOf(tx: Transaction, row: BreakRow, of: BreakDetail['of']): Promise<readonly [string, string]> {
  const due = `ext:tenant:${row.tenant_id}:due`
  if (of === 'fee') return [`bank:${row.bank_id}:fee-income`, due]
  const order = await findOrder(tx, { scope: openScope(row.tenant_id), orderId: row.order_id })
  return [due, `ext:customer:${order?.subscriber_id ?? 'unknown'}`]
}

function audit(
  tx: Transaction,
  record: {
    readonly row: BreakRow
    readonly action: string
    readonly by: Actor
    readonly now: Instant
    readonly data?: Readonly<Record<string, string>>
  },
  { ids }: Pick<FinancePorts, 'ids'>,
): Promise<void> {
  const { row, action, by, now, data = {} } = record
  const scope = openScope(row.tenant_id)
  const object = { kind: 'break', id: row.id }
  return appendAudit(tx, [{ scope, actor: by, action, object, data }], { ids, now })
}
