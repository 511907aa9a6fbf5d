import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { digestOf, makeClientKey, signRequest } from '../kit/message-signature.ts'
import { phones } from '../kit/purchase.ts'
import { newKey, type TestClient, type Wish } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

const link = { phone: phones.usual, userRef: 'u1' }
const post = (wish: Wish) => rail.post('/v1/links', link, wish)
const seconds = (offset: number): number => Math.floor(world.now() / 1000) + offset

describe('a request is refused', () => {
  test.each<[string, string, () => Wish]>([
    [
      'whose body was changed',
      'digest_mismatch',
      () => ({ sent: { body: JSON.stringify({ ...link, userRef: 'u2' }) } }),
    ],
    [
      'whose body and digest were changed',
      'signature_invalid',
      () => {
        const body = JSON.stringify({ ...link, userRef: 'u2' })
        return { sent: { body, headers: { 'content-digest': digestOf(body) } } }
      },
    ],
    [
      'whose idempotency key was changed',
      'signature_invalid',
      () => ({ sent: { headers: { 'idempotency-key': `"${newKey()}"` } } }),
    ],
    [
      'whose content type was changed',
      'signature_invalid',
      () => ({ sent: { headers: { 'content-type': 'application/json;v=2' } } }),
    ],
    ['whose path was changed', 'signature_invalid', () => ({ sent: { path: '/v1/payments' } })],
    ['with a query that was not signed', 'signature_invalid', () => ({ sent: { path: '/v1/links?x=1' } })],
    ['signed for another host', 'signature_invalid', () => ({ signing: { url: 'http://localhost:1/v1/links' } })],
    ['signed by another key', 'signature_invalid', () => ({ signing: { privateKey: makeClientKey().privateKey } })],
    ['of a client nobody knows', 'signature_invalid', () => ({ signing: { keyId: 'nobody' } })],
    ['signed for another purpose', 'signature_invalid', () => ({ signing: { tag: 'scene-finance-response' } })],
    ['signed with another algorithm', 'signature_invalid', () => ({ signing: { alg: 'hmac-sha256' } })],
    ['made 61 s ago', 'clock_skew', () => ({ signing: { created: seconds(-62) } })],
    ['made 61 s ahead', 'clock_skew', () => ({ signing: { created: seconds(62) } })],
    ...['@method', '@target-uri', 'content-digest', 'content-type', 'idempotency-key'].map(
      (name): [string, string, () => Wish] => [
        `that does not cover ${name}`,
        'signature_invalid',
        () => ({ signing: { uncovered: [name] } }),
      ],
    ),
  ])('%s: %s', async (_what, code, wish) => {
    const { body } = await post(wish())
    expect(body).toMatchObject({ status: 401, code, outcome: 'none', retry: 'same-key' })
  })

  test('that carries an authorization which is not covered', async () => {
    const { body } = await post({ sent: { headers: { authorization: 'Bearer x' } } })
    expect(body).toMatchObject({ code: 'signature_invalid' })
    const covered = await post({ headers: { authorization: 'Bearer x' } })
    expect(covered.body).toMatchObject({ code: 'token_expired', status: 401, retry: 'same-key' })
  })

  test('that is sent twice', async () => {
    const signing = { nonce: 'once-and-never-again' }
    expect((await rail.get('/v1/capabilities', { signing })).status).toBe(200)
    expect((await rail.get('/v1/capabilities', { signing })).body).toMatchObject({ code: 'nonce_replayed' })
    await world.advance('PT10M1S')
    expect((await rail.get('/v1/capabilities', { signing })).status).toBe(200)
  })

  test('without a signature, wherever it goes', async () => {
    for (const path of ['/v1/capabilities', '/v1/nowhere', '/v1/payments/pay_1']) {
      const response = await fetch(world.bank.url + path)
      expect(response.status).toBe(401)
      expect(response.headers.get('signature')).toMatch(/^sig1=:/)
    }
  })
})

test('the time of the bank is told to who is out of step', async () => {
  const { body } = await post({ signing: { created: seconds(-3600) } })
  expect(Math.abs(Date.parse(String(body['serverTime'])) - world.now())).toBeLessThan(2_000)
})

test('answers that are refusals or lead nowhere are signed too, and echo the interaction', async () => {
  const headers = { 'x-interaction-id': '01a201ad-0e9d-77f3-8303-e5b07f9be4e4' }
  const { body, headers: answered } = await rail.get('/v1/nowhere', { headers })
  expect(body).toMatchObject({ status: 404, code: 'not_found', interactionId: headers['x-interaction-id'] })
  expect(answered.get('x-interaction-id')).toBe(headers['x-interaction-id'])
  const made = (await rail.get('/v1/nowhere')).headers.get('x-interaction-id')
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect((await rail.get('/v1/%zz')).body).toMatchObject({ status: 400, code: 'malformed' })
})

test('a signature of a proxy beside sig1 does not matter', async () => {
  const url = `${world.bank.url}/v1/capabilities`
  const signing = {
    method: 'GET',
    url,
    keyId: rail.id,
    privateKey: rail.key.privateKey,
    created: seconds(0),
    nonce: newKey(),
  }
  const headers = signRequest(signing)
  const response = await fetch(url, {
    headers: {
      ...headers,
      'signature-input': `proxy=("@method");keyid="gateway", ${headers['signature-input']}`,
      signature: `proxy=:AAAA:, ${headers['signature']}`,
    },
  })
  expect(response.status).toBe(200)
})

describe('keys of clients', () => {
  test('are read once and kept, and read again when a client has a new one', async () => {
    const client = await world.client('tea-house')
    await client.get('/v1/capabilities')
    const reads = world.street.keyReads.length
    await client.get('/v1/capabilities')
    expect(world.street.keyReads.length).toBe(reads)
    const fresh = makeClientKey()
    world.street.keys.set('tea-house', fresh.publicJwk)
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    expect((await client.get('/v1/capabilities', { signing: { privateKey: fresh.privateKey } })).status).toBe(200)
    expect((await client.get('/v1/capabilities')).status).toBe(401)
  })

  test('are looked for at most once a second', async () => {
    await rail.get('/v1/capabilities', { signing: { keyId: 'nobody-1' } })
    const reads = world.street.keyReads.length
    for (const keyId of ['nobody-2', 'nobody-3', 'nobody-4']) await rail.get('/v1/capabilities', { signing: { keyId } })
    expect(world.street.keyReads.length).toBe(reads)
  })

  test('in the set of the platform open the door to clients nobody registered', async () => {
    const client = await world.client('guest-house', { registered: false })
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    const { status, body } = await client.get('/v1/capabilities')
    expect(status).toBe(200)
    expect(body).toMatchObject({ tenant: 'guest-house', payee: { name: 'guest-house' } })
  })
})
