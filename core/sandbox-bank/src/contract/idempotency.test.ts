import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase } from '../kit/purchase.ts'
import { until } from '../kit/street.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('a POST without a key, or with a bad one, is refused', async () => {
  const body = { phone: phones.usual, userRef: 'u1' }
  const missing = await rail.send('POST', '/v1/links', { body })
  expect(missing.body).toMatchObject({ status: 400, code: 'missing_idempotency_key', outcome: 'none' })
  const short = await rail.post('/v1/links', body, { key: 'too-short' })
  expect(short.body).toMatchObject({
    status: 400,
    code: 'malformed',
    errors: [{ in: 'header', pointer: '/idempotency-key' }],
  })
  const bare = await rail.send('POST', '/v1/links', { body, headers: { 'idempotency-key': 'a'.repeat(20) } })
  expect(bare.body).toMatchObject({ status: 400, code: 'malformed' })
})

test('the same key and body gives the same resource in its present state', async () => {
  const purchase = await Purchase.prepare(world, rail)
  const confirmation = await purchase.verify()
  const key = newKey()
  const first = await purchase.pay(confirmation, { key })
  expect(first.headers.get('idempotent-replay')).toBeNull()
  await purchase.settled(first.body)
  const second = await purchase.pay(confirmation, { key })
  expect(second.status).toBe(202)
  expect(second.headers.get('idempotent-replay')).toBe('true')
  expect(second.body).toMatchObject({ id: first.body['id'], state: 'succeeded', version: 2 })
  const { body } = await world.control('GET', '/sandbox/payments')
  expect(member(body, 'payments', 0)).toMatchObject({ id: first.body['id'], attempts: 2 })
})

test('the order of members and the white space of a body do not matter', async () => {
  const key = newKey()
  const first = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u2' }, { key })
  const second = await rail.post('/v1/links', { userRef: 'u2', phone: phones.usual }, { key })
  expect(second.headers.get('idempotent-replay')).toBe('true')
  expect(second.body['id']).toBe(first.body['id'])
})

test('the same key with another body, or another resource in the path, is refused', async () => {
  const key = newKey()
  await rail.post('/v1/links', { phone: phones.usual, userRef: 'u3' }, { key })
  const reused = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u4' }, { key })
  expect(reused.body).toMatchObject({ status: 422, code: 'key_reused', outcome: 'none' })
  const code = '000000'
  const [one, other] = [await prepareConfirmation(), await prepareConfirmation()]
  const answerKey = newKey()
  await rail.post(`/v1/confirmations/${one}/answers`, { code }, { key: answerKey })
  const wrong = await rail.post(`/v1/confirmations/${other}/answers`, { code }, { key: answerKey })
  expect(wrong.body).toMatchObject({ code: 'key_reused' })
})

test('two clients may use the same key', async () => {
  const other = await world.client('other-shop')
  const key = newKey()
  const mine = await rail.post('/v1/links', { phone: phones.usual, userRef: 'u5' }, { key })
  const theirs = await other.post('/v1/links', { phone: phones.usual, userRef: 'u5' }, { key })
  expect(theirs.status).toBe(201)
  expect(theirs.body['id']).not.toBe(mine.body['id'])
})

test('a key whose request is still being answered is refused for the moment', async () => {
  await world.advance('PT61S')
  const purchase = await Purchase.prepare(world, rail)
  const confirmation = await purchase.verify()
  const key = newKey()
  await world.fault('slow', { method: 'POST', path: '/v1/payments' }, { delayMs: 600 })
  const first = purchase.pay(confirmation, { key })
  await until(() => findAttempts(purchase.clientRef), 'the payment')
  const second = await purchase.pay(confirmation, { key })
  expect(second.body).toMatchObject({ status: 409, code: 'still_running', retry: 'same-key' })
  expect(second.headers.get('retry-after')).toBe('1')
  expect((await first).status).toBe(202)
  expect((await purchase.pay(confirmation, { key })).headers.get('idempotent-replay')).toBe('true')
})

test('keys of links are forgotten after thirty days, keys of payments never', async () => {
  await world.advance('PT61S')
  const purchase = await Purchase.prepare(world, rail)
  const confirmation = await purchase.verify()
  const [payKey, linkKey] = [newKey(), newKey()]
  const paid = await purchase.pay(confirmation, { key: payKey })
  await rail.post('/v1/links', { phone: phones.minor, userRef: 'u6' }, { key: linkKey })
  await world.advance('P31D')
  const other = await rail.post('/v1/links', { phone: phones.minor, userRef: 'u7' }, { key: linkKey })
  expect(other.status).toBe(201)
  const again = await purchase.pay(confirmation, { key: payKey })
  expect(again.headers.get('idempotent-replay')).toBe('true')
  expect(again.body['id']).toBe(paid.body['id'])
})

async function prepareConfirmation(): Promise<string> {
  const purchase = await Purchase.prepare(world, rail, { phone: phones.minor })
  return String((await purchase.confirm()).body['id'])
}

async function findAttempts(clientRef: string): Promise<number | undefined> {
  const { body } = await world.control('GET', '/sandbox/payments')
  const payment = (body['payments'] as Json[]).find((candidate) => candidate['clientRef'] === clientRef)
  return payment && Number(payment['attempts'])
}
