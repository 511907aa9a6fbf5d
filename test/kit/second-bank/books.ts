import { randomInt } from 'node:crypto'
import type { KeyRoom } from './key-room.ts'

/** Everything this bank knows, in memory. Instants are epoch milliseconds of its own clock. */
export interface Books {
  readonly keys: KeyRoom
  offsetMs: number
  readonly clients: Map<string, Client>
  readonly links: Map<string, Link>
  readonly confirmations: Map<string, Confirmation>
  readonly payments: Map<string, Payment>
  readonly events: BankEvent[]
  readonly runs: Map<string, Run>
  /** Until when a nonce is remembered. */
  readonly nonces: Map<string, number>
  readonly blockedUntil: Map<string, number>
  readonly faults: Fault[]
  counter: number
  readonly codesPerMinute: number
}

export interface Client {
  readonly id: string
  readonly jwksUrl: string
  readonly webhookUrl: string
  readonly name: string
  /** Of Standard Webhooks: this bank signs deliveries with a secret. */
  readonly secret: string
  keys: ReadonlyMap<string, object>
  readAt: number
}

export interface Link {
  readonly id: string
  readonly client: string
  readonly phone: string
  readonly userRef: string
  gone: boolean
}

export interface Confirmation {
  readonly id: string
  readonly client: string
  readonly clientRef: string
  readonly link: Link
  readonly payload: Readonly<Record<string, unknown>>
  readonly digest: string
  readonly code: string
  readonly authorisation: string
  readonly madeAt: number
  state: string
  triesLeft: number
  version: number
  endsAt: number
}

export interface Payment {
  readonly id: string
  readonly seq: number
  readonly client: string
  readonly clientRef: string
  readonly confirmation: Confirmation
  readonly minor: bigint
  readonly madeAt: number
  state: 'processing' | 'succeeded' | 'failed'
  version: number
  changedAt: number
}

export interface BankEvent {
  readonly seq: number
  readonly client: string
  readonly body: { readonly id: string; readonly type: string; readonly timestamp: string; readonly data: object }
  dueAt: number
  attempts: number
}

/** What became of one idempotency key. */
export interface Run {
  readonly fingerprint: string
  done: Outcome | undefined
}

/** `show` tells of it as it is at the moment of asking. */
export interface Outcome {
  readonly status: number
  readonly show: () => Shown
}

export interface Shown {
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

export interface Fault {
  readonly path: string
  readonly kind: string
  readonly delayMs: number
}

/** Customers by phone, with the account that pays. */
export const customers: Readonly<Record<string, { readonly account: string; minor: bigint }>> = {
  '+8613800000001': { account: '6200-01', minor: 900_000n },
  '+8613800000002': { account: '6200-02', minor: 5_000n },
  '+8613800000004': { account: '6200-04', minor: 80_000n },
}

export function openBooks(keys: KeyRoom, codesPerMinute: number): Books {
  const maps = { clients: new Map(), links: new Map(), confirmations: new Map(), payments: new Map() }
  const more = { runs: new Map(), nonces: new Map(), blockedUntil: new Map(), events: [], faults: [] }
  return { keys, codesPerMinute, offsetMs: 0, counter: 70_000, ...maps, ...more }
}

export function now(books: Books): number {
  return Date.now() + books.offsetMs
}

export function timeText(ms: number): string {
  // In the zone of the bank, as it writes everything.
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

/** 17 digits: the day, and a number that grows. */
export function nextId(books: Books): string {
  books.counter += 1
  return `${timeText(now(books)).slice(0, 10).replaceAll('-', '')}${String(books.counter).padStart(9, '0')}`
}

export function makeCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

export function payeeOf(client: Client): { readonly account: string; readonly id: string; readonly name: string } {
  return { account: '尾号 88', name: client.name, id: `M/${client.id}` }
}
