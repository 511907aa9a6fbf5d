import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, linkOf, untilState } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let link: string

const cny = (value: string): Json => ({ value, currency: 'CNY' })

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 20, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
  link = await linkOf(rail, phones.usual)
  const method = textAt((await rail.get(`/v1/links/${link}/methods`)).body, 'methods', 0, 'id')
  await world.control('POST', `/sandbox/accounts/${method}/deposits`, { amount: '1200000' })
})
afterAll(() => world.close())

let count = 0
const assess = (answer: number): Promise<Reply> =>
  rail.post('/v1/wealth/assessments', { link, clientRef: `was-${(count += 1)}`, answers: Array(5).fill(answer) })

const quote = async (wish: Json): Promise<Json> => (await rail.post('/v1/wealth/quotes', { link, ...wish })).body

async function order(disclosed: Json, payer?: string): Promise<string> {
  const wish = { op: 'wealth', quote: disclosed, ...(payer === undefined ? {} : { payer }) }
  const taken = await (await Agreement.prepare(world, rail, wish)).commit('/v1/wealth/orders')
  expect(taken).toMatchObject({ status: 202, body: { state: 'submitted' } })
  return `/v1/wealth/orders/${textAt(taken.body, 'id')}`
}

const steady = { product: 'steady-7', amount: cny('1000000') }

test('only what suits the customer is sold, and only while the assessment is valid', async () => {
  expect(await quote(steady)).toMatchObject({ status: 410, code: 'expired' })
  expect((await assess(1)).body).toMatchObject({ profile: 'C1', state: 'valid' })
  expect(await quote(steady)).toMatchObject({ status: 422, code: 'suitability_mismatch' })
  const { body } = await assess(2)
  expect(await quote(steady)).toMatchObject({ state: 'open', risk: 'R2' })
  const { items } = (await rail.get(`/v1/wealth/products?link=${link}`)).body as { items: Json[] }
  expect(items.map(({ risk, suitable }) => [risk, suitable])).toEqual([
    ['R1', true],
    ['R2', true],
    ['R3', false],
    ['R4', false],
  ])
  await world.control('POST', `/sandbox/deeds/${textAt(body, 'id')}/events`, { event: 'expire' })
  expect(await quote(steady)).toMatchObject({ code: 'expired' })
})

test('money is held, units come a working day later, and are sold again', async () => {
  await assess(2)
  const disclosed = await quote(steady)
  const path = await order(disclosed)
  await untilState(rail, path, 'accepted')
  await world.advance(Date.parse(`${textAt(disclosed, 'confirmOn')}T09:00:00+08:00`) - world.now())
  expect(await untilState(rail, path, 'confirmed')).toMatchObject({ units: '9876.543' })
  const held = (await rail.get(`/v1/wealth/holdings?link=${link}`)).body
  expect(held['items']).toMatchObject([{ product: 'steady-7', units: '9876.543', value: cny('1003200') }])
  expect((await rail.post(`${path}/cancel`, {})).body).toMatchObject({ code: 'state_conflict', outcome: 'done' })
  const out = await quote({ product: 'steady-7', side: 'redeem' })
  const sold = await order(out, 'none')
  await world.advance(Date.parse(`${textAt(out, 'confirmOn')}T09:00:00+08:00`) - world.now())
  expect(await untilState(rail, sold, 'paid')).toMatchObject({ value: cny('1003200') })
  expect((await rail.get(`/v1/wealth/holdings?link=${link}`)).body['items']).toEqual([])
  const { body: books } = await world.control('GET', '/sandbox/ledger')
  expect(books['totals']).toMatchObject({ CNY: '0', 'UNITS steady-7': '0' })
})

test('before the cut-off an order is taken back, and its money is free again', async () => {
  const disclosed = await quote(steady)
  const path = await order(disclosed)
  expect((await rail.post(`${path}/cancel`, {})).body).toMatchObject({ state: 'cancelled' })
  const part = await order(await quote(steady))
  await world.control('POST', `/sandbox/deeds/${part.split('/').at(-1) ?? ''}/events`, { event: 'partly' })
  expect((await rail.get(part)).body).toMatchObject({ state: 'partly_confirmed', units: '4938.271' })
  const late = await order(await quote({ ...steady, amount: cny('100000') }))
  await world.advance(Date.parse(textAt(disclosed, 'cancelUntil')) - world.now())
  expect((await rail.post(`${late}/cancel`, {})).body).toMatchObject({ code: 'state_conflict' })
})
