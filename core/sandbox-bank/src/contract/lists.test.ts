import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase, textAt } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
const paid: string[] = []

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail', { webhook: false })
  for (let count = 0; count < 5; count += 1) {
    const purchase = await Purchase.prepare(world, rail, { phone: phones.usual, amount: String(100 + count) })
    const payment = (await purchase.pay(await purchase.verify())).body
    await purchase.settled(payment)
    paid.push(textAt(payment, 'id'))
  }
})
afterAll(() => world.close())

test('the feed is read page by page to its end, and goes on from there', async () => {
  const seen: Json[] = []
  let cursor = ''
  for (let more = true; more;) {
    const { body } = await rail.get(`/v1/events?limit=4${cursor === '' ? '' : `&after=${cursor}`}`)
    seen.push(...(body['events'] as Json[]))
    cursor = textAt(body, 'cursor')
    more = body['more'] === true
  }
  expect(seen).toHaveLength(15)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(15)
  expect(seen.filter(({ type }) => type === 'payment.succeeded').map((event) => member(event, 'data', 'id'))).toEqual(
    paid,
  )
  expect((await rail.get(`/v1/events?after=${cursor}`)).body).toEqual({ events: [], cursor, more: false })
  const purchase = await Purchase.prepare(world, rail, { phone: phones.minor, amount: '1' })
  await purchase.verify()
  const next = await rail.get(`/v1/events?after=${cursor}`)
  expect(member(next.body, 'events', 0, 'type')).toBe('confirmation.verified')
})

test('payments are paged in the order of creation', async () => {
  const ids: unknown[] = []
  let path: string | undefined = '/v1/payments?limit=2'
  while (path !== undefined) {
    const { body } = await rail.get(path)
    ids.push(...(body['items'] as Json[]).map(({ id }) => id))
    path = member(body, 'links', 'next') as string | undefined
  }
  expect(ids).toEqual(paid)
})

test('payments that changed after an instant, and none later', async () => {
  const third = await rail.get(`/v1/payments/${paid[2]}`)
  const { body } = await rail.get(`/v1/payments?limit=1&updatedAfter=${textAt(third.body, 'updatedAt')}`)
  expect((body['items'] as Json[]).map(({ id }) => id)).toEqual([paid[3]])
  const next = await rail.get(textAt(body, 'links', 'next'))
  expect((next.body['items'] as Json[]).map(({ id }) => id)).toEqual([paid[4]])
  expect(next.body['links']).toEqual({})
  const future = new Date(world.now() + 60_000).toISOString()
  expect((await rail.get(`/v1/payments?updatedAfter=${future}`)).body).toEqual({ items: [], links: {} })
})

test('a cursor that was changed, or belongs to another list, is refused', async () => {
  const cursor = textAt((await rail.get('/v1/events?limit=1')).body, 'cursor')
  for (const path of [
    `/v1/events?after=${cursor}x`,
    `/v1/events?after=x${cursor}`,
    `/v1/payments?after=${cursor}`,
    '/v1/events?after=.',
  ]) {
    expect((await rail.get(path)).body).toMatchObject({
      status: 400,
      code: 'malformed',
      errors: [{ in: 'query', pointer: '/after' }],
    })
  }
})

test('events older than thirty days are gone', async () => {
  await world.advance('P31D')
  const { events } = (await rail.get('/v1/events')).body as { events: Json[] }
  // Of the day of the payments the bank speaks the morning after, which is today.
  expect(events.filter(({ type }) => type !== 'statement.ready')).toEqual([])
  expect((await rail.get(`/v1/payments/${paid[0]}`)).status).toBe(200)
})
