import { verify, type KeyObject } from 'node:crypto'

/** What a client may sign with, by the kind of its key. */
export type Algorithm = 'ed25519' | 'ecdsa-p256-sha256'

/** undefined for a key that signs in no way that this bank takes. */
export function findAlgorithm(key: KeyObject): Algorithm | undefined {
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519'
  const named = key.asymmetricKeyDetails?.namedCurve
  return key.asymmetricKeyType === 'ec' && named === 'prime256v1' ? 'ecdsa-p256-sha256' : undefined
}

/** ECDSA signatures are r and s side by side. */
export function verifyBytes(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = findAlgorithm(key)
  if (algorithm === 'ed25519') return verify(null, data, key, signature)
  return algorithm !== undefined && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
