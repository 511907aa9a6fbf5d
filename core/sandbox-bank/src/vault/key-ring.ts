import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

/** The keys of the bank, one per purpose, so that none can be used to learn about another. */
export interface KeyRing {
  readonly seal: Buffer
  readonly index: Buffer
  readonly code: Buffer
  readonly authorisation: Buffer
  readonly id: Buffer
  readonly cursor: Buffer
  /** The first is number one. */
  readonly signing: (number: number) => SigningKeyPair
}

export interface SigningKeyPair {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicJwk: PublicJwk
}

export interface PublicJwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: 'EdDSA'
}

export function buildKeyRing(root: Buffer): KeyRing {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', root, '', `sandbox bank ${purpose}`, 32))
  return {
    seal: derive('seal'),
    index: derive('index'),
    code: derive('code'),
    authorisation: derive('authorisation'),
    id: derive('id'),
    cursor: derive('cursor'),
    signing: (number) => buildSigningKey(`bank-${number}`, derive(number === 1 ? 'signing' : `signing ${number}`)),
  }
}

/** An Ed25519 private key in DER is this constant head and the 32 bytes (RFC 8410 §7). */
const derHead = Buffer.from('302e020100300506032b657004220420', 'hex')

function buildSigningKey(kid: string, bytes: Buffer): SigningKeyPair {
  const privateKey = createPrivateKey({ key: Buffer.concat([derHead, bytes]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new TypeError('an Ed25519 key has an x')
  return { kid, privateKey, publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' } }
}
