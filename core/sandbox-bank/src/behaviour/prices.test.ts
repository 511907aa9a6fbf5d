import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let river: TestClient
let link: string

beforeAll(async () => {
  world = await BankUnderTest.open()
  river = await world.client('river-bank', { webhook: false })
  link = await linkOf(river, phones.usual)
  await advanceToHour(12)
})
afterAll(() => world.close())

const hourMs = 3_600_000
const hourOf = (): number => ((world.now() + 8 * hourMs) % (24 * hourMs)) / hourMs

/** As far as this hour of the day, in the bank's zone. */
async function advanceToHour(hour: number): Promise<void> {
  await world.advance(Math.round(((hour - hourOf() + 24) % 24) * hourMs))
}

const watch = async (wish: Json): Promise<Json> =>
  (await river.post('/v1/price-alerts', { link, clientRef: newKey(), ...wish })).body

async function goTo(price: string): Promise<void> {
  await world.control('PUT', '/sandbox/moods/price:gold', { mood: price })
  await world.advance('PT1M1S')
}

/** How often the customer was told of this one. */
async function countCrossings(alert: Json): Promise<number> {
  const { body } = await river.get('/v1/events?limit=200')
  const events = body['events'] as Json[]
  return events.filter(
    (event) => event['type'] === 'price_alert.crossed' && textAt(event, 'data', 'id') === alert['id'],
  ).length
}

test('a price is told of once each time it crosses, and no more when that is taken back', async () => {
  const alert = await watch({ product: 'gold', direction: 'above', price: '800' })
  expect(alert).toMatchObject({ state: 'watching', price: '800', direction: 'above' })
  await goTo('799.99')
  expect(await countCrossings(alert)).toBe(0)
  await goTo('800.00')
  await goTo('805.00')
  expect(await countCrossings(alert)).toBe(1)
  expect((await river.get(`/v1/price-alerts/${textAt(alert, 'id')}`)).body).toMatchObject({ seen: '800.00' })
  await goTo('790.00')
  await goTo('801.00')
  expect(await countCrossings(alert)).toBe(2)
  const withdraw = `/v1/price-alerts/${textAt(alert, 'id')}/withdraw`
  expect((await river.post(withdraw, {})).body).toMatchObject({ state: 'withdrawn' })
  expect((await river.post(withdraw, {})).body).toMatchObject({ code: 'state_conflict' })
  await goTo('790.00')
  await goTo('810.00')
  expect(await countCrossings(alert)).toBe(2)
})

test('what is crossed already is not told of until it comes back and crosses again', async () => {
  await goTo('700.00')
  const alert = await watch({ product: 'gold', direction: 'below', price: '750' })
  await goTo('690.00')
  expect(await countCrossings(alert)).toBe(0)
  await goTo('760.00')
  await goTo('749.99')
  expect(await countCrossings(alert)).toBe(1)
})

test('nobody is woken: what is still so in the morning is told then', async () => {
  await goTo('780.00')
  const alert = await watch({ product: 'gold', direction: 'above', price: '900' })
  await advanceToHour(22.5)
  await goTo('910.00')
  expect(await countCrossings(alert)).toBe(0)
  await advanceToHour(8.1)
  expect(await countCrossings(alert)).toBe(1)
})

test('ten prices for one customer, and none that is not there', async () => {
  expect(await watch({ product: 'tulips', direction: 'above', price: '1' })).toMatchObject({ code: 'not_found' })
  for (let count = 0; count < 11; count += 1) await watch({ product: 'gold', direction: 'above', price: '999' })
  expect(await watch({ product: 'gold', direction: 'above', price: '999' })).toMatchObject({ code: 'above_max' })
})
