import { Fault } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, makerNameOf, openScope, type Actor, type Transaction } from '@inthread/store'
import { terminalStates } from '../orders/machine.ts'
import { lockOrder } from '../orders/order.store.ts'
import type { FinancePorts } from '../ports.ts'
import type { BreakDetail } from '../reconcile/build-break.ts'
import { differ, type Sums } from '../reconcile/line.ts'
import { isBeingRead } from '../reconcile/statement.store.ts'
import { findRefund } from '../refunds/refund.store.ts'
import { refundMachine } from '../schema/book-machines.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import { commitBreakMove, isInConflict, listOpenAbout, lockBreak, type BreakName } from './break-machine.store.ts'
import { endConflict, fitsStatement } from './end-conflict.ts'
import { followBank, type Following } from './follow-bank.ts'
import { isOfOwnLine, readTally, type Tallied } from './tally.store.ts'
import { listUndecided } from './undecided.store.ts'

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

/**
 * What may become of a break as far as the break itself says. Of a conflict nothing but an end: explained away it would
 * stay in conflict for good, with the money held and nobody told. A difference in a fee says nothing of that end: it is
 * corrected after it. Nothing of a line whose order or refund has not ended, see {@link listUndecided}.
 */
export function listDecisions(
  row: BreakRow,
  { inConflict, isUndecided }: { readonly inConflict: boolean; readonly isUndecided: boolean },
): readonly BreakDecision[] {
  if ((row.state !== 'open' && row.state !== 'assigned') || isUndecided) return []
  if (inConflict && row.kind === 'amount_differs' && !ofFee(row)) return ['paid', 'unpaid']
  return !inConflict && readDifferences(row).size > 0 ? ['correct', 'explained'] : ['explained']
}

/** Throws when the decision does not fit; asked before it is proposed, and once more when it is carried out. */
export async function assertDecision(tx: Transaction, name: BreakName, decision: BreakDecision): Promise<BreakRow> {
  const row = await lockBreak(tx, name)
  const isUndecided = (await listUndecided(tx, name.scope, [row])).has(row.id)
  if (isUndecided)
    throw new Fault('break.order_undecided', { data: { break: row.id, order: row.order_id, refund: row.refund_id } })
  const allowed = listDecisions(row, { inConflict: await isInConflict(tx, row), isUndecided })
  const fits = allowed.includes(decision) && (await isTrueStill(tx, row, decision))
  if (!fits || row.state !== 'assigned')
    throw new Fault('break.decision_unfit', { data: { break: row.id, state: row.state, decision } })
  return row
}

async function isTrueStill(tx: Transaction, row: BreakRow, decision: BreakDecision): Promise<boolean> {
  if (decision === 'explained') return true
  // What is decided now would be compared with nothing: the lines are being compared, and may be stated anew.
  if (await isBeingRead(tx, openScope(row.tenant_id), row.bank_id)) return false
  if (decision === 'correct') return (await findCorrection(tx, row)).differences.size > 0
  const about = await findTallied(tx, row)
  if (!about) return false
  const { lines, amounts } = await readTally(tx, openScope(row.tenant_id), about)
  return fitsStatement({ lines, bank: amounts.bank }, decision === 'paid')
}

type Correction = Pick<Following, 'about' | 'of' | 'differences' | 'bookedMinor'>

/**
 * What is left to book of a break: its own difference, and never more than bank and book still differ by. Lines that
 * came later may have taken it up, or other breaks about the same money. What is open about an order's own line comes
 * first: when that comes late, it is compared with what was booked for it, and not with what went back.
 */
async function findCorrection(tx: Transaction, row: BreakRow): Promise<Correction> {
  const scope = openScope(row.tenant_id)
  const about = await findTallied(tx, row)
  const of = ofFee(row) ? 'fee' : 'amount'
  const own = readDifferences(row)
  if (!about) return { about, of, differences: own, bookedMinor: 0n }
  const { amounts, fees } = await readTally(tx, scope, about)
  const { bank, book } = of === 'fee' ? fees : amounts
  // Of what the bank has not decided the book has nothing yet: it gets it when that ends, with or without this.
  const left = isOver(about) ? differ(bank, book) : new Map<string, bigint>()
  const isFirst = (each: BreakRow): boolean => isOfOwnLine(each) && !ofFee(each)
  const first = of === 'fee' || isFirst(row) ? [] : (await listOpenAbout(tx, row)).filter(isFirst)
  const rest = first.reduce((sums, each) => differ(sums, clip(readDifferences(each), sums)), left)
  const differences = clip(own, rest)
  return { about, of, differences, bookedMinor: book.get(about.order.currency) ?? 0n }
}

/** Of each of them no more than the rest. */
function clip(own: Sums, rest: Sums): Sums {
  const parts = [...own].map(([currency, value]) => [currency, partOf(value, rest.get(currency) ?? 0n)] as const)
  return new Map(parts.filter(([, value]) => value !== 0n))
}

const ends: ReadonlySet<string> = new Set(refundMachine.terminal)

function isOver({ order, refund }: Tallied): boolean {
  return refund ? ends.has(refund.state) : terminalStates.has(order.state)
}

/** Nothing where the rest goes the other way. */
function partOf(value: bigint, rest: bigint): bigint {
  if (value > 0n !== rest > 0n) return 0n
  const [less, more] = value < rest ? [value, rest] : [rest, value]
  return value > 0n ? less : more
}

/**
 * The order or refund that a break is about; undefined for a line that nobody here knows. The order is kept: of two
 * breaks about it the second sees what the first has booked.
 */
async function findTallied(tx: Transaction, row: BreakRow): Promise<Tallied | undefined> {
  const scope = openScope(row.tenant_id)
  if (row.order_id === '') return undefined
  const order = await lockOrder(tx, { scope, orderId: row.order_id })
  const refund = row.refund_id === null ? undefined : await findRefund(tx, { scope, refundId: row.refund_id })
  return { order, refund }
}

/** What two people have agreed on: the book, the order and the break, in one transaction. */
export async function resolveBreak(
  tx: Transaction,
  { decision, ...step }: BreakStep & { readonly decision: BreakDecision },
  ports: BreakPorts,
): Promise<readonly string[]> {
  const row = await assertDecision(tx, step, decision)
  const correction = decision === 'correct' ? await findCorrection(tx, row) : undefined
  if (correction) await followBank(tx, { row, ...correction, now: step.now }, ports)
  const change = { decision, decided_at: step.now }
  await commitBreakMove(tx, row, { event: 'resolve', change })
  const booked = [...(correction?.differences ?? [])].map(([currency, value]) => `${value} ${currency}`).join(', ')
  const data = { decision, ...(correction ? { booked } : {}) }
  await audit(tx, { row, action: 'break.resolved', ...step, data }, ports)
  if (decision === 'paid' || decision === 'unpaid')
    return endConflict(tx, { row, paid: decision === 'paid', by: step.by, now: step.now }, ports)
  return []
}

function ofFee(row: BreakRow): boolean {
  return (decodeJson(row.detail) as BreakDetail).of === 'fee'
}

/** By currency, the break's own and others; without those that came to nothing. */
function readDifferences(row: BreakRow): Sums {
  const { difference, currency, others = [] } = decodeJson(row.detail) as BreakDetail
  const told = [{ value: difference ?? '', currency: currency ?? '' }, ...others]
  const read = told.flatMap(({ value, currency: of }) =>
    /^-?\d{1,18}$/.test(value) && BigInt(value) !== 0n ? [[of, BigInt(value)] as const] : [],
  )
  return new Map(read)
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
