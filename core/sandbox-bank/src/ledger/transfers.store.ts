import type { Database } from '../store/database.store.ts'
import { findText, minorOf, numberOf, textOf, wordOf, type Row } from '../store/row.ts'

const kinds = ['pending', 'post', 'void', 'single'] as const

/** One line of the books: `dr` receives, `cr` gives. Written once and never changed. */
export interface Transfer {
  readonly id: string
  readonly kind: (typeof kinds)[number]
  readonly dr: string
  readonly cr: string
  readonly amountMinor: bigint
  readonly currency: string
  /** The pending transfer that this one posts or voids. */
  readonly pendingId?: string
  readonly paymentId?: string
  readonly clientRef?: string
  /** Epoch milliseconds. */
  readonly at: number
}

export type Movement = Omit<Transfer, 'kind' | 'pendingId'>

/**
 * Reserves money of `cr` for `dr`. False, and nothing done, when the account has too little that is not held already:
 * the condition and the change are one statement, so no other payment can come between them.
 */
export function commitPending(db: Database, movement: Movement): boolean {
  const reserve =
    'update accounts set held_minor = held_minor + ? where id = ? and currency = ? ' +
    'and balance_minor - held_minor + limit_minor >= ?'
  const { amountMinor, cr, currency } = movement
  if (db.run(reserve, amountMinor, cr, currency, amountMinor) !== 1) return false
  insertTransfer(db, { ...movement, kind: 'pending' })
  return true
}

interface Post {
  readonly id: string
  readonly at: number
  /** Less than was reserved gives the rest back. */
  readonly amountMinor?: bigint
}

/** Moves what a pending transfer reserved. Throws when it was posted or voided before. */
export function commitPost(db: Database, pending: Transfer, outcome: Post): void {
  const { amountMinor = pending.amountMinor } = outcome
  if (amountMinor > pending.amountMinor) throw new RangeError('more is posted than was reserved')
  insertTransfer(db, { ...pending, ...outcome, amountMinor, kind: 'post', pendingId: pending.id })
  const take = 'update accounts set held_minor = held_minor - ?, balance_minor = balance_minor - ? where id = ?'
  db.run(take, pending.amountMinor, amountMinor, pending.cr)
  db.run('update accounts set balance_minor = balance_minor + ? where id = ?', amountMinor, pending.dr)
}

/** Gives back what a pending transfer reserved. Throws when it was posted or voided before. */
export function commitVoid(db: Database, pending: Transfer, outcome: { id: string; at: number }): void {
  insertTransfer(db, { ...pending, ...outcome, kind: 'void', pendingId: pending.id })
  db.run('update accounts set held_minor = held_minor - ? where id = ?', pending.amountMinor, pending.cr)
}

/** Moves at once. The table's own check refuses to overdraw a customer or a merchant. */
export function commitSingle(db: Database, movement: Movement): void {
  insertTransfer(db, { ...movement, kind: 'single' })
  db.run('update accounts set balance_minor = balance_minor - ? where id = ?', movement.amountMinor, movement.cr)
  db.run('update accounts set balance_minor = balance_minor + ? where id = ?', movement.amountMinor, movement.dr)
}

/** What is reserved for a payment or a deed, by its id. */
export function findPending(db: Database, paymentId: string): Transfer | undefined {
  const row = db.find(`select * from transfers where payment_id = ? and kind = 'pending'`, paymentId)
  return row && buildTransfer(row)
}

export function getPending(db: Database, paymentId: string): Transfer {
  const pending = findPending(db, paymentId)
  if (!pending) throw new Error('a payment in progress has no pending transfer')
  return pending
}

/** The newest, oldest of them first. */
export function listTransfers(db: Database, limit: number): Transfer[] {
  return db.list('select * from transfers order by seq desc limit ?', limit).map(buildTransfer).reverse()
}

/** What a balanced set of books adds up to: zero, for every currency. */
export function listTotals(db: Database): { currency: string; totalMinor: bigint }[] {
  const rows = db.list('select currency, sum(balance_minor) as total from accounts group by currency order by currency')
  return rows.map((row) => ({ currency: textOf(row, 'currency'), totalMinor: minorOf(row, 'total') }))
}

function insertTransfer(db: Database, transfer: Transfer): void {
  const { id, kind, dr, cr, amountMinor, currency, at } = transfer
  const insert =
    'insert into transfers (id, kind, dr, cr, amount_minor, currency, pending_id, payment_id, client_ref, at) ' +
    'values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
  const references = [transfer.pendingId ?? null, transfer.paymentId ?? null, transfer.clientRef ?? null]
  db.run(insert, id, kind, dr, cr, amountMinor, currency, ...references, at)
}

function buildTransfer(row: Row): Transfer {
  const [pendingId, paymentId, clientRef] = ['pending_id', 'payment_id', 'client_ref'].map((name) =>
    findText(row, name),
  )
  return {
    id: textOf(row, 'id'),
    kind: wordOf(row, 'kind', kinds),
    dr: textOf(row, 'dr'),
    cr: textOf(row, 'cr'),
    amountMinor: minorOf(row, 'amount_minor'),
    currency: textOf(row, 'currency'),
    ...(pendingId === undefined ? {} : { pendingId }),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(clientRef === undefined ? {} : { clientRef }),
    at: numberOf(row, 'at'),
  }
}
