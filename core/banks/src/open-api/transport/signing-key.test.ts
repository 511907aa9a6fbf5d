import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testPublic, testSeed } from '../../../test/world.ts'
import { buildPublicJwk, getSigningKey, signingKeyProblem } from './signing-key.ts'

const pem = getSigningKey(testSeed).export({ format: 'pem', type: 'pkcs8' }).toString()
const jwk = { kty: 'OKP', crv: 'Ed25519', x: testPublic, d: testSeed }
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
const publicPem = createPublicKey(pem).export({ format: 'pem', type: 'spki' }).toString()

describe('a signing key', () => {
  it.each([
    ['PKCS#8 PEM', pem],
    ['PEM with blanks around it', `\n  ${pem}\n`],
    ['JWK', JSON.stringify(jwk)],
    ['JWK without its public half', JSON.stringify({ ...jwk, x: undefined })],
    ['JWK written over lines', JSON.stringify({ ...jwk, kid: 'a', use: 'sig' }, undefined, 2)],
    ['base64url of the seed', testSeed],
    ['base64url with its padding', `${testSeed}=`],
  ])('is read from %s', (_form, text) => {
    const expected = { kty: 'OKP', crv: 'Ed25519', x: testPublic, kid: 'us', use: 'sig', alg: 'EdDSA' }
    expect(buildPublicJwk(getSigningKey(text), 'us')).toEqual(expected)
    expect(signingKeyProblem(text)).toBeUndefined()
  })

  it.each([
    ['nothing', '', /32 bytes/],
    ['31 bytes', Buffer.alloc(31, 7).toString('base64url'), /32 bytes/],
    ['33 bytes', Buffer.alloc(33, 7).toString('base64url'), /32 bytes/],
    ['hexadecimal', Buffer.from(testSeed, 'base64url').toString('hex'), /32 bytes/],
    ['plain base64', testSeed.replace('_', '/'), /32 bytes/],
    ['broken PEM', pem.replace('MC4C', 'MC4D'), /not readable PEM/],
    ['PEM of another kind', p384.export({ format: 'pem', type: 'pkcs8' }).toString(), /neither Ed25519 nor P-256/],
    ['a public key in PEM', publicPem, /only a public key/],
    ['broken JSON', '{"kty":', /not valid JSON/],
    ['JWK of another kind', JSON.stringify(p384.export({ format: 'jwk' })), /neither Ed25519 nor P-256/],
    ['a public JWK', JSON.stringify({ ...jwk, d: undefined }), /no private half/],
    ['JWK with a short d', JSON.stringify({ ...jwk, d: 'AAAA' }), /32 bytes/],
    ['JWK of two keys', JSON.stringify({ ...jwk, x: 'A'.repeat(43) }), /does not belong/],
  ])('is not %s, and the message quotes nothing of it', (_what, text, message) => {
    expect(() => getSigningKey(text)).toThrow(message)
    const problem = signingKeyProblem(text) ?? ''
    expect(problem).toMatch(/give an Ed25519 private key as PKCS#8 PEM/)
    for (const part of [testSeed, text.slice(-20)]) if (part.length > 8) expect(problem).not.toContain(part)
  })

  it('may be a P-256 one, as PEM or JWK', () => {
    const forms = [
      p256.export({ format: 'pem', type: 'pkcs8' }).toString(),
      JSON.stringify(p256.export({ format: 'jwk' })),
    ]
    const { x, y } = createPublicKey(p256).export({ format: 'jwk' })
    for (const form of forms) {
      const known = { kty: 'EC', crv: 'P-256', x, y, kid: 'us', use: 'sig', alg: 'ES256' }
      expect(buildPublicJwk(getSigningKey(form), 'us')).toEqual(known)
    }
  })

  it('is the same key in every form', () => {
    const der = (text: string): string => getSigningKey(text).export({ format: 'der', type: 'pkcs8' }).toString('hex')
    expect(new Set([pem, JSON.stringify(jwk), testSeed].map(der)).size).toBe(1)
    expect(createPrivateKey(pem).asymmetricKeyType).toBe('ed25519')
  })
})
