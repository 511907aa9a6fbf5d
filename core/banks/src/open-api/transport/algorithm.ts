import { sign, verify, type KeyObject } from 'node:crypto'

/** The algorithms of RFC 9421 that a party may sign with. */
export const algorithms = ['ed25519', 'ecdsa-p256-sha256'] as const
export type Algorithm = (typeof algorithms)[number]

/** By the kind of the key; undefined for one that signs in no way that we know. */
export function findAlgorithm(key: KeyObject): Algorithm | undefined {
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519'
  const isP256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return isP256 ? 'ecdsa-p256-sha256' : undefined
}

/** Throws a RangeError for a key of another kind. */
export function getAlgorithm(key: KeyObject): Algorithm {
  const algorithm = findAlgorithm(key)
  if (algorithm === undefined) throw new RangeError('this key is neither Ed25519 nor P-256')
  return algorithm
}

/** Both make 64 bytes: an ECDSA signature is r and s side by side, as RFC 9421 and JOSE have it, and not DER. */
export function signBytes(key: KeyObject, data: Uint8Array): Buffer {
  if (getAlgorithm(key) === 'ed25519') return sign(null, data, key)
  return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
}

/** False also for a key that no signature of ours can be checked with. */
export function isSigned(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = findAlgorithm(key)
  if (algorithm === undefined) return false
  if (algorithm === 'ed25519') return verify(null, data, key, signature)
  return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
