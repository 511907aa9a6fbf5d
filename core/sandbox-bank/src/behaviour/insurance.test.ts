import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, linkOf, untilState } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, textAt } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let link: string
let car: string

const cny = (value: string): Json => ({ value, currency: 'CNY' })

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 20, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
  link = await linkOf(rail, phones.usual)
})
afterAll(() => world.close())

async function insure(wish: Json): Promise<string> {
  const { body: quote } = await rail.post('/v1/policies/quotes', { link, ...wish })
  const agreement = await Agreement.prepare(world, rail, { op: 'policy', quote })
  const taken = await agreement.commit('/v1/policies', { declared: true })
  expect(taken.status).toBe(202)
  return `/v1/policies/${textAt(taken.body, 'id')}`
}

test('a premium is paid, the policy bound, and a claim on it paid out', async () => {
  car = await insure({ product: 'car-insurance' })
  expect(await untilState(rail, car, 'in_force')).toMatchObject({ amount: cny('98000'), payee: { name: '安行保险' } })
  const policy = car.split('/').at(-1)
  const report = { link, clientRef: 'clm-1', policy, kind: 'scratch', happenedOn: '2026-11-28', amount: cny('320000') }
  const { body: claim } = await rail.post('/v1/insurance-claims', report)
  const path = `/v1/insurance-claims/${textAt(claim, 'id')}`
  await untilState(rail, path, 'documents_needed')
  await rail.post(`${path}/documents`, { kind: 'photo', sha256: 'b'.repeat(64) })
  await untilState(rail, path, 'assessing')
  await world.advance('PT2M')
  expect((await rail.get(path)).body).toMatchObject({ state: 'assessing', offered: cny('320000') })
  await rail.post(`${path}/agree`, {})
  await untilState(rail, path, 'paid')
  const { body: books } = await world.control('GET', '/sandbox/ledger')
  const accounts = books['accounts'] as Json[]
  expect(accounts.find(({ kind }) => kind === 'insurer')).toMatchObject({ balanceMinor: '-222000' })
})

test('what the insurer does not bind within a day is paid back', async () => {
  await world.control('PUT', '/sandbox/moods/insurer', { mood: 'silent' })
  const path = await insure({ product: 'travel-insurance' })
  await untilState(rail, path, 'premium_paid')
  await world.advance('P1D')
  expect(await untilState(rail, path, 'refunded')).toMatchObject({ refunded: cny('3000') })
  await world.control('PUT', '/sandbox/moods/insurer', { mood: 'fast' })
  const next = await insure({ product: 'travel-insurance' })
  await untilState(rail, next, 'in_force')
  expect((await rail.post(`${next}/cancel`, {})).body).toMatchObject({ state: 'cancelled_cooling_off' })
})

test('last year’s policy is offered again thirty days before it ends, and renewed once', async () => {
  const { to } = (await rail.get(car)).body
  await world.advance(Date.parse(`${String(to)}T00:00:00+08:00`) - 30 * 86_400_000 - world.now())
  const { body } = await rail.get('/v1/events?limit=200')
  expect((body['events'] as Json[]).map(({ type }) => type)).toContain('policy.renewal_offered')
  const policy = car.split('/').at(-1)
  const next = await insure({ policy })
  expect(await untilState(rail, next, 'in_force')).toMatchObject({ from: to, renews: policy })
  expect((await rail.post('/v1/policies/quotes', { link, policy })).body).toMatchObject({
    code: 'duplicate_business',
    instance: next,
  })
  await world.advance('P30D')
  await untilState(rail, car, 'renewed')
})
