import type { Database } from '../store/database.store.ts'
import { numberOf, textOf, type Row } from '../store/row.ts'

/** The thing and its new state: `payment.succeeded`. */
export type EventType = `${string}.${string}`

export const eventsKeptMs = 30 * 24 * 3_600_000

/** Thin on purpose: whoever wants more reads the resource. No personal data. */
export interface EventData {
  readonly id: string
  readonly clientRef?: string
  readonly version: number
  readonly state: string
  readonly link?: string
  /** Of a statement. */
  readonly date?: string
  readonly amount?: { readonly value: string; readonly currency: string }
}

export interface BankEvent {
  readonly seq: number
  readonly id: string
  readonly clientId: string
  readonly type: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly data: unknown
}

export interface NewEvent {
  readonly id: string
  readonly clientId: string
  readonly type: EventType
  readonly at: number
  readonly data: EventData
}

/**
 * Belongs into the transaction that changes the state it tells of. Clients with a webhook that is not given up get a
 * row in the outbox with it.
 */
export function commitEventRow(db: Database, event: NewEvent): void {
  const insert = 'insert into events (id, client_id, type, at, data) values (?, ?, ?, ?, ?)'
  db.run(insert, event.id, event.clientId, event.type, event.at, JSON.stringify(event.data))
  const outbox =
    `insert into deliveries (event_seq, client_id, state, next_at) ` +
    `select events.seq, clients.id, 'pending', events.at from events join clients on clients.id = events.client_id ` +
    `where events.id = ? and clients.webhook_url is not null and clients.webhook_state <> 'disabled'`
  db.run(outbox, event.id)
}

interface Window {
  readonly afterSeq: number
  readonly sinceMs: number
  readonly limit: number
}

export function listEvents(db: Database, clientId: string, window: Window): BankEvent[] {
  const select = 'select * from events where client_id = ? and seq > ? and at > ? order by seq limit ?'
  return db.list(select, clientId, window.afterSeq, window.sinceMs, window.limit).map(buildEvent)
}

export function commitEventOblivion(db: Database, nowMs: number): void {
  db.run('delete from events where at <= ?', nowMs - eventsKeptMs)
}

export function buildEvent(row: Row): BankEvent {
  return {
    seq: numberOf(row, 'seq'),
    id: textOf(row, 'id'),
    clientId: textOf(row, 'client_id'),
    type: textOf(row, 'type'),
    at: numberOf(row, 'at'),
    data: JSON.parse(textOf(row, 'data')),
  }
}
