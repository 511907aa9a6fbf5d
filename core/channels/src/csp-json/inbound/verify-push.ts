import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { DoorRequest, Instant, Verdict } from '@inthread/sdk/channel'
import type { Settings } from '../settings.ts'
import { findHeader } from './read-field.ts'

const signatureForm = /^[0-9a-f]{64}$/

/**
 * Exactly ten digits: the signed parts are joined without separators, so a second spelling of the same moment would let
 * a character wander from the nonce into the timestamp and make a replay look new.
 */
const timestampForm = /^[1-9]\d{9}$/

const nonceForm = /^[\x21-\x7e]{1,128}$/

/**
 * Judges a push by its headers alone; the signature does not cover path and body, so a genuine push may still be a
 * replay with another body. The caller remembers `replayKey`, the nonce, with the digest of the body.
 */
export function verifyPush({ headers }: DoorRequest, settings: Settings, now: Instant): Verdict {
  const signature = findHeader(headers, 'signature') ?? ''
  const timestamp = findHeader(headers, 'timestamp') ?? ''
  const nonce = findHeader(headers, 'nonce') ?? ''
  const wellFormed = signatureForm.test(signature) && timestampForm.test(timestamp) && nonceForm.test(nonce)
  if (!wellFormed) return { kind: 'forged' }

  const expected = buildSignature(settings.callbackAlgorithm, { token: settings.callbackToken, timestamp, nonce })
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return { kind: 'forged' }

  const ageSec = Math.floor(now / 1_000_000) - Number(timestamp)
  if (Math.abs(ageSec) > settings.timestampWindowSec) return { kind: 'stale' }
  return { kind: 'genuine', replayKey: nonce }
}

export interface SignedParts {
  readonly token: string
  readonly timestamp: string
  readonly nonce: string
}

/** Lower-case hex over token, timestamp and nonce, put into dictionary order and joined. The body is not covered. */
export function buildSignature(algorithm: Settings['callbackAlgorithm'], parts: SignedParts): string {
  const joined = [parts.token, parts.timestamp, parts.nonce].toSorted().join('')
  const digest = algorithm === 'sha256' ? createHash('sha256') : createHmac('sha256', parts.token)
  return digest.update(joined).digest('hex')
}
