import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { DoorRequest } from '@inthread/sdk/bank'
import type { Instant } from '@inthread/sdk/time'
import { isSigned } from './algorithm.ts'
import type { KeyRing } from './key-ring.ts'

export type NoticeCheck =
  { readonly kind: 'genuine'; readonly id: string } | { readonly kind: 'forged' | 'stale' | 'unverifiable' }

const toleranceSec = 300
const maximumSignatures = 16

export interface NoticeKeys {
  readonly keys: KeyRing
  /** `whsec_…`: what a bank signs with that has no keys for it. Nobody believes a `v1` entry without it. */
  readonly secret?: string | undefined
}

/**
 * Checks a Standard Webhooks delivery: headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, a
 * list of which one entry has to be good: `v1a`, an Ed25519 signature by any key that the bank publishes, or `v1`, an
 * HMAC with the secret. Without keys at hand nobody can tell; the bank delivers again.
 */
export async function verifyNoticeSignature(
  request: DoorRequest,
  now: Instant,
  { keys, secret }: NoticeKeys,
): Promise<NoticeCheck> {
  const id = request.headers['webhook-id'] ?? ''
  const timestamp = request.headers['webhook-timestamp'] ?? ''
  const field = request.headers['webhook-signature'] ?? ''
  const [signatures, marks] = [listEntries(field, signature), secret === undefined ? [] : listEntries(field, mark)]
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^[0-9]{1,12}$/.test(timestamp)) return { kind: 'forged' }
  if (signatures.length + marks.length === 0) return { kind: 'forged' }
  if (Math.abs(now / 1_000_000 - Number(timestamp)) > toleranceSec) return { kind: 'stale' }
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), request.body])
  if (secret !== undefined && isMarked(signed, marks, secret)) return { kind: 'genuine', id }
  if (signatures.length === 0) return { kind: 'forged' }
  return judgeSignatures(keys, signed, signatures).then((kind) => (kind === 'genuine' ? { kind, id } : { kind }))
}

async function judgeSignatures(
  keys: KeyRing,
  signed: Buffer,
  signatures: readonly Buffer[],
): Promise<'genuine' | 'forged' | 'unverifiable'> {
  const isBy = (key: KeyObject): boolean =>
    key.asymmetricKeyType === 'ed25519' && signatures.some((each) => isSigned(key, signed, each))
  if ((await keys.list()).some(isBy)) return 'genuine'
  // The signature does not name its key, so a new key is found only by looking whether there is one.
  const renewed = await keys.renew()
  if (renewed.some(isBy)) return 'genuine'
  return renewed.length === 0 ? 'unverifiable' : 'forged'
}

function isMarked(signed: Buffer, marks: readonly Buffer[], secret: string): boolean {
  const right = createHmac('sha256', getSecretBytes(secret)).update(signed).digest()
  return marks.some((each) => timingSafeEqual(each, right))
}

function getSecretBytes(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}

const signature = /^v1a,([A-Za-z0-9+/]{86}==)$/
const mark = /^v1,([A-Za-z0-9+/]{43}=)$/

function listEntries(field: string, pattern: RegExp): readonly Buffer[] {
  return field
    .split(' ')
    .flatMap((entry) => pattern.exec(entry)?.[1] ?? [])
    .slice(0, maximumSignatures)
    .map((bytes) => Buffer.from(bytes, 'base64'))
}
