import type { KeyObject } from 'node:crypto'
import type { DoorRequest } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import { isSigned } from './algorithm.ts'
import type { KeyRing } from './key-ring.ts'

export type NoticeCheck =
  { readonly kind: 'genuine'; readonly id: string } | { readonly kind: 'forged' | 'stale' | 'unverifiable' }

const toleranceSec = 300
const maximumSignatures = 16

/**
 * Checks a Standard Webhooks delivery: headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, a
 * list of which one `v1a` entry has to be an Ed25519 signature by any key that the bank publishes. Without keys at
 * hand nobody can tell; the bank delivers again.
 */
export async function verifyNoticeSignature(request: DoorRequest, now: Instant, keys: KeyRing): Promise<NoticeCheck> {
  const id = request.headers['webhook-id'] ?? ''
  const timestamp = request.headers['webhook-timestamp'] ?? ''
  const signatures = listSignatures(request.headers['webhook-signature'] ?? '')
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^[0-9]{1,12}$/.test(timestamp) || signatures.length === 0) {
    return { kind: 'forged' }
  }
  if (Math.abs(now / 1_000_000 - Number(timestamp)) > toleranceSec) return { kind: 'stale' }
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), request.body])
  const isBy = (key: KeyObject): boolean =>
    key.asymmetricKeyType === 'ed25519' && signatures.some((signature) => isSigned(key, signed, signature))
  if ((await keys.list()).some(isBy)) return { kind: 'genuine', id }
  // The signature does not name its key, so a new key is found only by looking whether there is one.
  const renewed = await keys.renew()
  if (renewed.some(isBy)) return { kind: 'genuine', id }
  return { kind: renewed.length === 0 ? 'unverifiable' : 'forged' }
}

function listSignatures(field: string): readonly Buffer[] {
  return field
    .split(' ')
    .flatMap((entry) => /^v1a,([A-Za-z0-9+/]{86}==)$/.exec(entry)?.[1] ?? [])
    .slice(0, maximumSignatures)
    .map((signature) => Buffer.from(signature, 'base64'))
}
