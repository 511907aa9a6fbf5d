import { formatMoney, moneyToWire, type WireMoney } from '@inthread/sdk/money'
import { openScope, type ListPart, type Reader, type TenantScope } from '@inthread/store'
import { behind, sql, sqlOf } from '@inthread/store/sql'
import { sumBook } from '../book/movements.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { findConfirmation, listAttempts, wasSent } from './order.store.ts'

/** An order as a line of a list: states, amounts and times; no account, no name, no code. */
export interface OrderLine {
  readonly id: string
  readonly number: string
  readonly conversationId: string
  readonly bank: string
  readonly capability: string
  readonly state: OrderRow['state']
  readonly version: number
  readonly amount: WireMoney
  readonly display: string
  readonly fee: WireMoney | null
  readonly reason: string | null
  readonly bankRef: string | null
  readonly createdAt: number
  readonly submittedAt: number | null
  readonly settledAt: number | null
}

/** An order as operators see it, with how it came to be what it is. */
export interface OrderView extends OrderLine {
  readonly confirmation: { readonly state: string; readonly triesLeft: number } | null
  readonly attempts: readonly {
    readonly n: number
    readonly sentAt: number
    readonly answeredAt: number | null
    readonly outcome: string | null
  }[]
  readonly movements: readonly {
    readonly kind: string
    readonly dr: string
    readonly cr: string
    readonly amount: WireMoney
  }[]
}

/** By id or by the number that people read out. */
export async function findOrderView(
  reader: Reader,
  scope: TenantScope,
  idOrNumber: string,
): Promise<OrderView | undefined> {
  const row = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where((where) => where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber)]))
    .executeTakeFirst()
  return row && buildView(reader, row)
}

async function buildView(reader: Reader, row: OrderRow): Promise<OrderView> {
  const name = { scope: openScope(row.tenant_id), orderId: row.id }
  const confirmation = await findConfirmation(reader, name)
  const attempts = await listAttempts(reader, name)
  return {
    ...buildLine(row),
    confirmation: confirmation ? { state: confirmation.state, triesLeft: confirmation.tries_left } : null,
    attempts: attempts.filter(wasSent).map(({ n, sent_at: sentAt, answered_at: answeredAt, outcome }) => ({
      n,
      sentAt,
      answeredAt,
      outcome,
    })),
    movements: await listMovements(reader, name),
  }
}

type LineRow = Pick<OrderRow, (typeof lineColumns)[number]>

const lineColumns = [
  ...(['id', 'number', 'conversation_id', 'bank_id', 'capability', 'state', 'version', 'amount_minor'] as const),
  ...(['currency', 'fee_minor', 'reason', 'bank_ref', 'created_at', 'submitted_at', 'settled_at'] as const),
] as const

function buildLine(row: LineRow): OrderLine {
  const amount = { amountMinor: row.amount_minor, currency: row.currency }
  return {
    id: row.id,
    number: row.number,
    conversationId: row.conversation_id,
    bank: row.bank_id,
    capability: row.capability,
    state: row.state,
    version: row.version,
    amount: moneyToWire(amount),
    display: formatMoney(amount),
    fee: row.fee_minor === null ? null : moneyToWire({ amountMinor: row.fee_minor, currency: row.currency }),
    reason: row.reason,
    bankRef: row.bank_ref,
    createdAt: row.created_at,
    submittedAt: row.submitted_at,
    settledAt: row.settled_at,
  }
}

/** Nobody knows yet how they end. */
const undecidedStates = ['confirmed', 'processing', 'requires_action', 'conflicted'] as const

export interface OrderQuery extends ListPart {
  readonly state?: string | undefined
  /** Only those of which nobody knows yet how they end. */
  readonly undecided?: boolean | undefined
  readonly bank?: string | undefined
  readonly capability?: string | undefined
  readonly conversation?: string | undefined
  /** Opened at this instant or later. */
  readonly from?: number | undefined
  /** Opened before this instant. */
  readonly until?: number | undefined
  readonly number?: string | undefined
}

const latestFirst = { at: 'created_at', id: 'id', down: true } as const

/** The newest first. */
export async function listOrders(
  reader: Reader,
  scope: TenantScope,
  { after, limit, from, until, undecided, ...named }: OrderQuery,
): Promise<readonly OrderLine[]> {
  let query = sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .select(lineColumns)
    .where('tenant_id', '=', scope.tenantId)
  const equal = [
    ['state', named.state],
    ['bank_id', named.bank],
    ['capability', named.capability],
    ['conversation_id', named.conversation],
    ['number', named.number],
  ] as const
  for (const [name, value] of equal) if (value !== undefined) query = query.where(name, '=', value)
  if (undecided) query = query.where('state', 'in', undecidedStates)
  if (from !== undefined) query = query.where('created_at', '>=', from)
  if (until !== undefined) query = query.where('created_at', '<', until)
  if (after) query = query.where(behind(latestFirst, after))
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(sql.lit(limit)).execute()
  return rows.map(buildLine)
}

const steps = { pending: 0, post: 1, void: 1, single: 2 } as const

async function listMovements(
  reader: Reader,
  { scope, orderId }: { readonly scope: TenantScope; readonly orderId: string },
): Promise<OrderView['movements']> {
  const rows = await sqlOf<FinanceTables>(reader)
    .selectFrom('movement')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('order_id', '=', orderId)
    .execute()
  // What one judgement moved has one time: the hold's end comes before what follows from it.
  const ordered = rows.toSorted((left, right) => left.at - right.at || steps[left.kind] - steps[right.kind])
  return ordered.map((row) => ({
    kind: row.kind,
    dr: row.dr,
    cr: row.cr,
    amount: moneyToWire({ amountMinor: row.amount_minor, currency: row.currency }),
  }))
}

export interface BookView {
  readonly posted: Readonly<Record<string, string>>
  readonly pending: Readonly<Record<string, string>>
  /** Orders that nobody has decided, and breaks that nobody has closed. */
  readonly undecided: number
  readonly breaks: number
}

/** The tenant's whole memo book, summed up. */
export async function readBook(reader: Reader, scope: TenantScope): Promise<BookView> {
  const db = sqlOf<FinanceTables>(reader)
  const rows = await db.selectFrom('movement').selectAll().where('tenant_id', '=', scope.tenantId).execute()
  const { posted, pending } = sumBook(rows)
  const counted = await db
    .selectFrom('bank_order')
    .select(sql<number>`count(*)`.as('undecided'))
    .where('tenant_id', '=', scope.tenantId)
    .where('state', 'in', undecidedStates)
    .executeTakeFirst()
  const breaks = await db
    .selectFrom('break_item')
    .select(sql<number>`count(*)`.as('open'))
    .where('tenant_id', '=', scope.tenantId)
    .where('state', 'in', ['open', 'assigned'])
    .executeTakeFirst()
  return {
    posted: toText(posted),
    pending: toText(pending),
    undecided: counted?.undecided ?? 0,
    breaks: breaks?.open ?? 0,
  }
}

function toText(balances: ReadonlyMap<string, bigint>): Readonly<Record<string, string>> {
  return Object.fromEntries([...balances].sort().map(([account, amount]) => [account, amount.toString()]))
}

export interface OrderSpan {
  readonly from: number
  /** Not counted itself. */
  readonly until: number
}

/** Orders that were opened in a span of time, by the tenant's index. */
export async function countOrders(reader: Reader, scope: TenantScope, { from, until }: OrderSpan): Promise<number> {
  const counted = await sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .select((select) => select.fn.countAll<number>().as('orders'))
    .where('tenant_id', '=', scope.tenantId)
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .executeTakeFirstOrThrow()
  return Number(counted.orders)
}
