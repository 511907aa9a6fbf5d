import type { BankResource } from '@inthread/sdk/bank'
import { findWireMoney } from '@inthread/sdk/money'
import type { Instant } from '@inthread/sdk/time'
import type { Sealer, Transaction } from '@inthread/store'
import { insertNew, sqlOf } from '@inthread/store/sql'
import { buildAfter, isMerchants, sumForMerchant, type BookedOrder } from '../book/movements.ts'
import type { BookedRefund } from '../book/refund-movements.ts'
import type { RefundRow } from '../schema/book-tables.ts'
import type { FinanceTables, MovementRow, OrderRow } from '../schema/tables.ts'
import { openBreak } from './break.store.ts'
import { commitChange, type OrderChange } from './order.store.ts'
import { routeOf } from './route.ts'
import { openOffer } from './sheet.ts'

/** The part of an order that the book knows. */
export function bookedOf(order: OrderRow, sealer: Sealer): BookedOrder {
  const { book } = routeOf(order)
  const plain = {
    tenantId: order.tenant_id,
    orderId: order.id,
    bankId: order.bank_id,
    subscriberId: order.subscriber_id,
    amount: { amountMinor: order.amount_minor, currency: order.currency },
  }
  if (!book) return plain
  const offer = openOffer(sealer, order)
  const { product, counted } = offer?.quote ?? {}
  return {
    ...{ ...plain, book, payeeId: offer?.payee.id ?? '' },
    ...(product === undefined ? {} : { product }),
    ...(counted === undefined ? {} : { counted }),
  }
}

/** … of which the bank has moved only a part, where its resource says so. */
export function partOf(booked: BookedOrder, resource: BankResource | undefined): BookedOrder {
  const state = resource?.['state']
  const part = booked.book?.part
  if (typeof state !== 'string' || !part || !Object.hasOwn(part, state)) return booked
  const moved = findWireMoney(resource?.[part[state] ?? ''])
  const { amountMinor, currency } = booked.amount
  const isPart = moved?.currency === currency && moved.amountMinor > 0n && moved.amountMinor < amountMinor
  return isPart ? { ...booked, movedMinor: moved.amountMinor } : booked
}

export function bookedRefundOf(refund: RefundRow, order: OrderRow, sealer: Sealer): BookedRefund {
  return { refund, order: bookedOf(order, sealer) }
}

/** When the merchant got it, and how much, of an order that has succeeded; of a payment its row says so anyway. */
export function capturedOf(order: OrderRow, booked: BookedOrder, now: Instant): OrderChange {
  const minor = order.route === null ? 0n : sumForMerchant(booked)
  return minor === 0n ? {} : { captured_at: now, captured_minor: minor }
}

export interface Afterwards {
  /** What the bank has said of its resource by now. */
  readonly states: readonly string[]
  readonly now: Instant
  readonly sealer: Sealer
}

/**
 * What follows from a state that came after success: once for each, whoever says it and how often. Not for an order of
 * which no money has moved.
 */
export async function bookAfter(tx: Transaction, order: OrderRow, { states, now, sealer }: Afterwards): Promise<void> {
  if (routeOf(order).book?.after === undefined || order.amount_minor === 0n) return
  const booked = bookedOf(order, sealer)
  for (const state of new Set(states)) {
    const rows = buildAfter(booked, state, now)
    if (rows.length === 0) continue
    if (await isTaken(tx, booked, { state, rows })) {
      const detail = { here: order.state, bank: state }
      await openBreak(tx, order, { kind: 'state_differs', detail, now })
      continue
    }
    await insertNew(tx, 'movement', { rows, key: 'id' })
    if (!isMerchants(booked, state) || order.captured_at !== null) continue
    await commitChange(tx, order, { captured_at: now, captured_minor: order.amount_minor })
  }
}

interface Following {
  readonly state: string
  readonly rows: readonly MovementRow[]
}

/** Whether another state has taken it from the same account: what a safe hand has let go of, it cannot give back. */
async function isTaken(tx: Transaction, booked: BookedOrder, { state, rows }: Following): Promise<boolean> {
  const states = Object.keys(booked.book?.after ?? {}).filter((other) => other !== state)
  const others = states.flatMap((other) => buildAfter(booked, other, 0))
  const ids = others.filter(({ cr }) => rows.some((row) => row.cr === cr)).map(({ id }) => id)
  if (ids.length === 0) return false
  const found = await sqlOf<FinanceTables>(tx)
    .selectFrom('movement')
    .select('id')
    .where('tenant_id', '=', booked.tenantId)
    .where('id', 'in', ids)
    .executeTakeFirst()
  return found !== undefined
}

/** States of which the bank has told us by notice; one may have come before the answer to our question. */
export async function listTold(tx: Transaction, { tenant_id, bank_id, id }: OrderRow): Promise<readonly string[]> {
  const rows = await sqlOf<FinanceTables>(tx)
    .selectFrom('notice')
    .select('state')
    .where('tenant_id', '=', tenant_id)
    .where('bank_id', '=', bank_id)
    .where('order_id', '=', id)
    .execute()
  return rows.map(({ state }) => state)
}
