import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { openApi } from '@inthread/banks/open-api'
import type { BankConnection, DoorRequest } from '@inthread/sdk/bank'
import type { Clock } from '@inthread/sdk/time'

/** What a bank has to tell of one payment, and when it happened among all that it tells. */
export interface StormEvent {
  readonly id: string
  readonly clientRef: string
  readonly version: number
  readonly state: 'processing' | 'succeeded' | 'failed'
}

export interface Delivery {
  readonly request: DoorRequest
  /** The place in the order of deliveries. */
  readonly at: number
  /** What the door has to say of it. */
  readonly expected: 'accepted' | 'forged' | 'stale'
}

/** Signs deliveries as the shared API has it, and gives the connection that judges them. */
export class StormBank {
  readonly #key: KeyObject
  readonly #clock: Clock
  readonly connection: BankConnection

  constructor(clock: Clock) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.#key = privateKey
    this.#clock = clock
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'bank-1' }]
    const jwks = { status: 200, headers: {}, body: Buffer.from(JSON.stringify({ keys })) }
    const signingKey = Buffer.alloc(32, 7).toString('base64url')
    const settings = openApi.settings.parse({ baseUrl: 'https://bank.example', clientId: 'rail', signingKey })
    const http = { send: () => Promise.resolve(jwks) }
    this.connection = openApi.open(settings, { http, clock, nonce: () => 'never-asked' })
  }

  sign(event: StormEvent, ageSec = 0): DoorRequest {
    const { id, ...data } = event
    const body = Buffer.from(JSON.stringify({ id, type: `payment.${event.state}`, timestamp: '', data }))
    const timestamp = String(Math.floor(this.#clock.now() / 1_000_000) - ageSec)
    const signature = sign(null, Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]), this.#key)
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1a,${signature.toString('base64')}`,
    }
    return { method: 'POST', path: '/events', headers, body }
  }
}

/** Each event once, as it happened. */
export function buildQuiet(bank: StormBank, events: readonly StormEvent[]): Delivery[] {
  return events.map((event, at) => ({ request: bank.sign(event), at, expected: 'accepted' }))
}

/**
 * Each event one to three times, at any later moment; beside them some that somebody has changed, some that are sent
 * again long after, and some that say of an old signature that it is new.
 */
export function buildStorm(bank: StormBank, events: readonly StormEvent[], draw: () => number): Delivery[] {
  const latest = events.length
  const deliveries = events.flatMap((event, happenedAt): Delivery[] => {
    const later = (): number => (draw() < 0.5 ? happenedAt + draw() * 40 : happenedAt + draw() * (latest - happenedAt))
    const request = bank.sign(event)
    const copies = 1 + Math.floor(draw() * draw() * 3)
    return [
      ...Array.from({ length: copies }, (): Delivery => ({ request, at: later(), expected: 'accepted' })),
      ...(draw() < 0.2 ? [{ request: corrupt(request, draw), at: later(), expected: 'forged' } as const] : []),
      ...(draw() < 0.1 ? [{ request: bank.sign(event, 600), at: later(), expected: 'stale' } as const] : []),
      ...(draw() < 0.05 ? [{ request: refresh(bank.sign(event, 600)), at: later(), expected: 'forged' } as const] : []),
    ]
  })
  return deliveries.toSorted((left, right) => left.at - right.at)
}

/** One bit of the body, or another payment's name in the header. */
function corrupt(request: DoorRequest, draw: () => number): DoorRequest {
  if (draw() < 0.3) return { ...request, headers: { ...request.headers, 'webhook-id': 'evt_another' } }
  const body = Buffer.from(request.body)
  const place = Math.floor(draw() * body.length)
  body[place] = (body[place] ?? 0) ^ (1 << Math.floor(draw() * 8))
  return { ...request, body }
}

function refresh(request: DoorRequest): DoorRequest {
  const timestamp = String(Number(request.headers['webhook-timestamp']) + 600)
  return { ...request, headers: { ...request.headers, 'webhook-timestamp': timestamp } }
}
