import type { Database } from '../store/database.store.ts'
import { findNumber, findText, minorOf, numberOf, textOf, wordOf, type Row } from '../store/row.ts'
import { failureCodes, type FailureCode } from './failure.ts'

export const paymentStates = ['processing', 'authorised', 'succeeded', 'failed', 'cancelled'] as const
export type PaymentState = (typeof paymentStates)[number]

export const captures = ['automatic', 'manual'] as const

export interface Payment {
  readonly id: string
  readonly clientId: string
  readonly clientRef: string
  readonly confirmationId: string
  readonly accountId: string
  readonly amountMinor: bigint
  /** Taken from the payee when the payment succeeds. */
  readonly feeMinor: bigint
  readonly currency: string
  /** `manual`: the money is held until it is captured, in whole or in part. */
  readonly capture: (typeof captures)[number]
  readonly capturedMinor: bigint
  readonly state: PaymentState
  readonly failureCode?: FailureCode
  readonly descriptionSealed?: string
  readonly version: number
  /** Requests that asked for this payment, repeated ones included. */
  readonly attempts: number
  /** When the bank goes on by itself: settles what is processing, gives back what nobody captured. */
  readonly settleAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

export type NewPayment = Omit<Payment, 'version' | 'attempts' | 'updatedAt' | 'capturedMinor'>

export function commitNewPayment(db: Database, payment: NewPayment): void {
  const { id, clientId, clientRef, confirmationId, accountId, amountMinor, feeMinor, currency, state } = payment
  const insert =
    'insert into payments (id, client_id, client_ref, confirmation_id, account_id, amount_minor, fee_minor, ' +
    'currency, capture, state, failure_code, description_sealed, version, attempts, settle_at, created_at, ' +
    'updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, ?, ?, ?)'
  const names = [id, clientId, clientRef, confirmationId, accountId]
  const optional = [payment.failureCode ?? null, payment.descriptionSealed ?? null]
  const times = [payment.settleAt, payment.createdAt, payment.createdAt]
  db.run(insert, ...names, amountMinor, feeMinor, currency, payment.capture, state, ...optional, ...times)
}

export function findPayment(db: Database, clientId: string, id: string): Payment | undefined {
  const row = db.find('select * from payments where id = ? and client_id = ?', id, clientId)
  return row && buildPayment(row)
}

export function getPayment(db: Database, clientId: string, id: string): Payment {
  const payment = findPayment(db, clientId, id)
  if (!payment) throw new Error('a payment that is referred to is missing')
  return payment
}

/** Whoever's it is: for the bank's own work. */
export function findPaymentOf(db: Database, id: string): Payment | undefined {
  const row = db.find('select * from payments where id = ?', id)
  return row && buildPayment(row)
}

export function findPaymentByRef(db: Database, clientId: string, clientRef: string): Payment | undefined {
  const row = db.find('select * from payments where client_id = ? and client_ref = ?', clientId, clientRef)
  return row && buildPayment(row)
}

interface Page {
  readonly updatedAfterMs: number
  /** The last payment of the page before. */
  readonly after?: { readonly createdAt: number; readonly id: string }
  readonly limit: number
}

/** In the order of creation, which never changes, so that a page cannot skip or repeat what changes meanwhile. */
export function listPayments(db: Database, clientId: string, page: Page): Payment[] {
  const { createdAt, id } = page.after ?? { createdAt: -1, id: '' }
  const select =
    'select * from payments where client_id = ? and updated_at > ? and (created_at, id) > (?, ?) ' +
    'order by created_at, id limit ?'
  return db.list(select, clientId, page.updatedAfterMs, createdAt, id, page.limit).map(buildPayment)
}

export function listAllPayments(db: Database, limit: number): Payment[] {
  return db.list('select * from payments order by created_at desc, id limit ?', limit).map(buildPayment)
}

export function listDuePayments(db: Database, nowMs: number): Payment[] {
  const select =
    `select * from payments where state in ('processing', 'authorised') and settle_at <= ? ` +
    'order by settle_at, id limit 100'
  return db.list(select, nowMs).map(buildPayment)
}

export function findNextSettlementAt(db: Database): number | undefined {
  const row = db.find(`select min(settle_at) as at from payments where state in ('processing', 'authorised')`)
  return row && findNumber(row, 'at')
}

export interface PaymentChange {
  readonly state: PaymentState
  readonly failureCode?: FailureCode
  readonly capturedMinor?: bigint
  readonly feeMinor?: bigint
  readonly settleAt?: number
  readonly at: number
}

/** False when the payment was changed before. */
export function commitPaymentChange(db: Database, payment: Payment, change: PaymentChange): boolean {
  const update =
    'update payments set state = ?, failure_code = ?, captured_minor = ?, fee_minor = ?, settle_at = ?, ' +
    'updated_at = ?, version = version + 1 where id = ? and version = ?'
  const { state, failureCode = null, at } = change
  const { capturedMinor, feeMinor, settleAt, id, version } = { ...payment, ...change }
  return db.run(update, state, failureCode, capturedMinor, feeMinor, settleAt, at, id, version) === 1
}

export function commitRepeatedAttempt(db: Database, id: string): void {
  db.run('update payments set attempts = attempts + 1 where id = ?', id)
}

function buildPayment(row: Row): Payment {
  const failureCode = row['failure_code'] === null ? undefined : wordOf(row, 'failure_code', failureCodes)
  const descriptionSealed = findText(row, 'description_sealed')
  return {
    id: textOf(row, 'id'),
    clientId: textOf(row, 'client_id'),
    clientRef: textOf(row, 'client_ref'),
    confirmationId: textOf(row, 'confirmation_id'),
    accountId: textOf(row, 'account_id'),
    amountMinor: minorOf(row, 'amount_minor'),
    feeMinor: minorOf(row, 'fee_minor'),
    currency: textOf(row, 'currency'),
    capture: wordOf(row, 'capture', captures),
    capturedMinor: minorOf(row, 'captured_minor'),
    state: wordOf(row, 'state', paymentStates),
    ...(failureCode === undefined ? {} : { failureCode }),
    ...(descriptionSealed === undefined ? {} : { descriptionSealed }),
    version: numberOf(row, 'version'),
    attempts: numberOf(row, 'attempts'),
    settleAt: numberOf(row, 'settle_at'),
    createdAt: numberOf(row, 'created_at'),
    updatedAt: numberOf(row, 'updated_at'),
  }
}
