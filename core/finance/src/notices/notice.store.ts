import type { Notice } from '@inthread/sdk/bank'
import type { BankRoute } from '@inthread/sdk/capability'
import type { Reader, TenantScope, Transaction } from '@inthread/store'
import { insertNew, mergeAll, sqlOf } from '@inthread/store/sql'
import { takeConsentNotice } from '../consents/take-notice.ts'
import { bookAfter } from '../orders/booked.ts'
import { openBreak } from '../orders/break.store.ts'
import { terminalStates } from '../orders/machine.ts'
import { commitChange, findOrder, lockOrder } from '../orders/order.store.ts'
import { routeOf } from '../orders/route.ts'
import { takeNumberNotice } from '../numbers/take-notice.ts'
import type { FinancePorts, Hearing } from '../ports.ts'
import { mirrorProduct } from '../products/product.store.ts'
import { takeRefundNotice } from '../refunds/take-notice.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { tellNews } from './tell-news.ts'

export interface NoticeArrival {
  readonly bankId: string
  readonly notices: readonly Notice[]
  readonly now: number
  readonly ports: Pick<FinancePorts, 'mailbox' | 'ids' | 'sealer' | 'traces'>
  readonly hear?: Hearing | undefined
}

/**
 * Stores notices once each, and puts the orders they speak of up for a question to the bank: a notice is thin and may
 * be late or out of order, so it only says that there is something to ask. One that is not newer than what we know
 * asks nothing. Products are mirrored as they come; gives the conversations that were told of one.
 */
export async function commitNotices(
  tx: Transaction,
  scope: TenantScope,
  { bankId, notices, now, ports, hear }: NoticeArrival,
): Promise<readonly string[]> {
  if (notices.length === 0) return []
  const rows = notices.map((notice) => ({
    tenant_id: scope.tenantId,
    bank_id: bankId,
    id: notice.id.slice(0, 190),
    type: notice.type.slice(0, 190),
    order_id: notice.clientRef?.slice(0, 190) ?? null,
    version: notice.version,
    state: notice.state.slice(0, 190),
    received_at: now,
  }))
  await insertNew(tx, 'notice', { rows, key: 'id' })
  for (const row of rows) await takeNotice(tx, scope, { ...row, now, ports })
  for (const notice of notices) {
    await takeNumberNotice(tx, { scope, bankId, notice, now }, ports)
    await takeConsentNotice(tx, { scope, bankId, notice, now }, ports)
  }
  const told: string[] = []
  for (const notice of notices) told.push(...(await mirrorProduct(tx, { scope, bankId, notice, now }, ports)))
  for (const notice of notices) told.push(...(await tellNews(tx, { scope, bankId, notice }, hear)))
  return told
}

type TakenNotice = {
  readonly bank_id: string
  readonly order_id: string | null
  readonly version: number
  readonly state: string
  readonly now: number
  readonly ports: Pick<FinancePorts, 'sealer' | 'traces'>
}

async function takeNotice(tx: Transaction, scope: TenantScope, notice: TakenNotice): Promise<void> {
  if (notice.order_id === null) return
  const name = { scope, orderId: notice.order_id }
  const known = await findOrder(tx, name)
  if (!known) return takeRefundNotice(tx, { scope, refundId: notice.order_id }, notice)
  if (known.bank_id !== notice.bank_id) return
  // Under the lock: an answer that is settled right now has either seen this notice, or is seen here.
  const order = await lockOrder(tx, name)
  notice.ports.traces.current().link(order.traceparent)
  // An attempt that has not been answered comes first: its answer will be newer than this.
  const asks = order.state === 'processing' && order.task === 'query' && order.bank_version < notice.version
  if (asks) return commitChange(tx, order, { task_at: notice.now })
  if (!terminalStates.has(order.state)) return
  const { book, bank } = routeOf(order)
  const follows = order.state === 'succeeded' && book?.after !== undefined && Object.hasOwn(book.after, notice.state)
  if (follows) return bookAfter(tx, order, { states: [notice.state], now: notice.now, sealer: notice.ports.sealer })
  const end = endOf(notice.state, bank)
  if (end !== undefined && (order.state === 'succeeded') !== (end === 'succeeded')) {
    await openBreak(tx, order, {
      kind: 'state_differs',
      version: notice.version,
      detail: { here: order.state, bank: notice.state },
      now: notice.now,
    })
  }
}

/** Whether a state is an end, and which: of what has a route, as its capability says. */
function endOf(state: string, route: BankRoute | undefined): 'succeeded' | 'failed' | undefined {
  const states = route?.states ?? {}
  const outcome = Object.hasOwn(states, state) ? states[state] : undefined
  if (outcome !== undefined) return outcome === 'declined' ? 'failed' : outcome === 'succeeded' ? outcome : undefined
  return state === 'succeeded' || state === 'failed' ? state : undefined
}

export async function findCursor(reader: Reader, scope: TenantScope, bankId: string): Promise<string | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('feed')
    .select('cursor')
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .executeTakeFirst()
  return row?.cursor
}

export function saveCursor(
  tx: Transaction,
  scope: TenantScope,
  feed: { readonly bankId: string; readonly cursor: string; readonly now: number },
): Promise<void> {
  const row = { tenant_id: scope.tenantId, bank_id: feed.bankId, cursor: feed.cursor, read_at: feed.now }
  return mergeAll(tx, 'feed', { rows: [row], key: ['tenant_id', 'bank_id'], update: ['cursor', 'read_at'] })
}
