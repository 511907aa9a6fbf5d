import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, Purchase } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let purchase: Purchase
let confirmation: Json

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.advance('PT61S')
  purchase = await Purchase.prepare(world, rail, { amount: '100' })
  confirmation = await purchase.verify()
})
afterEach(() => world.control('DELETE', '/sandbox/faults'))

const payments = { method: 'POST', path: '/v1/payments' }
const byRef = () => rail.get(`/v1/payments?clientRef=${purchase.clientRef}`)

test('timeout-before: no answer and no effect; the same key works afterwards', async () => {
  await world.fault('timeout-before', payments)
  const key = newKey()
  await expect(purchase.pay(confirmation, { key, signal: AbortSignal.timeout(300) })).rejects.toThrow(
    /aborted|timeout/i,
  )
  expect((await byRef()).status).toBe(404)
  const again = await purchase.pay(confirmation, { key })
  expect([again.status, again.headers.get('idempotent-replay')]).toEqual([202, null])
})

test('timeout-after: no answer, but the payment was made; the same key tells', async () => {
  await world.fault('timeout-after', payments)
  const key = newKey()
  await expect(purchase.pay(confirmation, { key, signal: AbortSignal.timeout(300) })).rejects.toThrow(
    /aborted|timeout/i,
  )
  expect((await byRef()).status).toBe(200)
  const again = await purchase.pay(confirmation, { key })
  expect([again.status, again.headers.get('idempotent-replay')]).toEqual([202, 'true'])
})

test('500-after: the answer says unknown, and the payment was made', async () => {
  await world.fault('500-after', payments)
  const failed = await purchase.pay(confirmation)
  expect(failed.body).toMatchObject({ status: 500, code: 'internal', outcome: 'unknown', retry: 'same-key' })
  expect(failed.headers.get('location')).toBeNull()
  expect(member((await byRef()).body, 'items', 0, 'state')).toMatch(/processing|succeeded/)
})

test('decline: a definite refusal that stays one', async () => {
  await world.fault('decline', payments)
  const key = newKey()
  const declined = await purchase.pay(confirmation, { key })
  expect(declined.body).toMatchObject({ status: 422, code: 'card_blocked', outcome: 'none' })
  expect((await purchase.pay(confirmation, { key })).body).toMatchObject({ status: 422, code: 'card_blocked' })
  expect(member((await byRef()).body, 'items', 0)).toMatchObject({
    state: 'failed',
    failure: { code: 'card_blocked', class: 'declined' },
  })
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect((body['transfers'] as Json[]).some((line) => line['clientRef'] === purchase.clientRef)).toBe(false)
})

test.each([
  ['wrong-amount', { value: '101', currency: 'CNY' }],
  ['wrong-currency', { value: '100', currency: 'USD' }],
])('%s: a validly signed answer lies, the books do not', async (kind, shown) => {
  await world.fault(kind, payments)
  const lied = await purchase.pay(confirmation)
  expect(lied.body['amount']).toEqual(shown)
  expect((await rail.get(`/v1/payments/${String(lied.body['id'])}`)).body['amount']).toEqual({
    value: '100',
    currency: 'CNY',
  })
  await world.fault(kind, { method: 'GET', path: '/v1/payments' })
  expect(member((await byRef()).body, 'items', 0, 'amount')).toEqual(shown)
})

test('malformed: validly signed, but no JSON', async () => {
  await world.fault('malformed', payments)
  const { status, text } = await purchase.pay(confirmation, { unchecked: true })
  expect(status).toBe(202)
  expect(text.length).toBeGreaterThan(20)
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
  expect((await byRef()).status).toBe(200)
})

test('slow: the effect at once, the answer late', async () => {
  await world.fault('slow', { method: 'GET', path: '/v1/capabilities' }, { delayMs: 250 })
  const before = performance.now()
  expect((await rail.get('/v1/capabilities')).status).toBe(200)
  expect(performance.now() - before).toBeGreaterThanOrEqual(245)
})

test('faults match by pattern, are used up, are listed and taken back', async () => {
  await world.fault('500-after', { path: '/v1/payments/{id}' }, { times: 2 })
  await world.fault('500-after', { method: 'get', path: '/v1/cap*' })
  const listed = await world.control('GET', '/sandbox/faults')
  expect(listed.body['faults']).toMatchObject([
    { do: '500-after', times: 2 },
    { do: '500-after', times: 1 },
  ])
  const read = async () => (await rail.get('/v1/payments/pay_none')).status
  expect([await read(), await read(), await read()]).toEqual([500, 500, 404])
  await world.control('DELETE', '/sandbox/faults')
  expect((await rail.get('/v1/capabilities')).status).toBe(200)
})

test.each([
  [{ do: 'decline' }, '/match'],
  [{ do: 'explode', match: { path: '/x' } }, '/do'],
  [{ do: 'slow', match: { path: '/x' }, times: 0 }, '/times'],
])('an order that cannot be carried out is refused: %j', async (order, pointer) => {
  const { status, body } = await world.control('POST', '/sandbox/faults', order)
  expect(status).toBe(400)
  expect(body['errors']).toMatchObject([{ in: 'body', pointer }])
})

test('a bank that closes does not wait for callers who wait for it', async () => {
  const other = await BankUnderTest.open()
  const client = await other.client('northern-rail')
  await other.fault('timeout-after', { path: '/v1/capabilities' })
  const waiting = client.get('/v1/capabilities').catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const before = performance.now()
  await other.close()
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(await waiting).toBeInstanceOf(Error)
})
