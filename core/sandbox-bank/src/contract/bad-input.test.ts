import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { digestOf, signRequest } from '../kit/message-signature.ts'
import { canonical, phones, Purchase, sha256 } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let purchase: Purchase
let confirmation: Json

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
  purchase = await Purchase.prepare(world, rail)
  confirmation = await purchase.verify()
})
afterAll(() => world.close())

const without = (json: Json, name: string): Json =>
  Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))

describe('bodies', () => {
  type Row = [path: string, what: string, body: () => unknown, pointer: string, code?: string]
  const link = { phone: phones.usual, userRef: 'u1' }
  const ask = () => purchase.confirmationBody()
  const pay = () => purchase.paymentBody(confirmation)
  const rows: Row[] = [
    ['/v1/links', 'nothing', () => undefined, ''],
    ['/v1/links', 'a list', () => [link], ''],
    ['/v1/links', 'no phone', () => without(link, 'phone'), '/phone'],
    ['/v1/links', 'a national number', () => ({ ...link, phone: '13800000001' }), '/phone'],
    ['/v1/links', 'a number as a number', () => ({ ...link, phone: 8613800000001 }), '/phone'],
    ['/v1/links', 'an empty userRef', () => ({ ...link, userRef: '' }), '/userRef'],
    ['/v1/links', 'a language nobody speaks here', () => ({ ...link, locale: 'fr' }), '/locale'],
    ['/v1/confirmations', 'no payload', () => without(ask(), 'payload'), '/payload'],
    ['/v1/confirmations', 'a payload of another version', () => withPayload({ v: 2 }), '/payload/v'],
    ['/v1/confirmations', 'a payload for something else', () => withPayload({ op: 'gift' }), '/payload/op'],
    ['/v1/confirmations', 'a payload with a member unknown here', () => withPayload({ tip: '100' }), '/payload/tip'],
    ['/v1/confirmations', 'an amount as a number', () => withPayload({ amount: 100 }), '/payload/amount', 'bad_amount'],
    [
      '/v1/confirmations',
      'an amount with a point',
      () => withPayload({ amount: '1.00' }),
      '/payload/amount',
      'bad_amount',
    ],
    [
      '/v1/confirmations',
      'an amount of nineteen digits',
      () => withPayload({ amount: '1'.repeat(19) }),
      '/payload/amount',
      'bad_amount',
    ],
    ['/v1/confirmations', 'a negative amount', () => withPayload({ amount: '-1' }), '/payload/amount', 'bad_amount'],
    [
      '/v1/confirmations',
      'a currency in lower case',
      () => withPayload({ currency: 'cny' }),
      '/payload/currency',
      'bad_currency',
    ],
    [
      '/v1/confirmations',
      'an expiry without a zone',
      () => withPayload({ expires: '2026-03-05T09:35:00' }),
      '/payload/expires',
    ],
    [
      '/v1/confirmations',
      'a day that does not exist',
      () => withPayload({ expires: '2026-02-30T09:35:00Z' }),
      '/payload/expires',
    ],
    [
      '/v1/confirmations',
      'a digest in capitals',
      () => ({ ...ask(), payloadSha256: purchase.digest.toUpperCase() }),
      '/payloadSha256',
    ],
    ['/v1/confirmations', 'a method unknown here', () => ({ ...ask(), method: 'face' }), '/method'],
    ['/v1/confirmations', 'a reference with a blank', () => ({ ...ask(), clientRef: 'a b' }), '/clientRef'],
    ['/v1/confirmations/cnf_1/answers', 'a code of five digits', () => ({ code: '12345' }), '/code'],
    ['/v1/confirmations/cnf_1/answers', 'a code as a number', () => ({ code: 123456 }), '/code'],
    ['/v1/payments', 'no authorisation', () => without(pay(), 'authorisation'), '/authorisation'],
    ['/v1/payments', 'an amount as text', () => ({ ...pay(), amount: '55350' }), '/amount', 'bad_amount'],
    [
      '/v1/payments',
      'an amount with a leading zero',
      () => ({ ...pay(), amount: { value: '055', currency: 'CNY' } }),
      '/amount/value',
      'bad_amount',
    ],
    [
      '/v1/payments',
      'no currency',
      () => ({ ...pay(), amount: { value: '55350' } }),
      '/amount/currency',
      'bad_currency',
    ],
    ['/v1/payments', 'a payer without a method', () => ({ ...pay(), payer: { link: purchase.link } }), '/payer/method'],
    [
      '/v1/payments',
      'a description that is too long',
      () => ({ ...pay(), description: 'x'.repeat(201) }),
      '/description',
    ],
  ]

  const withPayload = (change: Json): Json => ({ ...ask(), payload: { ...purchase.payload, ...change } })

  test.each(rows)('POST %s with %s', async (path, _what, body, pointer, code = 'malformed') => {
    const reply = await rail.post(path, body())
    expect(reply.body).toMatchObject({ status: 400, code, outcome: 'none', errors: [{ in: 'body', pointer }] })
    expect(String(reply.body['detail']).length).toBeGreaterThan(20)
    expect(reply.text).not.toContain('13800000001')
  })

  test('several mistakes are all told', async () => {
    const { body } = await rail.post('/v1/links', { phone: 'x' })
    expect((body['errors'] as Json[]).map((error) => error['pointer']).sort()).toEqual(['/phone', '/userRef'])
  })

  test('fields unknown here are ignored', async () => {
    expect((await rail.post('/v1/links', { ...link, colour: 'blue' })).status).toBe(201)
  })
})

describe('queries', () => {
  test.each([
    ['/v1/payments?limit=0', '/limit'],
    ['/v1/payments?limit=201', '/limit'],
    ['/v1/payments?limit=many', '/limit'],
    ['/v1/payments?updatedAfter=yesterday', '/updatedAfter'],
    ['/v1/payments?updatedAfter=2026-12-31T23:59:60Z', '/updatedAfter'],
    ['/v1/payments?clientRef=', '/clientRef'],
    ['/v1/events?limit=1.5', '/limit'],
    ['/v1/confirmations', '/clientRef'],
  ])('GET %s', async (path, pointer) => {
    const { body } = await rail.get(path)
    expect(body).toMatchObject({ status: 400, code: 'malformed', errors: [{ in: 'query', pointer }] })
  })
})

describe('bytes', () => {
  const sent = (body: string, headers: Record<string, string> = {}) => {
    const parsed = { body: JSON.stringify({}), headers }
    return rail.post('/v1/links', {}, { signing: { body }, sent: { ...parsed, body } })
  }

  test.each([
    ['half of a JSON text', '{"phone":'],
    ['a prototype to be polluted', '{"__proto__":{"admin":true}}'],
    ['no JSON at all', 'phone=1'],
  ])('%s', async (_what, text) => {
    expect((await sent(text)).body).toMatchObject({ status: 400, code: 'malformed' })
  })

  test('a leap second as expiry', async () => {
    const payload = { ...purchase.payload, expires: '2030-12-31T23:59:60Z' }
    const body = { ...purchase.confirmationBody(), payload, payloadSha256: sha256(canonical(payload)) }
    expect((await rail.post('/v1/confirmations', body)).body).toMatchObject({
      code: expect.stringMatching(/expired|malformed/),
    })
  })

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.from('{"phone":"+8613800000001","userRef":"u1","more":"\xff"}', 'latin1')
    const url = `${world.bank.url}/v1/links`
    const headers = {
      ...{ 'idempotency-key': `"${newKey()}"`, 'content-type': 'application/json', 'content-digest': digestOf(bytes) },
    }
    const signed = signRequest({
      ...{ method: 'POST', url, headers, keyId: rail.id, privateKey: rail.key.privateKey, nonce: newKey() },
      created: Math.floor(world.now() / 1000),
      covered: ['@method', '@target-uri', 'content-digest', 'content-type', 'idempotency-key'],
    })
    const response = await fetch(url, { method: 'POST', headers: signed, body: bytes })
    expect(await response.json()).toMatchObject({ status: 400, code: 'malformed' })
  })

  test('another content type', async () => {
    const headers = { 'content-type': 'text/plain', 'idempotency-key': '"abcdefghijklmnopqrstuvwxyz"' }
    const { body } = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1' }, { headers })
    expect(body).toMatchObject({ status: 400, code: 'malformed' })
  })

  test('more than 64 kB', async () => {
    const { body } = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1', more: 'x'.repeat(66_000) })
    expect(body).toMatchObject({ status: 413, code: 'too_large', outcome: 'none' })
  })

  test('half of a character', async () => {
    const { body } = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1', more: '\ud800' })
    expect(body).toMatchObject({ status: 400, code: 'malformed' })
  })
})
