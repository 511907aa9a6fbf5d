import type { Instant } from '@inthread/sdk/time'
import type { Transaction } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { accountsOf, pairsOf } from '../book/movements.ts'
import { bookedOf } from '../orders/booked.ts'
import type { FinancePorts } from '../ports.ts'
import type { Sums } from '../reconcile/line.ts'
import { returnToCaptured } from '../refunds/refund.store.ts'
import type { BreakRow } from '../schema/book-tables.ts'
import type { MovementRow } from '../schema/tables.ts'
import { correctionIdOf, mineOf, type Tallied } from './tally.store.ts'

export interface Following {
  readonly row: BreakRow
  /** Undefined for what the bank knows and nobody here does. */
  readonly about: Tallied | undefined
  readonly of: 'amount' | 'fee'
  /** What is to be booked; see {@link Tally} for the direction. */
  readonly differences: Sums
  /** What stood in the book until now, in the order's own currency. */
  readonly bookedMinor: bigint
  readonly now: Instant
}

/** New movements that name nothing old: what is in the book stays there. */
export async function followBank(
  tx: Transaction,
  { row, about, of, differences, bookedMinor, now }: Following,
  { sealer }: Pick<FinancePorts, 'sealer'>,
): Promise<void> {
  const { dr: to, cr: from } = findAccounts({ row, about, of }, sealer)
  const rows = [...differences].map(([currency, value]): MovementRow => {
    const more = value > 0n
    return {
      tenant_id: row.tenant_id,
      id: correctionIdOf(row, { currency, more }),
      order_id: row.order_id === '' ? row.id : row.order_id,
      kind: 'single',
      dr: more ? to : from,
      cr: more ? from : to,
      amount_minor: more ? value : -value,
      currency,
      pending_id: null,
      at: now,
    }
  })
  if (rows.length > 0) await insertAll(tx, 'movement', rows)
  const difference = about && of === 'amount' ? (differences.get(about.order.currency) ?? 0n) : 0n
  if (about && difference !== 0n) await followInRefunds(tx, about, { difference, bookedMinor })
}

/** Between the same accounts as the order itself; of what nobody here knows, from somebody to the tenant. */
function findAccounts(
  { row, about, of }: Pick<Following, 'row' | 'about' | 'of'>,
  sealer: FinancePorts['sealer'],
): { readonly dr: string; readonly cr: string } {
  const due = `ext:tenant:${row.tenant_id}:due`
  if (about) {
    const booked = bookedOf(about.order, sealer)
    const { money, fee } = pairsOf(booked)
    return accountsOf(booked, of === 'fee' ? fee : money)
  }
  return of === 'fee' ? { dr: `bank:${row.bank_id}:fee-income`, cr: due } : { dr: due, cr: 'ext:customer:unknown' }
}

/**
 * What a refund may still be given of: money that the bank has taken back, or never had, is not given back once more;
 * and what a refund has given that the bank knows nothing of is there again.
 */
async function followInRefunds(
  tx: Transaction,
  { order, refund }: Tallied,
  { difference, bookedMinor }: { readonly difference: bigint; readonly bookedMinor: bigint },
): Promise<void> {
  const givenBy = (minor: bigint): bigint => (minor < 0n ? -minor : 0n)
  if (refund) return returnToCaptured(tx, order, givenBy(bookedMinor) - givenBy(bookedMinor + difference))
  if (order.state !== 'succeeded') return
  const whole = mineOf(order)
  const shortOf = (minor: bigint): bigint => (minor < whole ? whole - minor : 0n)
  await returnToCaptured(tx, order, shortOf(bookedMinor) - shortOf(bookedMinor + difference))
}
