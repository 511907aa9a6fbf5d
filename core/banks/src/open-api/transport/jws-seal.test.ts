import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HttpRequest, HttpResponse } from '@inthread/sdk/bank'
import { paymentRequest, wirePayment } from '../../../test/purchase.ts'
import { openWorld, testSeed, type World } from '../../../test/world.ts'
import { writeJws, type JwsParts } from './jws-seal.ts'
import { buildPublicJwk, getSigningKey } from './signing-key.ts'

const kinds = { ed25519: generateKeyPairSync('ed25519'), p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }) }

/** One thing that is wrong with an answer. */
interface Flaw {
  readonly claims?: (claims: JwsParts['claims']) => JwsParts['claims']
  readonly parts?: Partial<JwsParts>
  readonly key?: KeyObject
  readonly after?: (answer: HttpResponse) => Partial<HttpResponse>
}

const nowSec = 1_772_703_000

function answer(request: HttpRequest, key: KeyObject, flaw: Flaw): HttpResponse {
  const body = Buffer.from(JSON.stringify(wirePayment))
  const bound = { iat: nowSec, jti: `${request.url} ${nowSec}`, htm: request.method, htu: request.url, status: 202 }
  const claims = flaw.claims?.(bound) ?? bound
  const parts = { typ: 'scene-finance-response+jws', kid: 'bank-1', claims, ...flaw.parts }
  const text = writeJws(parts, body, { key: flaw.key ?? key })
  const plain = { status: 202, headers: { 'x-jws-signature': text }, body }
  return { ...plain, ...flaw.after?.(plain) }
}

function openJwsWorld(kind: keyof typeof kinds = 'ed25519', flaw: Flaw = {}): World {
  const { privateKey } = kinds[kind]
  const jwks = { keys: [buildPublicJwk(privateKey, 'bank-1')] }
  const http = {
    send: (request: HttpRequest): Promise<HttpResponse> =>
      Promise.resolve(
        request.url.endsWith('/jwks.json')
          ? { status: 200, headers: {}, body: Buffer.from(JSON.stringify(jwks)) }
          : answer(request, privateKey, flaw),
      ),
  }
  return openWorld({ http, settings: { messageSignature: 'jws' } })
}

describe('a request', () => {
  it('carries a detached signature over its very bytes, bound to itself', async () => {
    const { connection, sent } = openJwsWorld()
    await connection.submit(paymentRequest)
    const request = sent.find(({ method }) => method === 'POST')
    const [head = '', middle, tail = ''] = request?.headers['x-jws-signature']?.split('.') ?? []
    expect(middle).toBe('')
    expect(request?.headers['signature']).toBeUndefined()
    const claims = ['iat', 'jti', 'htm', 'htu', 'ikey']
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
      ...{ alg: 'EdDSA', kid: 'northern-rail', typ: 'scene-finance-request+jws', b64: false, crit: ['b64', ...claims] },
      ...{ iat: nowSec, jti: 'nonce-1', htm: 'POST', htu: 'https://bank.example/v1/payments' },
      ikey: '"key-of-the-payment-001"',
    })
    const signed = Buffer.concat([Buffer.from(`${head}.`), request?.body ?? new Uint8Array()])
    const key = createPublicKey(getSigningKey(testSeed))
    expect(verify(null, signed, key, Buffer.from(tail, 'base64url'))).toBe(true)
  })
})

describe('an answer', () => {
  it.each(['ed25519', 'p256'] as const)('is believed when it is signed with %s', async (kind) => {
    expect(await openJwsWorld(kind).connection.submit(paymentRequest)).toMatchObject({ kind: 'done' })
  })

  const without = (name: string): NonNullable<Flaw['claims']> => {
    return (claims) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
  }
  const flaws: readonly (readonly [what: string, code: string, flaw: Flaw])[] = [
    ['no signature', 'answer_unsigned', { after: () => ({ headers: {} }) }],
    [
      'a signature that is none',
      'answer_signature_invalid',
      { after: () => ({ headers: { 'x-jws-signature': 'x' } }) },
    ],
    [
      'a changed body',
      'answer_signature_invalid',
      { after: ({ body }) => ({ body: Buffer.concat([body, Buffer.from(' ')]) }) },
    ],
    ['a changed status', 'answer_signature_invalid', { after: () => ({ status: 201 }) }],
    ['another key', 'answer_signature_invalid', { key: generateKeyPairSync('ed25519').privateKey }],
    ['a key that nobody knows', 'answer_signed_with_unknown_key', { parts: { kid: 'bank-9' } }],
    ['the type of a request', 'answer_signature_invalid', { parts: { typ: 'scene-finance-request+jws' } }],
    ['another algorithm', 'answer_signature_invalid', { parts: { alg: 'HS256' } }],
    ['the algorithm of another key', 'answer_signature_invalid', { parts: { alg: 'ES256' } }],
    ['another method', 'answer_signature_invalid', { claims: (claims) => ({ ...claims, htm: 'GET' }) }],
    [
      'another address',
      'answer_signature_invalid',
      { claims: (claims) => ({ ...claims, htu: 'https://bank.example/' }) },
    ],
    ['an old moment', 'answer_stale', { claims: (claims) => ({ ...claims, iat: nowSec - 61 }) }],
    ['no moment', 'answer_signature_invalid', { claims: without('iat') }],
    ['no name of its own', 'answer_signature_invalid', { claims: without('jti') }],
    ['no status', 'answer_signature_invalid', { claims: without('status') }],
    [
      'a critical member that nobody knows',
      'answer_signature_invalid',
      { claims: (claims) => ({ ...claims, more: 'x' }) },
    ],
  ]
  it.each(flaws)('proves nothing with %s', async (_what, code, flaw) => {
    expect(await openJwsWorld('ed25519', flaw).connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code })
  })

  it('is taken once', async () => {
    const { connection } = openJwsWorld()
    expect(await connection.submit(paymentRequest)).toMatchObject({ kind: 'done' })
    expect(await connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'answer_replayed' })
  })
})

describe('a connection with certificates', () => {
  it('hands them to every request, the one for the keys too', async () => {
    const [clientCertificate, certificateAuthority] = ['ours', 'theirs'].map(
      (whose) => `-----BEGIN CERTIFICATE-----\n${whose}\n-----END CERTIFICATE-----`,
    )
    const clientCertificateKey = '-----BEGIN PRIVATE KEY-----\nours\n-----END PRIVATE KEY-----'
    const settings = { clientCertificate, clientCertificateKey, certificateAuthority }
    const { connection, sent } = openWorld({ settings })
    await connection.query('ord_1')
    const tls = { certificate: clientCertificate, key: clientCertificateKey, authority: certificateAuthority }
    expect(sent.map((request) => request.tls)).toEqual([tls, tls])
    expect(sent.some(({ url }) => url.endsWith('/jwks.json'))).toBe(true)
  })
})
