import type { AccountPair, BesideDeclaration, BookDeclaration } from '@inthread/sdk/capability'
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
  /** Where it is no payment to the tenant: between which accounts. */
  readonly book?: BookDeclaration
  readonly payeeId?: string
  /** What its quote names, and what it counts. */
  readonly product?: string
  readonly counted?: Counted
  /** What the bank has moved of it, where that is less: the rest of what was held is free again (P21). */
  readonly movedMinor?: bigint
}

/** Members of a quote that count something: an amount, or how many of what the capability says. */
export type Counted = Readonly<Record<string, { readonly minor: string; readonly currency?: string | undefined }>>

/** The user confirmed: the amount is spoken for, and what goes along with it. */
export function buildHolds(order: BookedOrder, at: number): readonly MovementRow[] {
  return listHolds(order).map(({ name, pair, amount }): MovementRow => {
    return { ...rowOf(order, { name: ['hold', ...name], amount, at }), kind: 'pending', ...accountsOf(order, pair) }
  })
}

/** The bank did it: what is held is posted, what follows at once is booked, and the bank's fee. */
export function buildPosting(order: BookedOrder, fee: Money, at: number): readonly MovementRow[] {
  const posts = buildEnds(order, 'post', at)
  const following = listFollowing(order).map(({ name, pair, amount }): MovementRow => {
    return { ...rowOf(order, { name, amount, at }), kind: 'single', ...accountsOf(order, pair) }
  })
  if (fee.amountMinor === 0n) return [...posts, ...following]
  const accounts = accountsOf(order, pairsOf(order).fee)
  const amount = { ...order.amount, amountMinor: fee.amountMinor }
  return [...posts, ...following, { ...rowOf(order, { name: ['fee'], amount, at }), kind: 'single', ...accounts }]
}

/** The bank refused: nothing moved. */
export function buildVoids(order: BookedOrder, at: number): readonly MovementRow[] {
  return buildEnds(order, 'void', at)
}

/** What follows from a later state of the bank's resource; nothing where the capability knows of nothing. */
export function buildAfter(order: BookedOrder, state: string, at: number): readonly MovementRow[] {
  const after = order.book?.after
  const pair = after && Object.hasOwn(after, state) ? after[state] : undefined
  if (!pair) return []
  const row = rowOf(order, { name: ['after', state], amount: order.amount, at })
  return [{ ...row, kind: 'single', ...accountsOf(order, pair) }]
}

interface Moving {
  /** Behind what it is: nothing for the amount itself, the member for what goes along with it. */
  readonly name: readonly string[]
  readonly pair: AccountPair
  readonly amount: Money
}

function listHolds(order: BookedOrder): readonly Moving[] {
  const { hold, beside = [] } = order.book ?? payment
  const more = beside.flatMap((declared): Moving[] => {
    const amount = amountBeside(order, declared)
    return amount && declared.hold ? [{ name: [declared.member], pair: declared.hold, amount }] : []
  })
  return [{ name: [], pair: hold, amount: order.amount }, ...more]
}

function listFollowing(order: BookedOrder): readonly Moving[] {
  const { then, beside = [] } = order.book ?? payment
  const more = beside.flatMap((declared): Moving[] => {
    const amount = amountBeside(order, declared)
    if (!amount) return []
    return (declared.then ?? []).map((pair, n) => ({ name: ['beside', declared.member, String(n)], pair, amount }))
  })
  const amount = { ...order.amount, amountMinor: order.movedMinor ?? order.amount.amountMinor }
  return then ? [{ name: ['allocation'], pair: then, amount }, ...more] : more
}

/** What the quote counts of it; undefined for nothing. */
function amountBeside({ counted, amount }: BookedOrder, { member, asset }: BesideDeclaration): Money | undefined {
  const found = counted && Object.hasOwn(counted, member) ? counted[member] : undefined
  if (!found || found.minor === '0') return undefined
  return { amountMinor: BigInt(found.minor), currency: found.currency ?? asset ?? amount.currency }
}

function buildEnds(order: BookedOrder, kind: 'post' | 'void', at: number): readonly MovementRow[] {
  const holds = buildHolds(order, at)
  return listHolds(order).flatMap(({ name }, index): MovementRow[] => {
    const hold = holds[index]
    if (!hold) return []
    const { movedMinor = hold.amount_minor } = name.length === 0 && kind === 'post' ? order : {}
    return [{ ...hold, id: idOf(order, ['end', ...name]), kind, pending_id: hold.id, amount_minor: movedMinor }]
  })
}

interface Entry {
  readonly name: readonly string[]
  readonly amount: Money
  readonly at: number
}

function rowOf(order: BookedOrder, { name, amount, at }: Entry): Omit<MovementRow, 'kind' | 'dr' | 'cr'> {
  return {
    tenant_id: order.tenantId,
    id: idOf(order, name),
    order_id: order.orderId,
    amount_minor: amount.amountMinor,
    currency: amount.currency,
    pending_id: null,
    at,
  }
}

function idOf({ orderId }: BookedOrder, name: readonly string[]): string {
  return deriveId(orderId, 'movement', ...name)
}

const due = 'ext:tenant:{tenant}:due'

/** What a payment does: into the bank's clearing, and from there to the tenant. */
const payment: BookDeclaration = {
  hold: { debit: 'bank:{bank}:clearing', credit: 'ext:customer:{user}' },
  then: { debit: due, credit: 'bank:{bank}:clearing' },
}

/** Whether the merchant has the money when the bank has done it; later is another matter. */
export function paysMerchant(book: BookDeclaration | undefined): boolean {
  const { hold, then } = book ?? payment
  return hold.debit === due || then?.debit === due
}

/** What the merchant has of an order that has succeeded, in the order's currency. */
export function sumForMerchant(order: BookedOrder): bigint {
  if (!paysMerchant(order.book)) return 0n
  const beside = listFollowing(order).filter(({ name, pair }) => name[0] === 'beside' && pair.debit === due)
  return beside
    .filter(({ amount }) => amount.currency === order.amount.currency)
    .reduce((sum, { amount }) => sum + amount.amountMinor, order.movedMinor ?? order.amount.amountMinor)
}

/** Of a later state by which the merchant has the money, as when a safe hand lets go of it. */
export function isMerchants({ book }: BookedOrder, state: string): boolean {
  return book?.after !== undefined && Object.hasOwn(book.after, state) && book.after[state]?.debit === due
}

/** From whoever pays to whoever has it in the end; and to the bank from whoever bears its fee. */
export function pairsOf({ book }: Pick<BookedOrder, 'book'>): {
  readonly money: AccountPair
  readonly fee: AccountPair
} {
  const { hold, then } = book ?? payment
  // What follows may pass the money on, or note something beside it.
  const last = then?.credit === hold.debit ? then : hold
  // Whoever sells bears the fee; where nobody sells, whoever asked for it.
  const bearer = paysMerchant(book) ? due : 'ext:customer:{user}'
  const fee = { debit: 'bank:{bank}:fee-income', credit: bearer }
  return { money: { debit: last.debit, credit: hold.credit }, fee }
}

/**
 * Back to where it came from: out of what the merchant is owed, and what was noted beside it is taken back.
 */
export function pairsBack({ book }: Pick<BookedOrder, 'book'>): {
  readonly money: AccountPair
  readonly beside: AccountPair | undefined
} {
  const { hold, then } = book ?? payment
  const money = { debit: hold.credit, credit: due }
  const noted = then && then.debit !== due ? { debit: then.credit, credit: then.debit } : undefined
  return { money, beside: noted }
}

export function accountsOf(order: BookedOrder, { debit, credit }: AccountPair): { dr: string; cr: string } {
  const payee = order.payeeId ?? ''
  const names: Readonly<Record<string, string>> = {
    user: order.subscriberId,
    tenant: order.tenantId,
    bank: order.bankId,
    payee,
    order: order.orderId,
    product: order.product ?? payee,
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
