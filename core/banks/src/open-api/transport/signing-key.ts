import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { defineSentences } from '@inthread/sdk/fault'
import { findAlgorithm } from './algorithm.ts'

/** DER of a PKCS#8 Ed25519 key up to the 32 bytes of the seed (RFC 8410, section 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const remedy =
  'give an Ed25519 private key as PKCS#8 PEM, as JWK in JSON, or as base64url of the 32-byte seed, ' +
  'or a P-256 one as PEM or JWK'

const say = defineSentences({
  'form.signing_key_unreadable': `the signing key cannot be read: ${remedy}`,
  'form.signing_key_no_public': `the signing key has no public half: ${remedy}`,
  'form.signing_key_public': `the signing key is only a public key: ${remedy}`,
  'form.signing_key_pem': `the signing key is not readable PEM: ${remedy}`,
  'form.signing_key_json': `the signing key is not valid JSON: ${remedy}`,
  'form.signing_key_curve': `the signing key is neither Ed25519 nor P-256: ${remedy}`,
  'form.signing_key_no_private': `the signing key has no private half ("d"): ${remedy}`,
  'form.signing_key_other_half': `the signing key's "x" does not belong to its "d": ${remedy}`,
  'form.signing_key_bytes': `the signing key is not 32 bytes of base64url: ${remedy}`,
  'form.signing_key_jwk': `the signing key is not a readable P-256 JWK: ${remedy}`,
})

/**
 * Reads a private key from its PKCS#8 PEM, its JWK as JSON text, or base64url of the 32-byte seed of an Ed25519 one.
 * Throws a RangeError that says what to do and never quotes the text.
 */
export function getSigningKey(text: string): KeyObject {
  const trimmed = text.trim()
  if (trimmed.startsWith('-----BEGIN')) return keyFromPem(trimmed)
  if (trimmed.startsWith('{')) return keyFromJwk(trimmed)
  return keyFromSeed(trimmed)
}

/** What is wrong with the text, for a settings form; undefined when it is a key. */
export function signingKeyProblem(text: string): string | undefined {
  try {
    getSigningKey(text)
    return undefined
  } catch (error) {
    return error instanceof RangeError ? error.message : say('form.signing_key_unreadable').message
  }
}

/** The public half as the JWK that we publish. */
export function buildPublicJwk(key: KeyObject, kid: string): Readonly<Record<string, string>> {
  const { x, y } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new RangeError(say('form.signing_key_no_public').message)
  if (y === undefined) return Object.freeze({ kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' })
  return Object.freeze({ kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' })
}

function keyFromPem(text: string): KeyObject {
  if (text.startsWith('-----BEGIN PUBLIC KEY')) throw new RangeError(say('form.signing_key_public').message)
  const key = attempt(() => createPrivateKey({ key: text, format: 'pem' }))
  if (key === undefined) throw new RangeError(say('form.signing_key_pem').message)
  return onlyKnown(key)
}

function keyFromJwk(text: string): KeyObject {
  const jwk = attempt(() => JSON.parse(text) as JsonWebKey)
  if (jwk === undefined) throw new RangeError(say('form.signing_key_json').message)
  const isKnown = `${jwk.kty} ${jwk.crv}` === 'OKP Ed25519' || `${jwk.kty} ${jwk.crv}` === 'EC P-256'
  if (!isKnown) throw new RangeError(say('form.signing_key_curve').message)
  if (typeof jwk.d !== 'string') throw new RangeError(say('form.signing_key_no_private').message)
  const key = jwk.kty === 'EC' ? keyFromCurve(jwk) : keyFromSeed(jwk.d)
  // A public half that belongs to another key would be published, and no request of ours would ever verify.
  if (jwk.x !== undefined && createPublicKey(key).export({ format: 'jwk' }).x !== jwk.x) {
    throw new RangeError(say('form.signing_key_other_half').message)
  }
  return key
}

function keyFromSeed(text: string): KeyObject {
  const seed = Buffer.from(text, 'base64url')
  if (!/^[A-Za-z0-9_-]{43}=?$/.test(text) || seed.length !== 32) {
    throw new RangeError(say('form.signing_key_bytes').message)
  }
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
}

/** Unlike an Ed25519 one, a key of this kind cannot be read without its public half. */
function keyFromCurve(jwk: JsonWebKey): KeyObject {
  const key = attempt(() => createPrivateKey({ key: jwk, format: 'jwk' }))
  if (key === undefined) throw new RangeError(say('form.signing_key_jwk').message)
  return key
}

function onlyKnown(key: KeyObject): KeyObject {
  if (findAlgorithm(key) === undefined) {
    throw new RangeError(say('form.signing_key_curve').message)
  }
  return key
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
