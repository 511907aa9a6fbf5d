import { createECDH, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

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
  /** For fields that only the bank may read. */
  readonly encryption: EncryptionKeyPair
}

export interface SigningKeyPair {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicJwk: PublicJwk
}

export interface EncryptionKeyPair {
  readonly privateKey: KeyObject
  readonly publicJwk: EncryptionJwk
}

export interface EncryptionJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
  readonly kid: string
  readonly use: 'enc'
  readonly alg: 'ECDH-ES'
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
    encryption: buildEncryptionKey('bank-enc-1', derive('encryption')),
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

/** Any 32 bytes below the order of the curve are a private key of P-256; others are as good as impossible. */
function buildEncryptionKey(kid: string, bytes: Buffer): EncryptionKeyPair {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(bytes)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const key = { kty: 'EC', crv: 'P-256', x, y } as const
  const privateKey = createPrivateKey({ key: { ...key, d: bytes.toString('base64url') }, format: 'jwk' })
  return { privateKey, publicJwk: { ...key, kid, use: 'enc', alg: 'ECDH-ES' } }
}
