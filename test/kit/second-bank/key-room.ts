import { createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey, type KeyObject } from 'node:crypto'

interface Pair {
  readonly kid: string
  readonly key: KeyObject
}

/** ECDSA keys on P-256; every one that has ever signed stays published. */
export class KeyRoom {
  readonly #pairs: Pair[] = []

  constructor() {
    this.rotate()
  }

  rotate(): void {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    this.#pairs.push({ kid: `2nd/${this.#pairs.length + 1}`, key })
  }

  get kid(): string {
    return this.#pairs.at(-1)?.kid ?? ''
  }

  sign(text: string): string {
    const key = this.#pairs.at(-1)?.key
    if (!key) throw new Error('a bank without a key')
    return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64')
  }

  publish(): object {
    const keys = this.#pairs.map(({ kid, key }) => ({
      use: 'sig',
      alg: 'ES256',
      kid,
      ...createPublicKey(key).export({ format: 'jwk' }),
    }))
    return { keys }
  }
}

/** What a signature by this key has to say of its algorithm. */
export function algorithmOf(jwk: object): string {
  return Reflect.get(jwk, 'kty') === 'EC' ? 'ecdsa-p256-sha256' : 'ed25519'
}

export function isSignedBy(jwk: object, text: string, signature: Buffer): boolean {
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  if (algorithmOf(jwk) === 'ed25519') return verify(null, Buffer.from(text), key, signature)
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)
}
