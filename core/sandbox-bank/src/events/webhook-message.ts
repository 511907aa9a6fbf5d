import { createHmac, sign, type KeyObject } from 'node:crypto'
import { renderInstant } from '../app/business-clock.ts'
import type { SigningKeyPair } from '../vault/key-ring.ts'
import type { BankEvent } from './events.store.ts'

export interface WebhookMessage {
  readonly id: string
  /** Epoch seconds of this attempt. */
  readonly timestamp: number
  readonly body: string
}

/** The event as it is sent and as it is listed. */
export function renderEvent(event: BankEvent): { id: string; type: string; timestamp: string; data: unknown } {
  return { id: event.id, type: event.type, timestamp: renderInstant(event.at), data: event.data }
}

export interface WebhookKeys {
  readonly key: SigningKeyPair
  /** `whsec_…`: whoever has it may check the entry `v1` in place of our key's. */
  readonly secret: string | undefined
}

export function buildWebhookHeaders(message: WebhookMessage, { key, secret }: WebhookKeys): Record<string, string> {
  const entries = secret === undefined ? [] : [renderWebhookMark(message, secret)]
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': [...entries, renderWebhookSignature(message, key.privateKey)].join(' '),
    // Standard Webhooks has no room for a key id: this one says which key of our JWKS to take.
    'webhook-key-id': key.kid,
  }
}

/** Standard Webhooks, asymmetric form: `v1a,` and the Ed25519 signature over `id.timestamp.body`. */
export function renderWebhookSignature(message: WebhookMessage, key: KeyObject): string {
  const signed = Buffer.from(`${message.id}.${message.timestamp}.${message.body}`)
  return `v1a,${sign(null, signed, key).toString('base64')}`
}

/** The symmetric form: `v1,` and the HMAC over the same. */
function renderWebhookMark(message: WebhookMessage, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const mark = createHmac('sha256', key).update(`${message.id}.${message.timestamp}.${message.body}`)
  return `v1,${mark.digest('base64')}`
}
