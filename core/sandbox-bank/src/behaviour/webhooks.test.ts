import { verify } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { Purchase } from '../kit/purchase.ts'
import { until, type Hook } from '../kit/street.ts'
import { readBankKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterEach(() => world.close())

test('tell of each step, thin, in order, and signed with the key of the JWKS', async () => {
  const { purchase, payment } = await pay()
  const hooks = await waitForHooks(3)
  expect(hooks.map(({ event }) => event.type)).toEqual([
    'confirmation.verified',
    'payment.processing',
    'payment.succeeded',
  ])
  expect(hooks[2]?.event).toEqual({
    id: expect.stringMatching(/^evt_/),
    type: 'payment.succeeded',
    timestamp: expect.stringMatching(/Z$/),
    data: {
      ...{ id: payment['id'], clientRef: purchase.clientRef, version: 2, state: 'succeeded' },
      amount: { value: '55350', currency: 'CNY' },
    },
  })
  const key = await readBankKey(world.bank.url)
  for (const { headers, body, event } of hooks) {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers
    expect(id).toBe(event.id)
    expect(headers['webhook-key-id']).toBe('bank-1')
    expect(Math.abs(Number(timestamp) - world.now() / 1000)).toBeLessThan(5)
    const [version, value] = String(signature).split(',')
    expect(version).toBe('v1a')
    expect(verify(null, Buffer.from(`${id}.${timestamp}.${body}`), key, Buffer.from(value ?? '', 'base64'))).toBe(true)
  }
})

test('are repeated by plan until they are taken, with the same id', async () => {
  world.street.hookAnswers.push(
    { status: 500 },
    { status: 302, headers: { location: `${world.street.url}/hooks/elsewhere` } },
  )
  await confirm()
  await waitForHooks(1)
  await quiet()
  expect(world.street.hooks).toHaveLength(1)
  await world.advance('PT6S')
  await waitForHooks(2)
  await quiet()
  await world.advance('PT4M')
  await quiet()
  expect(world.street.hooks).toHaveLength(2)
  await world.advance('PT2M')
  const hooks = await waitForHooks(3)
  expect(new Set(hooks.map(({ event }) => event.id)).size).toBe(1)
  expect(new Set(hooks.map(({ body }) => body)).size).toBe(1)
  expect(hooks.map(({ client }) => client)).toEqual(Array(3).fill('northern-rail'))
  await world.advance('P2D')
  await quiet()
  expect(world.street.hooks).toHaveLength(3)
})

test('stay away as long as a busy receiver asks', async () => {
  world.street.hookAnswers.push({ status: 503, headers: { 'retry-after': '600' } })
  await confirm()
  await waitForHooks(1)
  await quiet()
  await world.advance('PT9M')
  await quiet()
  expect(world.street.hooks).toHaveLength(1)
  await world.advance('PT2M')
  await waitForHooks(2)
})

test('end for an address that is gone, until the client is registered again', async () => {
  world.street.hookAnswers.push({ status: 410 })
  await pay()
  await waitForHooks(1)
  await quiet()
  expect(world.street.hooks).toHaveLength(1)
  expect(await webhookState()).toBe('disabled')
  expect(((await rail.get('/v1/events')).body['events'] as Json[]).length).toBe(3)
  const registration = {
    jwksUrl: `${world.street.url}/.well-known/jwks.json`,
    webhookUrl: `${world.street.url}/hooks/northern-rail`,
  }
  await world.control('PUT', '/sandbox/clients/northern-rail', registration)
  expect(await webhookState()).toBe('active')
  await pay()
  expect((await waitForHooks(4)).slice(1).map(({ event }) => event.type)).toEqual([
    'confirmation.verified',
    'payment.processing',
    'payment.succeeded',
  ])
})

test('that nobody takes for three days mark the client as failing, and one that is taken heals it', async () => {
  world.street.hookAnswers.push(...Array.from({ length: 10 }, () => ({ status: 500 })))
  await confirm()
  for (let count = 1; count <= 10; count += 1) {
    await waitForHooks(count)
    await quiet()
    await world.advance('P1DT3H')
  }
  await until(async () => (await webhookState()) === 'failing', 'the mark')
  await quiet()
  expect(world.street.hooks).toHaveLength(10)
  await confirm()
  await waitForHooks(11)
  await until(async () => (await webhookState()) === 'active', 'the mark to go')
})

test('are delivered twice when ordered to be', async () => {
  await world.fault('duplicate-event', { path: 'payment.*' }, { times: 1 })
  await pay()
  const hooks = await waitForHooks(4)
  expect(hooks.map(({ event }) => event.type)).toEqual([
    'confirmation.verified',
    'payment.processing',
    'payment.processing',
    'payment.succeeded',
  ])
  expect(hooks[1]?.event.id).toBe(hooks[2]?.event.id)
})

test('are held and delivered newest first when ordered to be', async () => {
  await world.fault('reorder-events', { path: 'payment.*' }, { times: 2 })
  await pay()
  const hooks = await waitForHooks(3)
  expect(hooks.map(({ event }) => event.type)).toEqual([
    'confirmation.verified',
    'payment.succeeded',
    'payment.processing',
  ])
  expect((await world.control('GET', '/sandbox/faults')).body['faults']).toEqual([])
})

test('that are held are let go when the order is taken back', async () => {
  await world.fault('reorder-events', { path: 'payment.*' }, { times: 50 })
  await pay()
  await quiet()
  expect(world.street.hooks).toHaveLength(1)
  await world.control('DELETE', '/sandbox/faults')
  const hooks = await waitForHooks(3)
  expect(hooks.map(({ event }) => event.type)).toEqual([
    'confirmation.verified',
    'payment.processing',
    'payment.succeeded',
  ])
})

test('that were not delivered before a restart are delivered after it', async () => {
  world.street.hookAnswers.push({ status: 500 })
  await confirm()
  await waitForHooks(1)
  await quiet()
  await world.restart()
  await world.advance('PT6S')
  const hooks = await waitForHooks(2)
  expect(hooks[0]?.event.id).toBe(hooks[1]?.event.id)
})

async function confirm(): Promise<void> {
  await (await Purchase.prepare(world, rail)).verify()
}

async function pay(): Promise<{ purchase: Purchase; payment: Json }> {
  const purchase = await Purchase.prepare(world, rail)
  const payment = (await purchase.pay(await purchase.verify())).body
  await purchase.settled(payment)
  return { purchase, payment }
}

function waitForHooks(count: number): Promise<Hook[]> {
  return until(() => world.street.hooks.length >= count && world.street.hooks, `${count} webhook calls`)
}

/** Long enough for a call that should not come to come. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60))
}

async function webhookState(): Promise<unknown> {
  const { body } = await world.control('GET', '/sandbox/clients')
  return (body['clients'] as Json[])[0]?.['webhookState']
}
