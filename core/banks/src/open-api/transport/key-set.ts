import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { findJson } from './json-body.ts'

/** Public keys by their `kid`. */
export type KeySet = ReadonlyMap<string, KeyObject>

const maximumKeys = 32

const setSchema = z.object({ keys: z.array(z.unknown()).max(maximumKeys) })

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const always = { kid: z.string().min(1).max(256), use: z.literal('sig').optional() }

const keySchema = z.discriminatedUnion('kty', [
  z.object({
    ...always,
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: coordinate,
    alg: z.enum(['EdDSA', 'Ed25519']).optional(),
  }),
  z.object({
    ...always,
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: coordinate,
    y: coordinate,
    alg: z.literal('ES256').optional(),
  }),
])

/** Reads a JWKS (RFC 7517). Keys of other kinds are left out; undefined when the document itself is not one. */
export function findKeySet(body: Uint8Array): KeySet | undefined {
  const document = setSchema.safeParse(findJson(body)?.value)
  if (!document.success) return undefined
  const set = new Map<string, KeyObject>()
  for (const entry of document.data.keys) {
    const jwk = keySchema.safeParse(entry)
    if (!jwk.success || set.has(jwk.data.kid)) continue
    const key = findPublicKey(jwk.data)
    if (key !== undefined) set.set(jwk.data.kid, key)
  }
  return set
}

/** A point that is not on the curve is no key. */
function findPublicKey({ use: _use, alg: _alg, kid: _kid, ...key }: z.infer<typeof keySchema>): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    return undefined
  }
}
