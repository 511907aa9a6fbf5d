import { moneyToWire, type WireMoney } from '@inthread/sdk/money'
import type { Store, TenantScope } from '@inthread/store'
import { boundsOf, dayOf } from '../reconcile/bank-day.ts'
import type { BookEntry } from './entry.ts'
import { listEntries, listPaidOut, type EntryCursor } from './entries.view.store.ts'

/** What a day came to, in one currency. */
export interface BookDay {
  readonly day: string
  readonly currency: string
  readonly payments: number
  readonly refunds: number
  readonly captured: WireMoney
  readonly refunded: WireMoney
  readonly fees: WireMoney
  readonly commission: WireMoney
  /** Due to the merchant for this day. */
  readonly payable: WireMoney
  /** What banks have paid out on this day, whatever it was for. */
  readonly paidOut: WireMoney
}

export interface DaysQuery {
  readonly from: string
  readonly until: string
  readonly zone: string
}

const atOnce = 500

interface Sum {
  payments: number
  refunds: number
  captured: bigint
  refunded: bigint
  fees: bigint
  commission: bigint
  payable: bigint
  paidOut: bigint
}

/** Day by day, read in pages: however much was sold, little of it is held at once. */
export async function listDays(store: Store, scope: TenantScope, query: DaysQuery): Promise<readonly BookDay[]> {
  const sums = new Map<string, Sum>()
  const sumOf = (day: string, currency: string): Sum => {
    const key = `${day} ${currency}`
    const known = sums.get(key) ?? buildSum()
    sums.set(key, known)
    return known
  }
  for await (const entry of readEntries(store, scope, query))
    addEntry(sumOf(dayOf(entry.at, query.zone), entry.currency), entry)
  const paid = await store.read('books.paid_out', (reader) => listPaidOut(reader, scope, query))
  for (const { day, currency, amountMinor } of paid) sumOf(day, currency).paidOut += amountMinor
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, sum]) => buildDay(key, sum))
}

/** Every entry of these days, in the order in which they were settled. */
async function* readEntries(
  store: Store,
  scope: TenantScope,
  { from, until, zone }: DaysQuery,
): AsyncGenerator<BookEntry> {
  const bounds = { from: boundsOf(from).from, until: boundsOf(until).until }
  for (let after: EntryCursor | undefined; ;) {
    const page = await store.read('books.entries', (reader) =>
      listEntries(reader, scope, { ...bounds, after, limit: atOnce }),
    )
    for (const entry of page) {
      const day = dayOf(entry.at, zone)
      if (day >= from && day <= until) yield entry
    }
    const last = page.at(-1)
    if (!last || page.length < atOnce) return
    after = { at: last.at, id: last.id }
  }
}

function buildSum(): Sum {
  return { payments: 0, refunds: 0, captured: 0n, refunded: 0n, fees: 0n, commission: 0n, payable: 0n, paidOut: 0n }
}

function addEntry(sum: Sum, entry: BookEntry): void {
  if (entry.kind === 'payment') {
    sum.payments += 1
    sum.captured += entry.amountMinor
  } else {
    sum.refunds += 1
    sum.refunded -= entry.amountMinor
  }
  sum.fees += entry.feeMinor
  sum.commission += entry.commissionMinor
  sum.payable += entry.netMinor
}

function buildDay(key: string, { payments, refunds, ...sums }: Sum): BookDay {
  const [day = '', currency = ''] = key.split(' ')
  const wire = (amountMinor: bigint): WireMoney => moneyToWire({ amountMinor, currency })
  return {
    day,
    currency,
    payments,
    refunds,
    captured: wire(sums.captured),
    refunded: wire(sums.refunded),
    fees: wire(sums.fees),
    commission: wire(sums.commission),
    payable: wire(sums.payable),
    paidOut: wire(sums.paidOut),
  }
}
