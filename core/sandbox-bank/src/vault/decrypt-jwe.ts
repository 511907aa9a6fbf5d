import {
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'

const tagLength = 16
const keyBytes = 32

/**
 * The text of a compact JWE (RFC 7516) made for this key with ECDH-ES and A256GCM, or undefined when it was not, or was
 * changed on the way.
 */
export function findDecrypted(key: KeyObject, jwe: string): string | undefined {
  const parts = jwe.split('.')
  const [head = '', encryptedKey, iv = '', body = '', tag = ''] = parts
  if (parts.length !== 5 || encryptedKey !== '') return undefined
  try {
    const secret = buildContentKey(key, readHeader(head))
    const decipher = createDecipheriv('aes-256-gcm', secret, decode(iv), { authTagLength: tagLength })
    decipher.setAAD(Buffer.from(head))
    decipher.setAuthTag(decode(tag))
    return Buffer.concat([decipher.update(decode(body)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

export function looksLikeJwe(text: string): boolean {
  return /^eyJ[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(text)
}

interface Header {
  readonly epk: JsonWebKey
  readonly apu: string
  readonly apv: string
}

function readHeader(head: string): Header {
  const header: unknown = JSON.parse(decode(head).toString('utf8'))
  if (typeof header !== 'object' || header === null) throw new TypeError('a JWE has a header')
  const { alg, enc, epk, apu = '', apv = '' } = header as Record<string, unknown>
  if (alg !== 'ECDH-ES' || enc !== 'A256GCM' || typeof epk !== 'object' || epk === null) {
    throw new TypeError('ECDH-ES with A256GCM alone is understood here')
  }
  return { epk: { ...epk }, apu: String(apu), apv: String(apv) }
}

/** RFC 7518 §4.6: one round of the concatenation key derivation of NIST SP 800-56A. */
function buildContentKey(privateKey: KeyObject, { epk, apu, apv }: Header): Buffer {
  const publicKey = createPublicKey({ key: epk, format: 'jwk' })
  const shared = diffieHellman({ privateKey, publicKey })
  const info = [Buffer.from('A256GCM'), decode(apu), decode(apv)].map(withLength)
  const bits = Buffer.alloc(4)
  bits.writeUInt32BE(keyBytes * 8)
  const round = Buffer.from([0, 0, 0, 1])
  return createHash('sha256')
    .update(Buffer.concat([round, shared, ...info, bits]))
    .digest()
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function decode(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
