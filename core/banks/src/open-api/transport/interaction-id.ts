import { createHash } from 'node:crypto'
import type { Instant } from '@inthread/sdk/time'

/**
 * A UUIDv7 (RFC 9562) for support to find one exchange in both parties' logs. Its chance is taken from the call's
 * nonce, so that nothing here needs a source of its own.
 */
export function buildInteractionId(at: Instant, nonce: string): string {
  const bytes = createHash('sha256').update(nonce).digest().subarray(0, 16)
  bytes.writeUIntBE(Math.floor(at / 1000), 0, 6)
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6)
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
