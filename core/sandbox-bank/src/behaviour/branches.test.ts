import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, linkOf, untilState } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 20, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

/** A weekday some days ahead, so that no test meets a Sunday. */
function dayAhead(days: number): string {
  const ahead = new Date(world.now() + days * 86_400_000)
  return ahead.getUTCDay() === 0 ? dayAhead(days + 1) : ahead.toISOString().slice(0, 10)
}

async function listFree(branch: string, service: string, day: string): Promise<Json[]> {
  const { body } = await rail.get(`/v1/branches/${branch}/slots?service=${service}&day=${day}`)
  return body['items'] as Json[]
}

async function hold(phone: string, slot: unknown, more: Json = {}): Promise<Reply> {
  return rail.post('/v1/slot-holds', { link: await linkOf(rail, phone), slot, ...more })
}

async function book(phone: string, held: Json, more: Json = {}): Promise<Reply> {
  const agreement = await Agreement.prepare(world, rail, { op: 'appointment', phone, quote: held, payer: 'none' })
  return agreement.commit('/v1/appointments', more)
}

test('the nearest branch comes first, and large cash is booked once the branch has it', async () => {
  const { body } = await rail.get('/v1/branches?service=cash-large&near=30.683,104.06')
  expect((body['items'] as Json[]).map(({ id, distanceMetres }) => [id, distanceMetres])).toEqual([
    ['north', 2115],
    ['centre', 2947],
  ])
  const day = dayAhead(3)
  const [first, second] = await listFree('north', 'cash-large', day)
  const cash = { value: '10000000', currency: 'CNY' }
  const { body: held } = await hold(phones.usual, first?.['id'], { cash })
  expect(held).toMatchObject({ state: 'open', branch: 'north', cash })
  const booked = await book(phones.usual, held, { form: { denominations: '100' } })
  expect(booked.body).toMatchObject({ state: 'needs_confirmation', form: { denominations: '100' }, cash })
  const path = `/v1/appointments/${textAt(booked.body, 'id')}`
  await world.advance('PT2M')
  await untilState(rail, path, 'booked_confirmed')
  const { body: other } = await hold(phones.usual, second?.['id'], { cash })
  const moved = await rail.post(`${path}/reschedule`, { quote: other['id'] })
  expect(moved.body).toMatchObject({ slot: second?.['id'], state: 'booked_confirmed' })
  expect((await listFree('north', 'cash-large', day)).slice(0, 2).map(({ free }) => free)).toEqual([2, 1])
  expect((await rail.post(`${path}/cancel`, {})).body).toMatchObject({ state: 'cancelled' })
  expect((await listFree('north', 'cash-large', day)).slice(0, 2).map(({ free }) => free)).toEqual([2, 2])
})

test('a visit that the branch calls off is told to the client of the customer', async () => {
  const [slot] = await listFree('centre', 'general', dayAhead(3))
  const { body: held } = await hold(phones.usual, slot?.['id'])
  const { body: booked } = await book(phones.usual, held)
  const id = textAt(booked, 'id')
  await world.control('POST', `/sandbox/deeds/${id}/events`, { event: 'branch-closed' })
  const { body } = await rail.get('/v1/events?limit=200')
  const link = await linkOf(rail, phones.usual)
  expect((body['events'] as Json[]).at(-1)).toMatchObject({ type: 'appointment.cancelled', data: { id, link } })
})

test('the last place goes to one; who lets it go after five minutes frees it', async () => {
  const [slot] = await listFree('south', 'general', dayAhead(4))
  const replies = await Promise.all([phones.usual, phones.poor].map((phone) => hold(phone, slot?.['id'])))
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409])
  await world.advance('PT5M1S')
  const again = await hold(phones.twoAccounts, slot?.['id'])
  expect(again.status).toBe(201)
  expect((await book(phones.twoAccounts, again.body)).body).toMatchObject({ state: 'booked_confirmed' })
})

test('reminders come a day and two hours before; who does not come three times waits', async () => {
  for (const days of [2, 4, 6]) {
    const [slot] = await listFree('centre', 'coins', dayAhead(days))
    const { body: held } = await hold(phones.poor, slot?.['id'])
    const booked = await book(phones.poor, held)
    const path = `/v1/appointments/${textAt(booked.body, 'id')}`
    await world.advance(Date.parse(textAt(held, 'from')) - world.now() - 86_400_000)
    await world.advance('PT22H')
    await world.advance('P1D')
    await untilState(rail, path, 'no_show')
  }
  const { body } = await rail.get('/v1/events?limit=200')
  const types = (body['events'] as Json[]).map((event) => event['type'])
  expect(types.filter((type) => type === 'appointment.reminder')).toHaveLength(6)
  const [slot] = await listFree('centre', 'coins', dayAhead(2))
  const refused = await hold(phones.poor, slot?.['id'])
  expect(member(refused.body, 'detail')).toMatch(/thirty days/)
})
