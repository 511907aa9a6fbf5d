import { Fault } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import type { Money } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, deriveId, openScope, type Actor, type Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { buildPosting, buildVoids } from '../book/movements.ts'
import { releaseGrants } from '../grants/use.store.ts'
import { bookAfter, bookedOf, capturedOf, listTold } from '../orders/booked.ts'
import { openBreakAbout } from '../orders/break.store.ts'
import { commitMove, getOrder, lockOrder } from '../orders/order.store.ts'
import type { FinancePorts, Letter } from '../ports.ts'
import { commitRefundJudgement } from '../refunds/settle-refund.store.ts'
import { findRefund } from '../refunds/refund.store.ts'
import type { BreakDetail } from '../reconcile/build-break.ts'
import { differ, scale, type Sums } from '../reconcile/line.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { OrderRow } from '../schema/tables.ts'
import { followBank } from './follow-bank.ts'
import { mineOf, readTally, type Tallied, type Tally } from './tally.store.ts'

export interface Ending {
  readonly row: BreakRow
  readonly paid: boolean
  readonly by: Actor
  readonly now: Instant
}

type EndPorts = Pick<FinancePorts, 'ids' | 'mailbox' | 'log' | 'clock' | 'sealer'>

/** Ends what the bank and we had spoken differently about, as two people decided; the conversations that were told. */
export function endConflict(tx: Transaction, ending: Ending, ports: EndPorts): Promise<readonly string[]> {
  return ending.row.refund_id === null ? endOrder(tx, ending, ports) : endRefund(tx, ending, ports)
}

/** Where the statement has lines about it, they say whether it was paid; where it has none, people do. */
export function fitsStatement(
  { lines, bank }: { readonly lines: number; readonly bank: Sums },
  paid: boolean,
): boolean {
  return lines === 0 || paid === [...bank.values()].some((amount) => amount !== 0n)
}

async function endOrder(tx: Transaction, { row, paid, by, now }: Ending, ports: EndPorts): Promise<readonly string[]> {
  const scope = openScope(row.tenant_id)
  const order = await lockOrder(tx, { scope, orderId: row.order_id })
  const tally = await readTally(tx, scope, { order, refund: undefined })
  const event = paid ? 'resolve_paid' : 'resolve_unpaid'
  // A fee that the bank named with another amount is not believed before its own line is there.
  const fee = takenOf(tally.fees.bank, order.currency)
  const booked = bookedOf(order, ports.sealer)
  const more = paid ? { fee_minor: fee.amountMinor, ...capturedOf(order, booked, now) } : {}
  const change = { settled_at: now, task: null, task_at: null, ...more }
  const ended = await commitMove(tx, order, { event, change: paid ? change : { ...change, reason: 'declined' }, now })
  if (order.amount_minor > 0n)
    await insertAll(tx, 'movement', paid ? buildPosting(booked, fee, now) : buildVoids(booked, now))
  const about = { order: ended, refund: undefined }
  if (paid) {
    await bookWhatBankSays(tx, { row, about, tally, bookedMinor: mineOf(ended), now }, ports)
    // What the bank has told of it meanwhile, it tells once.
    await bookAfter(tx, ended, { states: await listTold(tx, order), now, sealer: ports.sealer })
  } else await releaseGrants(tx, order)
  await openFeeBreak(tx, { row, about, now })
  const object = { kind: 'order', id: order.id }
  const action = `order.${paid ? 'succeeded' : 'failed'}`
  await appendAudit(tx, [{ scope, actor: by, action, object, data: { break: row.id } }], { ids: ports.ids, now })
  await ports.mailbox.tell(tx, [buildLetter(order, paid)])
  return [order.conversation_id]
}

/** What is left of a fee that was given back altogether is none: the lines say what there is to correct. */
function takenOf(fees: Sums, currency: string): Money {
  const amountMinor = fees.get(currency) ?? 0n
  return { amountMinor: amountMinor > 0n ? amountMinor : 0n, currency }
}

/** Fee lines of what was in conflict had no break: what is left of them, unpaid or in another currency, has one. */
async function openFeeBreak(
  tx: Transaction,
  { row, about, now }: { readonly row: BreakRow; readonly about: Tallied; readonly now: Instant },
): Promise<void> {
  const { fees } = await readTally(tx, openScope(row.tenant_id), about)
  const [first, ...more] = [...differ(fees.bank, fees.book)].map(([currency, value]) => ({
    value: value.toString(),
    currency,
  }))
  if (!first) return
  const detail: BreakDetail = { currency: first.currency, difference: first.value, others: more, of: 'fee' }
  const subject = { tenant_id: row.tenant_id, bank_id: row.bank_id, order_id: row.order_id, refund_id: row.refund_id }
  await openBreakAbout(tx, { ...subject, parent: deriveId(row.id, 'fee') }, { kind: 'amount_differs', detail, now })
}

interface Booking {
  readonly row: BreakRow
  readonly about: Tallied
  readonly tally: Tally
  /** What was posted: all that had been held, whatever the bank says. */
  readonly bookedMinor: bigint
  readonly now: Instant
}

/** It is paid as the bank has it: by its lines, and before there are any by what it told us. */
async function bookWhatBankSays(tx: Transaction, booking: Booking, ports: EndPorts): Promise<void> {
  const { about, tally, bookedMinor } = booking
  const { currency } = about.order
  const { lines, amounts } = tally
  const bank = lines > 0 ? amounts.bank : readTold(booking)
  const differences = differ(bank, new Map([[currency, bookedMinor]]))
  await followBank(tx, { ...booking, of: 'amount', differences }, ports)
}

/** It spoke of what the user pays: what the merchant gets besides, as for points, is not in question. */
function readTold({ row, about: { order, refund }, bookedMinor }: Booking): Sums {
  const { amount, currency } = decodeJson(row.detail) as { readonly amount?: unknown; readonly currency?: unknown }
  const told = typeof amount === 'string' && /^\d{1,18}$/.test(amount) ? BigInt(amount) : undefined
  if (told === undefined || typeof currency !== 'string') return new Map([[order.currency, bookedMinor]])
  const [sign, asked] = refund ? [-1n, refund.amount_minor] : [1n, order.amount_minor]
  return new Map([[currency, currency === order.currency ? bookedMinor + sign * (told - asked) : sign * told]])
}

function buildLetter(order: OrderRow, paid: boolean): Letter {
  const data = paid ? { receipt: order.number } : { reason: 'declined' }
  const name = paid ? 'succeeded' : 'declined'
  return {
    scope: openScope(order.tenant_id),
    conversationId: order.conversation_id,
    runId: order.run_id,
    key: `${order.id}:final`,
    outcome: { name, data },
    event: { name: 'settled', data: { result: name, ...data } },
  }
}

async function endRefund(tx: Transaction, { row, paid, now }: Ending, ports: EndPorts): Promise<readonly string[]> {
  const scope = openScope(row.tenant_id)
  const name = { scope, refundId: row.refund_id ?? '' }
  const refund = await findRefund(tx, name)
  if (refund?.state !== 'processing')
    throw new Fault('break.decision_unfit', { data: { break: row.id, state: refund?.state ?? '', decision: 'paid' } })
  const about = { order: await getOrder(tx, { scope, orderId: row.order_id }), refund }
  const tally = await readTally(tx, scope, about)
  const fee = takenOf(scale(tally.fees.bank, -1n), refund.currency)
  const view = { bankRef: refund.bank_ref ?? '', version: refund.bank_version, fee }
  const judgement = paid
    ? ({ kind: 'succeeded', view } as const)
    : ({ kind: 'failed', reason: 'declined', code: 'resolved' } as const)
  const settling = { refund, judgement, submitted: false, notFoundIsFinalAfterMs: 0, resolves: true }
  const told = await commitRefundJudgement(tx, settling, ports)
  if (paid) await bookWhatBankSays(tx, { row, about, tally, bookedMinor: -refund.amount_minor, now }, ports)
  await openFeeBreak(tx, { row, about: { ...about, refund: await findRefund(tx, name) }, now })
  return told
}
