import { createHmac } from 'node:crypto'
import { Fault } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'

export interface WebhookMessage {
  readonly id: string
  readonly at: Instant
  readonly body: Uint8Array
}

/**
 * The headers of a Standard Webhook: HMAC-SHA-256 over `id.timestamp.body`. The secret is `whsec_` and base64 of 24 to
 * 64 bytes.
 */
export function signWebhook({ id, at, body }: WebhookMessage, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000_000))
  const signature = createHmac('sha256', readKey(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

function readKey(secret: string): Uint8Array {
  const match = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)
  const key = Buffer.from(match?.[1] ?? '', 'base64')
  if (key.length < 24 || key.length > 64) throw new Fault('egress.secret_malformed')
  return key
}
