import type { Database } from '../store/database.store.ts'
import { findNumber, numberOf, textOf } from '../store/row.ts'
import { buildEvent, type BankEvent } from './events.store.ts'

/** An event on its way to a webhook. */
export interface Delivery {
  readonly event: BankEvent
  /** Attempts made so far. */
  readonly attempts: number
}

/** What is due for one client, oldest event first. */
export function listDueDeliveries(db: Database, clientId: string, nowMs: number): Delivery[] {
  const select =
    `select events.*, deliveries.attempts from deliveries join events on events.seq = deliveries.event_seq ` +
    `where deliveries.client_id = ? and deliveries.state = 'pending' and deliveries.next_at <= ? ` +
    `order by events.seq limit 1000`
  return db
    .list(select, clientId, nowMs)
    .map((row) => ({ event: buildEvent(row), attempts: numberOf(row, 'attempts') }))
}

export function listClientsWithDueDeliveries(db: Database, nowMs: number): string[] {
  const select = `select distinct client_id from deliveries where state = 'pending' and next_at <= ?`
  return db.list(select, nowMs).map((row) => textOf(row, 'client_id'))
}

export function findNextDeliveryAt(db: Database, afterMs: number): number | undefined {
  const row = db.find(`select min(next_at) as at from deliveries where state = 'pending' and next_at > ?`, afterMs)
  return row && findNumber(row, 'at')
}

export type DeliveryChange =
  | { readonly state: 'delivered' }
  | { readonly state: 'abandoned' }
  | { readonly state: 'pending'; readonly nextAt: number }

export function commitDelivery(db: Database, eventSeq: number, change: DeliveryChange): void {
  const update =
    'update deliveries set state = ?, attempts = attempts + 1, next_at = coalesce(?, next_at) where event_seq = ?'
  db.run(update, change.state, change.state === 'pending' ? change.nextAt : null, eventSeq)
}

/** The address is gone: nothing more is sent to it. The events stay in the feed. */
export function commitAbandonment(db: Database, clientId: string): void {
  db.run(`update deliveries set state = 'abandoned' where client_id = ? and state = 'pending'`, clientId)
}
