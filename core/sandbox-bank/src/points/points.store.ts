import type { SealedBooks } from '../customers/customers.store.ts'
import { commitAccount, findAccount, type Account } from '../ledger/accounts.store.ts'
import { commitSingle } from '../ledger/transfers.store.ts'
import type { Database } from '../store/database.store.ts'
import { minorOf, numberOf, textOf } from '../store/row.ts'

export const points = 'PTS'

/** Where points come from and go to, and who pays for them in money. */
export const pointsAccounts = { pool: 'acc_points_pool', issuer: 'acc_points_issuer' } as const

/** The customer's account of points, made if need be. */
export function openPointsAccount(books: SealedBooks, customerId: string): string {
  const id = books.vault.idOf('acc', 'points', customerId)
  if (!findAccount(books.db, id)) commitAccount(books.db, { id, kind: 'points', customerId, currency: points })
  return id
}

export function findPointsAccount(books: SealedBooks, customerId: string): Account | undefined {
  return findAccount(books.db, books.vault.idOf('acc', 'points', customerId))
}

interface NewLot {
  readonly id: string
  readonly accountId: string
  readonly amountMinor: bigint
  readonly at: number
  readonly expiresAt: number
}

/** Points that were earned together and end together. */
export function commitPointsLot(books: SealedBooks, { id, accountId, amountMinor, at, expiresAt }: NewLot): void {
  const insert = 'insert into points_lots (id, account_id, amount_minor, expires_at) values (?, ?, ?, ?)'
  books.db.run(insert, id, accountId, amountMinor, expiresAt)
  const movement = { dr: accountId, cr: pointsAccounts.pool, amountMinor, currency: points, at }
  commitSingle(books.db, { id: books.vault.idOf('trf', 'lot', id), ...movement })
}

export interface Lot {
  readonly id: string
  readonly leftMinor: bigint
  readonly expiresAt: number
}

/** Those with something left that have not ended, in the order in which they are used. */
export function listOpenLots(db: Database, accountId: string, nowMs: number): Lot[] {
  const select =
    'select id, amount_minor - used_minor as left_minor, expires_at from points_lots ' +
    'where account_id = ? and expires_at > ? and used_minor < amount_minor order by expires_at, id limit 200'
  return db.list(select, accountId, nowMs).map((row) => ({
    id: textOf(row, 'id'),
    leftMinor: minorOf(row, 'left_minor'),
    expiresAt: numberOf(row, 'expires_at'),
  }))
}

/** Positive: used of the lot; negative: given back to it. */
export function commitLotUse(db: Database, lotId: string, amountMinor: bigint): void {
  db.run('update points_lots set used_minor = used_minor + ? where id = ?', amountMinor, lotId)
}

/** A lot that has ended gets a little more time. */
export function commitLotLife(
  db: Database,
  lotId: string,
  { nowMs, graceMs }: { nowMs: number; graceMs: number },
): void {
  db.run('update points_lots set expires_at = ? where id = ? and expires_at <= ?', nowMs + graceMs, lotId, nowMs)
}
