import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import type { TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('capabilities name the merchant of the client, and 304 what is known already', async () => {
  const { body, headers } = await rail.get('/v1/capabilities')
  expect(body).toMatchObject({
    bank: {
      id: 'sample-bank',
      name: { 'zh-CN': '江城银行', en: 'River Bank' },
      zone: 'Asia/Shanghai',
      smsSender: '95530',
    },
    tenant: 'northern-rail',
    payee: { name: '北方铁路', names: { 'zh-CN': '北方铁路', en: 'Northern Rail' }, account: '****6621' },
    capabilities: expect.arrayContaining([
      {
        id: 'payment',
        version: '1',
        currency: 'CNY',
        limits: { perPayment: '5000000' },
        methods: ['code'],
        feeRate: '0.006',
        feeBearer: 'payee',
      },
    ]),
  })
  const etag = headers.get('etag') ?? ''
  const known = await rail.get('/v1/capabilities', { headers: { 'if-none-match': etag } })
  expect([known.status, known.text]).toEqual([304, ''])
  expect((await rail.get('/v1/capabilities', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
})

test('a customer is linked once for each phone and userRef, under a masked name', async () => {
  const first = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1' })
  expect(first.status).toBe(201)
  expect(first.body).toMatchObject({ state: 'active', version: 1, userRef: 'u1', customer: { name: '*晓雨' } })
  expect(first.headers.get('etag')).toBe('"1"')
  const again = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1' })
  expect([again.status, again.body['id']]).toEqual([200, first.body['id']])
  const other = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u2' })
  expect(other.body['id']).not.toBe(first.body['id'])
  const changed = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1', locale: 'en' })
  expect(changed.body).toMatchObject({ id: first.body['id'], version: 2, locale: 'en' })
})

test('a link is read and removed, and a new one is another', async () => {
  const id = textAt((await rail.post('/v1/links', { phone: phones.minor, userRef: 'u1' })).body, 'id')
  expect((await rail.get(`/v1/links/${id}`)).body).toMatchObject({ id, state: 'active' })
  const gone = await rail.send('DELETE', `/v1/links/${id}`, {})
  expect([gone.status, gone.text]).toEqual([204, ''])
  expect((await rail.get(`/v1/links/${id}`)).status).toBe(404)
  expect((await rail.send('DELETE', `/v1/links/${id}`, {})).status).toBe(404)
  const anew = await rail.post('/v1/links', { phone: phones.minor, userRef: 'u1' })
  expect(anew.status).toBe(201)
  expect(anew.body['id']).not.toBe(id)
})

test('a number nobody has here is linked to nobody', async () => {
  const { status, body } = await rail.post('/v1/links', { phone: phones.unknown, userRef: 'u1' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ state: 'none', version: 1 })
  expect(body).not.toHaveProperty('customer')
  expect((await rail.get(`/v1/links/${textAt(body, 'id')}/methods`)).body).toEqual({ methods: [] })
})

test('a number that has gone to someone else shows nothing of its former owner', async () => {
  const { body, text } = await rail.post('/v1/links', { phone: phones.recycled, userRef: 'u1' })
  expect(body).toMatchObject({ status: 403, code: 'number_reassigned', outcome: 'none' })
  expect(text).not.toMatch(/子涵|赵|138/)
})

test('methods show masks, never balances', async () => {
  const id = textAt((await rail.post('/v1/links', { phone: phones.twoAccounts, userRef: 'u1' })).body, 'id')
  const { body, text } = await rail.get(`/v1/links/${id}/methods`)
  expect(body['methods']).toEqual([
    {
      id: expect.stringMatching(/^acc_/),
      kind: 'debit',
      label: { 'zh-CN': '储蓄卡', en: 'Debit card' },
      mask: '****2204',
      canPay: true,
      default: true,
    },
    {
      id: expect.stringMatching(/^acc_/),
      kind: 'debit',
      label: { 'zh-CN': '储蓄卡', en: 'Debit card' },
      mask: '****7719',
      canPay: true,
      default: false,
    },
  ])
  expect(text).not.toMatch(/80000|150000|800\.00|1500/)
})

test('a merchant may be named anew, in one language or both', async () => {
  const jwksUrl = `${world.street.url}/.well-known/jwks.json`
  await world.client('tea-house')
  const renamed = await world.control('PUT', '/sandbox/clients/tea-house', {
    jwksUrl,
    merchantName: { 'zh-CN': '茶馆', en: 'Tea House' },
  })
  expect(renamed.status).toBe(200)
  expect(member(renamed.body, 'payee', 'names')).toEqual({ 'zh-CN': '茶馆', en: 'Tea House' })
  const kept = await world.control('PUT', '/sandbox/clients/tea-house', { jwksUrl })
  expect(member(kept.body, 'payee', 'names')).toEqual({ 'zh-CN': '茶馆', en: 'Tea House' })
})
