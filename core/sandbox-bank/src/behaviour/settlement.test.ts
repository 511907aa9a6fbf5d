import { afterEach, beforeEach, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase } from '../kit/purchase.ts'
import { readyLine, spawnNode } from '../kit/spawned.ts'
import { until } from '../kit/street.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 3_600_000 } })
  rail = await world.client('northern-rail')
})
afterEach(() => world.close())

test('holds the money until the time has come, then moves it', async () => {
  const { purchase, payment } = await pay('20000')
  expect(await findAccount('****1234')).toMatchObject({ balanceMinor: '312045', heldMinor: '20000' })
  await world.advance('PT59M')
  expect((await rail.get(`/v1/payments/${String(payment['id'])}`)).body).toMatchObject({ state: 'processing' })
  await world.advance('PT2M')
  expect((await rail.get(`/v1/payments/${String(payment['id'])}`)).body).toMatchObject({ state: 'succeeded' })
  expect(await findAccount('****1234')).toMatchObject({ balanceMinor: '292045', heldMinor: '0' })
  expect(await listKinds(purchase)).toEqual(['pending', 'post', 'single', 'single'])
})

test('gives the money back when the account was frozen meanwhile, and refuses the next payment', async () => {
  const { purchase, payment } = await pay('20000')
  const next = await Purchase.prepare(world, rail, { amount: '100' })
  const confirmed = await next.verify()
  const account = await findAccount('****1234')
  await world.control('PUT', `/sandbox/accounts/${String(account['id'])}`, { state: 'frozen' })
  await world.advance('PT2M')
  expect((await next.pay(confirmed)).body).toMatchObject({ status: 422, code: 'account_frozen', outcome: 'none' })
  await world.advance('PT1H')
  expect((await rail.get(`/v1/payments/${String(payment['id'])}`)).body).toMatchObject({
    state: 'failed',
    version: 2,
    failure: { code: 'account_frozen', class: 'declined' },
  })
  expect(await findAccount('****1234')).toMatchObject({ balanceMinor: '312045', heldMinor: '0' })
  expect(await listKinds(purchase)).toEqual(['pending', 'void'])
  const { body } = await rail.get('/v1/events')
  const states = (body['events'] as Json[]).map((event) => [event['type'], member(event, 'data', 'version')])
  expect(states.slice(-2)).toEqual([
    ['payment.failed', 1],
    ['payment.failed', 2],
  ])
})

test('what is held cannot be spent a second time', async () => {
  await pay('4000', phones.poor)
  const second = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '1001' })
  expect((await second.pay(await second.verify())).body).toMatchObject({ code: 'insufficient_funds' })
  const third = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '1000' })
  expect((await third.pay(await third.verify())).status).toBe(202)
})

test('a clean restart keeps what is under way, and the clock', async () => {
  const { purchase, payment } = await pay('20000')
  await world.advance('PT2H')
  await world.restart()
  const clock = await world.control('POST', '/v1/simulations/clock', { advance: 0 })
  expect(clock.body['offsetMs']).toBe(2 * 3_600_000)
  expect((await rail.get(`/v1/payments/${String(payment['id'])}`)).body).toMatchObject({
    state: 'succeeded',
    version: 2,
  })
  expect(await listKinds(purchase)).toEqual(['pending', 'post', 'single', 'single'])
})

test('a bank killed between hold and post settles exactly once after it is back', async () => {
  const { port } = world.bank
  await world.bank.close()
  const options = {
    home: world.home,
    platformUrl: world.street.url,
    operatorUrl: world.street.url,
    port,
    terms: { settleDelayMs: 3_600_000 },
  }
  const spawned = spawnNode('kit/bank-process.ts', { args: [JSON.stringify(options)] })
  await readyLine(spawned)
  const { purchase, payment } = await pay('20000')
  spawned.child.kill('SIGKILL')
  expect(await spawned.ended).toBe(null)
  await world.restart()
  expect(await listKinds(purchase)).toEqual(['pending'])
  expect(await findAccount('****1234')).toMatchObject({ balanceMinor: '312045', heldMinor: '20000' })
  await world.advance('PT1H1S')
  expect(await purchase.settled(payment)).toMatchObject({ state: 'succeeded', version: 2 })
  await world.restart()
  expect(await listKinds(purchase)).toEqual(['pending', 'post', 'single', 'single'])
  expect(await findAccount('****1234')).toMatchObject({ balanceMinor: '292045', heldMinor: '0' })
  const events = await until(async () => {
    const { body } = await rail.get('/v1/events')
    return body['events'] as Json[]
  }, 'events')
  expect(events.map((event) => event['type'])).toEqual([
    'confirmation.verified',
    'payment.processing',
    'payment.succeeded',
  ])
})

async function pay(amount: string, phone: string = phones.usual): Promise<{ purchase: Purchase; payment: Json }> {
  const purchase = await Purchase.prepare(world, rail, { phone, amount })
  const taken = await purchase.pay(await purchase.verify())
  expect(taken.status).toBe(202)
  return { purchase, payment: taken.body }
}

async function findAccount(mask: string): Promise<Json> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  return (body['accounts'] as Json[]).find((account) => account['mask'] === mask) ?? {}
}

async function listKinds(purchase: Purchase): Promise<unknown[]> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect(body['totals']).toEqual({ CNY: '0', PTS: '0' })
  const lines = body['transfers'] as Json[]
  return lines.filter((line) => line['clientRef'] === purchase.clientRef).map((line) => line['kind'])
}
