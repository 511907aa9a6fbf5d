import { createPublicKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../vectors/signatures.json' with { type: 'json' }
import { assertContentDigest, isSignedBy, readRequestSignature, type SignedRequest } from './request-signature.ts'

const vector = vectors.httpMessageSignature
const key = createPublicKey({ key: vector.publicKeyJwk, format: 'jwk' })
const request: SignedRequest = {
  method: vector.method,
  targetUri: vector.targetUri,
  headers: vector.headers,
  body: Buffer.from(vector.body),
}

function verify(changed: Partial<SignedRequest>): Promise<boolean> {
  const whole = { ...request, ...changed }
  return isSignedBy(key, whole, readRequestSignature(whole))
}

test('the published example verifies', async () => {
  expect(readRequestSignature(request)).toMatchObject({
    keyId: 'test-ed25519-rfc8032-1',
    createdAt: 1772703000,
    nonce: 'n-0001',
  })
  expect(() => assertContentDigest(request)).not.toThrow()
  expect(await verify({})).toBe(true)
})

describe('the published example does not verify', () => {
  const headers = vector.headers
  test.each<[string, Partial<SignedRequest>]>([
    ['with another method', { method: 'PUT' }],
    ['for another address', { targetUri: 'https://bank.example/v1/payments?x=1' }],
    ['with another digest', { headers: { ...headers, 'content-digest': 'sha-256=:AAAA:' } }],
    ['with another key', { headers: { ...headers, 'idempotency-key': '"other"' } }],
    [
      'with other parameters',
      { headers: { ...headers, 'signature-input': headers['signature-input'].replace('n-0001', 'n-0002') } },
    ],
    ['with half of a signature', { headers: { ...headers, signature: 'sig1=:uWW5EZrMLutLFNafBz+3flviczX/T9k=:' } }],
  ])('%s', async (_what, changed) => {
    expect(await verify(changed)).toBe(false)
  })

  test('with another body', () => {
    expect(() => assertContentDigest({ ...request, body: Buffer.from('{}') })).toThrow(/not the sha-256/)
  })
})

test.each([
  ['no label sig1', { 'signature-input': 'sig2=("@method");created=1' }],
  ['no structured field', { 'signature-input': '((((' }],
  ['an item instead of a list', { 'signature-input': 'sig1="@method"' }],
  [
    'a component with a parameter',
    { 'signature-input': vector.headers['signature-input'].replace('"@method"', '"@method";req') },
  ],
  ['a time as text', { 'signature-input': vector.headers['signature-input'].replace('1772703000', '"1772703000"') }],
  ['an empty nonce', { 'signature-input': vector.headers['signature-input'].replace('n-0001', '') }],
  ['no signature', { signature: '' }],
])('a header with %s is refused', (_what, changed) => {
  expect(() => readRequestSignature({ ...request, headers: { ...vector.headers, ...changed } })).toThrow(
    /not signed as it must be/,
  )
})
