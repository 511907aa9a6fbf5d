import type { StatementLine } from '@inthread/sdk/bank'
import type { Reader, Sealer, TenantScope } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { sumForMerchant } from '../book/movements.ts'
import { bookedOf } from '../orders/booked.ts'
import { openOffer, openSheet } from '../orders/sheet.ts'
import { isOfOwnLine, mineOf, nameOf, readCorrections } from '../breaks/tally.store.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables, OrderRow } from '../schema/tables.ts'
import { boundsOf, dayOf } from './bank-day.ts'
import type { KnownLine } from './directions.ts'
import { addTo, differ, directionOf, isAgain, isBooked, isKeptBack, scale, sumOf, type Sums } from './line.ts'
import { wholeDays } from './statement.store.ts'
import { nameOf as lineNameOf, type OwnItem, type OwnItems } from './match.ts'

export interface OwnQuery {
  readonly bankId: string
  readonly day: string
  readonly zone: string
  readonly lines: readonly StatementLine[]
  readonly sealer: Sealer
}

const atOnce = 500

/** What the book has of a day: all that the lines name, and all that was settled then. */
export async function readOwnItems(reader: Reader, scope: TenantScope, query: OwnQuery): Promise<OwnItems> {
  const refs = [...new Set(query.lines.flatMap(({ clientRef, bankRef }) => [clientRef ?? bankRef, bankRef]))]
  const orders = new Map<string, OrderRow>()
  const refunds = new Map<string, RefundRow>()
  for (let start = 0; start < refs.length; start += atOnce) {
    const part = refs.slice(start, start + atOnce)
    for (const row of await findNamed(reader, scope, { table: 'bank_order', refs: part })) orders.set(row.id, row)
    for (const row of await findNamed(reader, scope, { table: 'refund', refs: part })) refunds.set(row.id, row)
  }
  const expected = new Set<string>()
  for (const row of await listSettledOrders(reader, scope, query)) expected.add(keep(orders, row))
  for (const row of await listSettledRefunds(reader, scope, query)) expected.add(keep(refunds, row))
  const found = [
    ...[...orders.values()].filter(isOf(query)).map((row) => buildOrder(row, query, expected)),
    ...[...refunds.values()].filter(isOf(query)).map((row) => buildRefund(row, query, expected)),
  ]
  const items = await addCorrections(reader, scope, found)
  const known = await readKnown(reader, scope, query)
  return { items, day: query.day, known, ...(await readSeen(reader, scope, { ...query, items })) }
}

/** What the lines of a day name on other days. */
async function readKnown(
  reader: Reader,
  scope: TenantScope,
  { bankId, day, lines }: OwnQuery,
): Promise<readonly KnownLine[]> {
  const refs = [...new Set(lines.flatMap(({ reversalOf }) => reversalOf?.slice(0, 190) ?? []))]
  const known: KnownLine[] = []
  for (let start = 0; start < refs.length; start += atOnce) {
    const rows = await sqlOf<FinanceTables>(reader)
      .selectFrom('statement_line')
      .select(['bank_ref', 'kind', 'status', 'reversal_of', 'takes_back'])
      .where('tenant_id', '=', scope.tenantId)
      .where('bank_id', '=', bankId)
      .where('bank_ref', 'in', refs.slice(start, start + atOnce))
      .where('day', '!=', day)
      .where('day', 'in', wholeDays(reader, scope, bankId))
      .execute()
    for (const row of rows.filter(isBooked))
      known.push({ bankRef: row.bank_ref, kind: row.kind, back: isKeptBack(row, undefined) })
  }
  return known
}

const isOf =
  ({ bankId }: OwnQuery) =>
  (row: { readonly bank_id: string }): boolean =>
    row.bank_id === bankId

function keep<T extends { readonly id: string }>(known: Map<string, T>, row: T): string {
  known.set(row.id, row)
  return row.id
}

function findNamed<T extends 'bank_order' | 'refund'>(
  reader: Reader,
  scope: TenantScope,
  { table, refs }: { readonly table: T; readonly refs: readonly string[] },
): Promise<FinanceTables[T][]> {
  const list = sql.join(refs)
  return sql<FinanceTables[T]>`select * from ${sql.table(table)}
    where tenant_id = ${scope.tenantId} and (id in (${list}) or bank_ref in (${list}))`
    .execute(sqlOf(reader))
    .then(({ rows }) => [...rows])
}

/** Only what the merchant gets is on the merchant's statement: payments, and what else pays it when it does. */
async function listSettledOrders(reader: Reader, scope: TenantScope, { bankId, day }: OwnQuery): Promise<OrderRow[]> {
  const { from, until } = boundsOf(day)
  const succeeded = sqlOf<FinanceTables>(reader)
    .selectFrom('bank_order')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('state', '=', 'succeeded')
  const payments = succeeded.where('settled_at', '>=', from).where('settled_at', '<', until).where('route', 'is', null)
  const others = succeeded.where('captured_at', '>=', from).where('captured_at', '<', until)
  return [...(await payments.execute()), ...(await others.execute())]
}

function listSettledRefunds(reader: Reader, scope: TenantScope, { bankId, day }: OwnQuery): Promise<RefundRow[]> {
  const { from, until } = boundsOf(day)
  return sqlOf<FinanceTables>(reader)
    .selectFrom('refund')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('bank_id', '=', bankId)
    .where('state', '=', 'succeeded')
    .where('settled_at', '>=', from)
    .where('settled_at', '<', until)
    .execute()
}

function buildOrder(row: OrderRow, { zone, sealer }: OwnQuery, expected: ReadonlySet<string>): OwnItem {
  const undecided = row.state === 'processing' || row.state === 'requires_action' || row.state === 'confirmed'
  return {
    kind: 'order',
    id: row.id,
    orderId: row.id,
    bankRef: row.bank_ref,
    amountMinor: row.captured_minor ?? shareOf(row, sealer),
    currency: row.currency,
    state: row.state === 'succeeded' || row.state === 'conflicted' ? row.state : undecided ? 'open' : 'ended',
    booked: sumOf(row.currency, row.state === 'succeeded' ? mineOf(row) : 0n),
    fee: sumOf(row.currency, row.fee_minor ?? 0n),
    day: dayOfOrder(row, zone, expected),
    payerMask: openSheet(sealer, row)?.payer.mask,
    payeeMask: openOffer(sealer, row)?.payee.account,
  }
}

/** What the merchant would get of it; of what goes to somebody else, what the user pays. */
function shareOf(row: OrderRow, sealer: Sealer): bigint {
  const share = row.route === null ? 0n : sumForMerchant(bookedOf(row, sealer))
  return share === 0n ? row.amount_minor : share
}

function dayOfOrder(row: OrderRow, zone: string, expected: ReadonlySet<string>): string | undefined {
  const at = row.captured_at ?? row.settled_at
  return at === null || !expected.has(row.id) ? undefined : dayOf(at, zone)
}

function buildRefund(row: RefundRow, { zone }: OwnQuery, expected: ReadonlySet<string>): OwnItem {
  return {
    kind: 'refund',
    id: row.id,
    orderId: row.order_id,
    bankRef: row.bank_ref,
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: judgeRefundState(row),
    booked: sumOf(row.currency, row.state === 'succeeded' ? row.amount_minor : 0n),
    fee: sumOf(row.currency, row.fee_minor ?? 0n),
    day: row.settled_at === null || !expected.has(row.id) ? undefined : dayOf(row.settled_at, zone),
    payerMask: undefined,
    payeeMask: undefined,
  }
}

/** In processing without a task it is in conflict: two people have to decide it. */
function judgeRefundState({ state, task }: RefundRow): OwnItem['state'] {
  if (state === 'processing') return task === null ? 'conflicted' : 'open'
  return state === 'succeeded' ? 'succeeded' : 'ended'
}

/** What people have corrected of what the lines should say is part of what is compared. */
async function addCorrections(
  reader: Reader,
  scope: TenantScope,
  items: readonly OwnItem[],
): Promise<readonly OwnItem[]> {
  const all = new Map<string, Sums>()
  const orderIds = [...new Set(items.map(({ orderId }) => orderId))]
  for (let start = 0; start < orderIds.length; start += atOnce) {
    const part = { orderIds: orderIds.slice(start, start + atOnce), counts: isOfOwnLine }
    for (const [name, sums] of await readCorrections(reader, scope, part)) all.set(name, sums)
  }
  if (all.size === 0) return items
  return items.map((item) => {
    const against = item.kind === 'refund' ? 1n : -1n
    const corrected = (of: 'amount' | 'fee'): Sums => scale(all.get(nameOf(item.id, of)) ?? new Map(), against)
    return { ...item, booked: differ(item.booked, corrected('amount')), fee: differ(item.fee, corrected('fee')) }
  })
}

async function readSeen(
  reader: Reader,
  scope: TenantScope,
  { bankId, day, items }: OwnQuery & { readonly items: readonly OwnItem[] },
): Promise<Pick<OwnItems, 'seen' | 'fees'>> {
  const seen = new Set<string>()
  const fees = new Map<string, Map<string, bigint>>()
  const kinds = new Map(items.map(({ id, kind }) => [id, kind]))
  for (let start = 0; start < items.length; start += atOnce) {
    const rows = await sqlOf<FinanceTables>(reader)
      .selectFrom('statement_line')
      .select(['kind', 'object_id', 'status', 'amount_minor', 'currency', 'reversal_of', 'takes_back'])
      .where('tenant_id', '=', scope.tenantId)
      .where(
        'object_id',
        'in',
        items.slice(start, start + atOnce).map(({ id }) => id),
      )
      .where('bank_id', '=', bankId)
      .where('day', '!=', day)
      .where('day', 'in', wholeDays(reader, scope, bankId))
      .execute()
    for (const row of rows.filter(isBooked)) {
      const id = row.object_id ?? ''
      const back = isKeptBack(row, kinds.get(id) ?? 'order')
      if (row.kind !== 'fee') {
        if (!isAgain({ reversalOf: row.reversal_of ?? undefined }, back)) seen.add(lineNameOf({ id }, back))
        continue
      }
      const sums = fees.get(id) ?? new Map<string, bigint>()
      fees.set(id, addTo(sums, row.currency, directionOf({ back }) * row.amount_minor))
    }
  }
  return { seen, fees }
}
