import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { findJson } from './json-body.ts'

/** Public keys by their `kid`. */
export type KeySet = ReadonlyMap<string, KeyObject>

const maximumKeys = 32

const setSchema = z.object({ keys: z.array(z.unknown()).max(maximumKeys) })

const keySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  kid: z.string().min(1).max(256),
  use: z.literal('sig').optional(),
  alg: z.enum(['EdDSA', 'Ed25519']).optional(),
})

/** Reads a JWKS (RFC 7517). Keys of other kinds are left out; undefined when the document itself is not one. */
export function findKeySet(body: Uint8Array): KeySet | undefined {
  const document = setSchema.safeParse(findJson(body)?.value)
  if (!document.success) return undefined
  const set = new Map<string, KeyObject>()
  for (const entry of document.data.keys) {
    const jwk = keySchema.safeParse(entry)
    if (!jwk.success || set.has(jwk.data.kid)) continue
    const { kty, crv, x } = jwk.data
    set.set(jwk.data.kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' }))
  }
  return set
}
