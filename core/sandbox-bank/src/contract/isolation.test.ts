import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { Purchase, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let mine: TestClient
let theirs: TestClient
let purchase: Purchase
let confirmation: Json
let payment: Json

beforeAll(async () => {
  world = await BankUnderTest.open()
  mine = await world.client('northern-rail')
  theirs = await world.client('tea-house')
  purchase = await Purchase.prepare(world, mine)
  confirmation = await purchase.verify()
  payment = (await purchase.pay(confirmation)).body
  await purchase.settled(payment)
})
afterAll(() => world.close())

/** A refusal without what differs between any two requests. */
function shapeOf({ status, body }: Reply): Json {
  const { instance: _instance, interactionId: _interactionId, ...rest } = body
  return { httpStatus: status, ...rest }
}

test("everything of one client looks to another as if it weren't there", async () => {
  const paths: [string, string, string][] = [
    ['GET', '/v1/links/', purchase.link],
    ['DELETE', '/v1/links/', purchase.link],
    ['GET', '/v1/links/*/methods', purchase.link],
    ['GET', '/v1/confirmations/', textAt(confirmation, 'id')],
    ['GET', '/v1/confirmations?clientRef=', purchase.clientRef],
    ['GET', '/v1/payments/', textAt(payment, 'id')],
    ['GET', '/v1/payments?clientRef=', purchase.clientRef],
  ]
  for (const [method, path, id] of paths) {
    const put = (value: string): string => (path.includes('*') ? path.replace('*', value) : path + value)
    const foreign = await theirs.send(method, put(id), {})
    const random = await theirs.send(method, put(`${id.slice(0, -4)}zzzz`), {})
    expect(foreign.status).toBe(404)
    expect(shapeOf(foreign)).toEqual(shapeOf(random))
  }
  expect((await theirs.get('/v1/payments')).body['items']).toEqual([])
  expect((await theirs.get('/v1/events')).body['events']).toEqual([])
  expect((await mine.get(`/v1/links/${purchase.link}`)).status).toBe(200)
})

test("nobody confirms, answers or pays with another's things", async () => {
  const key = newKey()
  const asked = await theirs.post('/v1/confirmations', purchase.confirmationBody(), { key })
  expect(asked.body).toMatchObject({ code: 'not_found' })
  const answered = await theirs.post(`/v1/confirmations/${textAt(confirmation, 'id')}/answers`, { code: '000000' })
  expect(answered.body).toMatchObject({ code: 'not_found' })
  expect((await theirs.post('/v1/payments', purchase.paymentBody(confirmation))).body).toMatchObject({
    code: 'not_found',
  })
})

test('a cursor of one client is worth nothing to another', async () => {
  const cursor = textAt((await mine.get('/v1/events?limit=1')).body, 'cursor')
  expect((await theirs.get(`/v1/events?after=${cursor}`)).body).toMatchObject({ code: 'malformed' })
})

test('webhooks go to the client they are about', async () => {
  expect(world.street.hooks.length).toBeGreaterThan(0)
  expect(world.street.hooks.every(({ client }) => client === 'northern-rail')).toBe(true)
})

test('the same customer has another link and pays another merchant, and references do not collide', async () => {
  const other = await Purchase.prepare(world, theirs, { amount: '100' })
  expect(other.link).not.toBe(purchase.link)
  expect(other.payload['payee']).not.toEqual(purchase.payload['payee'])
  const confirmed = await other.verify()
  const body = { ...other.paymentBody(confirmed), clientRef: purchase.clientRef }
  expect((await theirs.post('/v1/payments', body)).status).toBe(202)
})
