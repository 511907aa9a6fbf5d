import { createHash, createPublicKey, verify } from 'node:crypto'
import { httpbis } from 'http-message-signatures'
import { describe, expect, it } from 'vitest'
import { testSeed } from '../../../test/world.ts'
import { vectors } from '../../../test/vectors.ts'
import { buildContentDigest, matchesContentDigest } from './content-digest.ts'
import { buildRequestSignature } from './request-signature.ts'
import { getSigningKey } from './signing-key.ts'

const vector = vectors.httpMessageSignature
const key = getSigningKey(testSeed)
const publicKey = createPublicKey(key)
const { signature: _signature, 'signature-input': _input, ...plain } = vector.headers
const identity = { keyid: 'test-ed25519-rfc8032-1', key }
const moment = { at: 1_772_703_000_000_000, nonce: 'n-0001' }

function signatureOf(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(/^sig1=:(.*):$/.exec(headers['signature'] ?? '')?.[1] ?? '', 'base64')
}

describe('the known answer', () => {
  it('is what we sign, letter by letter', async () => {
    const request = { method: vector.method, url: vector.targetUri, headers: plain }
    expect(await buildRequestSignature(request, identity, moment)).toEqual(vector.headers)
  })

  it('is a signature over the given base, by node alone', () => {
    expect(verify(null, Buffer.from(vector.signatureBase), publicKey, signatureOf(vector.headers))).toBe(true)
    const changed = Buffer.from(vector.signatureBase.replace('POST', 'GET'))
    expect(verify(null, changed, publicKey, signatureOf(vector.headers))).toBe(false)
  })

  it('has the digest of its body', () => {
    const body = Buffer.from(vector.body)
    expect(buildContentDigest(body)).toBe(vector.headers['content-digest'])
    expect(matchesContentDigest(vector.headers['content-digest'], body)).toBe(true)
    expect(matchesContentDigest(vector.headers['content-digest'], Buffer.from(`${vector.body} `))).toBe(false)
  })
})

describe('a request that we sign', () => {
  const request = {
    method: 'GET',
    url: 'https://bank.example/v1/payments?clientRef=ord_1',
    headers: { accept: 'application/json', authorization: 'Bearer x' },
  }

  it('signs what it carries: method and URL always, the others when they are sent', async () => {
    const headers = await buildRequestSignature(request, identity, moment)
    expect(headers['signature-input']).toMatch(/^sig1=\("@method" "@target-uri" "authorization"\);created=1772703000;/)
    expect(headers).toMatchObject(request.headers)
  })

  it('verifies with the library', async () => {
    const headers = await buildRequestSignature(request, identity, moment)
    const isSigned = (data: Buffer, given: Buffer): boolean => verify(null, data, publicKey, given)
    const config = {
      notAfter: 1_772_703_000,
      keyLookup: () => Promise.resolve({ verify: async (data: Buffer, given: Buffer) => isSigned(data, given) }),
    }
    expect(await httpbis.verifyMessage(config, { ...request, headers })).toBe(true)
    expect(await httpbis.verifyMessage(config, { ...request, headers, method: 'POST' })).toBe(false)
  })

  it('verifies by node alone, over a base that is written out here', async () => {
    const headers = await buildRequestSignature(request, identity, moment)
    const base = [
      '"@method": GET',
      '"@target-uri": https://bank.example/v1/payments?clientRef=ord_1',
      '"authorization": Bearer x',
      '"@signature-params": ("@method" "@target-uri" "authorization");created=1772703000;' +
        'keyid="test-ed25519-rfc8032-1";alg="ed25519";nonce="n-0001";tag="scene-finance-request"',
    ].join('\n')
    expect(verify(null, Buffer.from(base), publicKey, signatureOf(headers))).toBe(true)
  })
})

describe('a content digest', () => {
  const body = Buffer.from('{}')
  const right = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`

  it.each([right, `sha-512=:AAAA:, ${right}`, `${right};a=1`])('is taken: %s', (field) => {
    expect(matchesContentDigest(field, body)).toBe(true)
  })

  const twice = `${right}, sha-256=:AAAA:`
  it.each([undefined, '', 'sha-256', 'sha-256=1', 'sha-256=:AAAA:', twice, '((', 'SHA-256=:AAAA:'])(
    'is not taken: %s',
    (field) => {
      expect(matchesContentDigest(field, body)).toBe(false)
    },
  )
})
