import type { AccountPair, BookDeclaration } from '@inthread/sdk/capability'
import type { Money } from '@inthread/sdk/money'
import { deriveId } from '@inthread/store'
import type { MovementRow } from '../schema/tables.ts'

/**
 * The memo book: what must have moved at the bank, in double entry, so that every amount we show can be reconciled. The
 * platform itself never holds money.
 */
export interface BookedOrder {
  readonly tenantId: string
  readonly orderId: string
  readonly bankId: string
  readonly subscriberId: string
  readonly amount: Money
  /** Where it is no payment to the tenant: between which accounts, and who the payee is. */
  readonly book?: BookDeclaration
  readonly payeeId?: string
}

/** The user confirmed: the amount is spoken for. */
export function buildHold(order: BookedOrder, at: number): MovementRow {
  return {
    ...rowOf(order, 'hold', at),
    kind: 'pending',
    ...accountsOf(order, order.book?.hold ?? payment.hold),
    amount_minor: order.amount.amountMinor,
    pending_id: null,
  }
}

/** The bank did it: the hold is posted, what follows at once is booked, and the bank's fee is the tenant's to bear. */
export function buildPosting(order: BookedOrder, fee: Money, at: number): readonly MovementRow[] {
  const post: MovementRow = { ...endOf(order, at), kind: 'post' }
  const { then } = order.book ?? payment
  const following: MovementRow[] = then
    ? [
        {
          ...rowOf(order, 'allocation', at),
          kind: 'single',
          ...accountsOf(order, then),
          amount_minor: order.amount.amountMinor,
          pending_id: null,
        },
      ]
    : []
  if (fee.amountMinor === 0n) return [post, ...following]
  const feeRow: MovementRow = {
    ...rowOf(order, 'fee', at),
    kind: 'single',
    dr: `bank:${order.bankId}:fee-income`,
    cr: `ext:tenant:${order.tenantId}:due`,
    amount_minor: fee.amountMinor,
    pending_id: null,
  }
  return [post, ...following, feeRow]
}

/** The bank refused: nothing moved. */
export function buildVoid(order: BookedOrder, at: number): MovementRow {
  return { ...endOf(order, at), kind: 'void' }
}

function endOf(order: BookedOrder, at: number): Omit<MovementRow, 'kind'> {
  const hold = buildHold(order, at)
  return { ...hold, id: deriveId(order.orderId, 'movement', 'end'), pending_id: hold.id, at }
}

function rowOf(
  order: BookedOrder,
  name: string,
  at: number,
): Pick<MovementRow, 'tenant_id' | 'id' | 'order_id' | 'currency' | 'at'> {
  return {
    tenant_id: order.tenantId,
    id: deriveId(order.orderId, 'movement', name),
    order_id: order.orderId,
    currency: order.amount.currency,
    at,
  }
}

/** What a payment does: into the bank's clearing, and from there to the tenant. */
const payment: BookDeclaration = {
  hold: { debit: 'bank:{bank}:clearing', credit: 'ext:customer:{user}' },
  then: { debit: 'ext:tenant:{tenant}:due', credit: 'bank:{bank}:clearing' },
}

function accountsOf(order: BookedOrder, { debit, credit }: AccountPair): { dr: string; cr: string } {
  const names: Readonly<Record<string, string>> = {
    user: order.subscriberId,
    tenant: order.tenantId,
    bank: order.bankId,
    payee: order.payeeId ?? '',
    order: order.orderId,
  }
  const fill = (account: string): string => account.replace(/\{([a-z]+)\}/g, (_, name: string) => names[name] ?? '')
  return { dr: fill(debit), cr: fill(credit) }
}

/** Debits less credits of every account and currency, posted and pending apart. Both add up to nothing, always. */
export function sumBook(rows: readonly MovementRow[]): {
  readonly posted: ReadonlyMap<string, bigint>
  readonly pending: ReadonlyMap<string, bigint>
} {
  const posted = new Map<string, bigint>()
  const pending = new Map<string, bigint>()
  const ended = new Set(rows.flatMap((row) => row.pending_id ?? []))
  for (const row of rows) {
    if (row.kind === 'void') continue
    if (row.kind === 'pending') {
      if (!ended.has(row.id)) addRow(pending, row)
    } else {
      addRow(posted, row)
    }
  }
  return { posted: dropZeros(posted), pending: dropZeros(pending) }
}

function addRow(balances: Map<string, bigint>, row: MovementRow): void {
  const dr = `${row.dr}|${row.currency}`
  const cr = `${row.cr}|${row.currency}`
  balances.set(dr, (balances.get(dr) ?? 0n) + row.amount_minor)
  balances.set(cr, (balances.get(cr) ?? 0n) - row.amount_minor)
}

function dropZeros(balances: Map<string, bigint>): ReadonlyMap<string, bigint> {
  return new Map([...balances].filter(([, amount]) => amount !== 0n))
}
