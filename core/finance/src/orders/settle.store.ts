import type { BankResource, PaymentView } from '@inthread/sdk/bank'
import { readWire } from '@inthread/sdk/capabilities'
import type { ConfirmFact } from '@inthread/sdk/confirm'
import type { Instant } from '@inthread/sdk/time'
import { addMs } from '@inthread/sdk/time'
import { appendAudit, openScope, type Transaction } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { releaseGrants } from '../grants/use.store.ts'
import { buildPosting, buildVoids } from '../book/movements.ts'
import type { FinancePorts, Letter } from '../ports.ts'
import { readFacts } from '../quotes/quote-facts.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { bookAfter, bookedOf, capturedOf, listTold, partOf } from './booked.ts'
import { openBreak } from './break.store.ts'
import { isUnresolved, nextQueryDelayMs, type Judgement } from './judge.ts'
import { commitChange, commitMove, listAttempts, lockOrder, planAttempt, wasSent } from './order.store.ts'
import { sealField } from './sheet.ts'

export interface Settling {
  readonly order: OrderRow
  readonly judgement: Judgement
  /** The attempt that was answered; undefined when the bank was asked, or spoke by itself. */
  readonly attempt: number | undefined
  readonly notFoundIsFinalAfterMs: number
  /** What the run is told while the bank goes on. */
  readonly told?: string | undefined
  /** As the bank wrote it. */
  readonly resource?: BankResource | undefined
}

/** A request that the bank never saw is sent again, always with the same key, this often. */
const attemptsAtMost = 5

/**
 * Writes down what the bank said of an order, once: the order's move, the book, the letter to the conversation. An
 * order that moved on meanwhile is left alone, unless what is said contradicts it.
 */
export async function commitJudgement(
  tx: Transaction,
  settling: Settling,
  ports: FinancePorts,
): Promise<readonly string[]> {
  const now = ports.clock.now()
  const name = { scope: openScope(settling.order.tenant_id), orderId: settling.order.id }
  const order = await lockOrder(tx, name)
  await closeAttempt(tx, settling, now)
  if (order.state !== 'processing') return contradict(tx, { order, judgement: settling.judgement, now })
  const { judgement } = settling
  switch (judgement.kind) {
    case 'succeeded':
      return succeed(tx, order, { judgement, resource: settling.resource, now, ports })
    case 'failed':
      return (await mayHaveArrived(tx, settling))
        ? askAgain(tx, order, { now, ports })
        : fail(tx, order, { reason: judgement.reason, now, ports })
    case 'mismatch':
      return conflict(tx, order, { judgement, now, ports })
    case 'pending':
      return wait(tx, order, { judgement, settling, now, ports })
    case 'not_found':
      return resend(tx, order, { settling, now, ports })
    case 'unknown':
      return askAgain(tx, order, { now, ports })
  }
}

async function closeAttempt(tx: Transaction, { order, judgement, attempt }: Settling, now: Instant): Promise<void> {
  if (attempt === undefined) return
  const code = 'code' in judgement ? judgement.code.slice(0, 190) : null
  await sqlOf<FinanceTables>(tx)
    .updateTable('attempt')
    .set({ answered_at: now, outcome: judgement.kind, code })
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .where('n', '=', attempt)
    .where('outcome', 'is', null)
    .execute()
}

/**
 * A refusal of "try later" speaks of the request it answers. If another one may have arrived, only the bank's record
 * can tell what became of the order: one whose answer was lost, or that a process sent and did not live to hear of.
 */
async function mayHaveArrived(tx: Transaction, { order, judgement, attempt }: Settling): Promise<boolean> {
  if (attempt === undefined || judgement.kind !== 'failed' || judgement.reason !== 'try_later') return false
  const attempts = await listAttempts(tx, { scope: openScope(order.tenant_id), orderId: order.id })
  return attempts.some((row) => row.n !== attempt && wasSent(row) && row.outcome !== 'failed')
}

interface Ending {
  readonly now: Instant
  readonly ports: FinancePorts
}

async function succeed(
  tx: Transaction,
  order: OrderRow,
  {
    judgement,
    resource,
    now,
    ports,
  }: Ending & {
    readonly judgement: Extract<Judgement, { kind: 'succeeded' }>
    readonly resource: BankResource | undefined
  },
): Promise<readonly string[]> {
  const { view } = judgement
  const fee = view.fee ?? { amountMinor: 0n, currency: order.currency }
  const booked = partOf(bookedOf(order, ports.sealer), resource)
  const change = {
    bank_ref: view.bankRef,
    bank_version: view.version,
    fee_minor: fee.amountMinor,
    settled_at: now,
    task: null,
    task_at: null,
    ...capturedOf(order, booked, now),
    ...resultOf(order, resource, ports),
  }
  const paid = await commitMove(tx, order, { event: 'bank_succeeded', change, now })
  if (order.amount_minor > 0n) await insertAll(tx, 'movement', buildPosting(booked, fee, now))
  await bookAfter(tx, paid, { states: await listStates(tx, order, resource), now, sealer: ports.sealer })
  await audit(tx, order, { action: 'order.succeeded', now, ports })
  const data = { receipt: order.number, ...factsOf(order, resource) }
  const event = { result: 'succeeded', ...data, ...stateOf(resource) }
  return tell(tx, order, { ports, outcome: { name: 'succeeded', data }, event })
}

/** A scene may have to tell one success from another: a part of an order from the whole. */
function stateOf(resource: BankResource | undefined): { state?: string } {
  const state = resource?.['state']
  return typeof state === 'string' ? { state: state.slice(0, 64) } : {}
}

/** All that is known by now of how the bank's resource stands: it may be further than where it has succeeded. */
async function listStates(tx: Transaction, order: OrderRow, resource: BankResource | undefined): Promise<string[]> {
  if (order.route === null) return []
  const state = resource?.['state']
  return [...(typeof state === 'string' ? [state] : []), ...(await listTold(tx, order))]
}

/** What the resource said is kept for the scene, which hears of it when the dialogue is over. */
function resultOf(order: OrderRow, resource: BankResource | undefined, { sealer }: FinancePorts): { result?: string } {
  if (!resource) return {}
  return { result: sealField(sealer, order, { column: 'result', value: readWire(resource, order.locale) }) }
}

/** The rows of the receipt, where the bank has any. */
function factsOf(order: OrderRow, resource: BankResource | undefined): { facts?: readonly ConfirmFact[] } {
  const facts = readFacts(resource?.['facts'], order.locale)
  return facts.length === 0 ? {} : { facts }
}

async function fail(
  tx: Transaction,
  order: OrderRow,
  { reason, now, ports }: Ending & { readonly reason: string },
): Promise<readonly string[]> {
  await commitMove(tx, order, {
    event: 'bank_failed',
    change: { reason, settled_at: now, task: null, task_at: null },
    now,
  })
  if (order.amount_minor > 0n) await insertAll(tx, 'movement', buildVoids(bookedOf(order, ports.sealer), now))
  await releaseGrants(tx, order)
  await audit(tx, order, { action: 'order.failed', now, ports })
  return tell(tx, order, {
    ports,
    outcome: { name: 'declined', data: { reason } },
    event: { result: 'declined', reason },
  })
}

/** The bank speaks of another amount or payee: no success is shown, the hold stays, and two people have to decide. */
async function conflict(
  tx: Transaction,
  order: OrderRow,
  { judgement, now, ports }: Ending & { readonly judgement: Extract<Judgement, { kind: 'mismatch' }> },
): Promise<readonly string[]> {
  const { view } = judgement
  const change = { bank_ref: view.bankRef, bank_version: view.version, task: null, task_at: null, told_unknown: 1 }
  await commitMove(tx, order, { event: 'bank_mismatch', change, now })
  await openBreak(tx, order, { kind: 'amount_differs', version: view.version, detail: detailOf(view), now })
  await audit(tx, order, { action: 'order.conflicted', now, ports })
  ports.log.event('order.conflicted', { order: order.id })
  return order.told_unknown === 1 ? [] : tell(tx, order, { ports, outcome: { name: 'unknown', data: {} }, event: null })
}

/** The bank has it and works on it: its notice will come, and if it does not, we ask. */
async function wait(
  tx: Transaction,
  order: OrderRow,
  {
    judgement,
    settling,
    now,
    ports,
  }: Ending & { readonly judgement: Extract<Judgement, { kind: 'pending' }>; readonly settling: Settling },
): Promise<readonly string[]> {
  const { view } = judgement
  const { told, resource } = settling
  const noticed = await hasNewerNotice(tx, order, view.version)
  await commitChange(tx, order, {
    bank_ref: view.bankRef,
    bank_version: Math.max(order.bank_version, view.version),
    task: 'query',
    task_at: noticed ? now : addMs(now, nextQueryDelayMs(order.queries)),
    queries: order.queries + 1,
    ...(told === undefined ? {} : { told, told_unknown: 1, ...resultOf(order, resource, ports) }),
  })
  await callForHelp(tx, order, now)
  // Also to whoever heard "unknown": what the bank has taken may be withdrawn, and says when it will be done.
  if (told === undefined || order.told !== null) return []
  const data = { state: told, receipt: order.number, ...factsOf(order, resource) }
  return tell(tx, order, { ports, outcome: { name: 'accepted', data }, event: null })
}

/** After a day of asking, a person looks at it, whatever the bank has answered so far. */
async function callForHelp(tx: Transaction, order: OrderRow, now: Instant): Promise<void> {
  if (isUnresolved(order.queries)) await openBreak(tx, order, { kind: 'unresolved', detail: {}, now })
}

async function hasNewerNotice(tx: Transaction, order: OrderRow, version: number): Promise<boolean> {
  const row = await sqlOf<FinanceTables>(tx)
    .selectFrom('notice')
    .select('id')
    .where('tenant_id', '=', order.tenant_id)
    .where('bank_id', '=', order.bank_id)
    .where('order_id', '=', order.id)
    .where('version', '>', version)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * The bank does not know our reference: sending again under the same key is safe; a failure it is only once that is
 * final.
 */
async function resend(
  tx: Transaction,
  order: OrderRow,
  { settling, now, ports }: Ending & { readonly settling: Settling },
): Promise<readonly string[]> {
  const attempts = await listAttempts(tx, { scope: openScope(order.tenant_id), orderId: order.id })
  const last = attempts.at(-1)
  // What is planned has not been sent: there was nothing yet that the bank could have found.
  const planned = last !== undefined && !wasSent(last)
  if (planned || attempts.length < attemptsAtMost) {
    if (!planned) await insertAll(tx, 'attempt', [planAttempt(order, attempts.length + 1)])
    await commitChange(tx, order, { task: 'submit', task_at: now })
    return []
  }
  const final = addMs(last?.sent_at ?? now, settling.notFoundIsFinalAfterMs) <= now
  return final ? fail(tx, order, { reason: 'try_later', now, ports }) : askAgain(tx, order, { now, ports })
}

/** Unknown stays unknown: the user is told once, and the bank is asked until it knows. */
async function askAgain(tx: Transaction, order: OrderRow, { now, ports }: Ending): Promise<readonly string[]> {
  const noticed = await hasNewerNotice(tx, order, order.bank_version)
  const change = {
    task: 'query' as const,
    task_at: addMs(now, nextQueryDelayMs(order.queries, noticed)),
    queries: order.queries + 1,
    told_unknown: 1,
  }
  await commitChange(tx, order, change)
  await callForHelp(tx, order, now)
  return order.told_unknown === 1 ? [] : tell(tx, order, { ports, outcome: { name: 'unknown', data: {} }, event: null })
}

function detailOf({ amount, payeeId, state }: PaymentView): Readonly<Record<string, string>> {
  return { amount: amount.amountMinor.toString(), currency: amount.currency, payee: payeeId, state }
}

/**
 * A decided order is never moved; a bank that says the opposite afterwards, or speaks of another amount, is a break for
 * people to look at.
 */
async function contradict(
  tx: Transaction,
  { order, judgement, now }: { readonly order: OrderRow; readonly judgement: Judgement; readonly now: Instant },
): Promise<readonly string[]> {
  const late = order.state !== 'succeeded' && judgement.kind === 'succeeded'
  const undone = order.state === 'succeeded' && judgement.kind === 'failed'
  if (order.state === 'conflicted') return []
  const version = 'view' in judgement ? judgement.view.version : order.bank_version
  if (judgement.kind === 'mismatch')
    await openBreak(tx, order, { kind: 'amount_differs', version, detail: detailOf(judgement.view), now })
  const detail = { here: order.state, bank: judgement.kind }
  if (late || undone) await openBreak(tx, order, { kind: 'state_differs', version, detail, now })
  return []
}

interface Telling {
  readonly ports: FinancePorts
  readonly outcome: NonNullable<Letter['outcome']>
  readonly event: Readonly<Record<string, unknown>> | null
}

async function tell(tx: Transaction, order: OrderRow, { ports, outcome, event }: Telling): Promise<readonly string[]> {
  const letter: Letter = {
    scope: openScope(order.tenant_id),
    conversationId: order.conversation_id,
    runId: order.run_id,
    key: `${order.id}:${outcome.name === 'unknown' || outcome.name === 'accepted' ? outcome.name : 'final'}`,
    outcome,
    event: event && { name: 'settled', data: event },
  }
  await ports.mailbox.tell(tx, [letter])
  return [order.conversation_id]
}

function audit(
  tx: Transaction,
  order: OrderRow,
  { action, now, ports }: Ending & { readonly action: string },
): Promise<void> {
  const scope = openScope(order.tenant_id)
  return appendAudit(
    tx,
    [{ scope, actor: { kind: 'bank', id: order.bank_id }, action, object: { kind: 'order', id: order.id } }],
    { ids: ports.ids, now },
  )
}
