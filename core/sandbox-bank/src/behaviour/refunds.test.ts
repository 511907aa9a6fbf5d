import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, Purchase, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('what is given back never exceeds what was taken, whoever asks at the same time', async () => {
  const id = await buy('12800')
  const replies = await Promise.all(Array.from({ length: 50 }, () => refund(id, '1000')))
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(12)
  expect(replies.filter(({ body }) => body['code'] === 'above_max')).toHaveLength(38)
  expect((await refund(id, '800')).status).toBe(202)
  expect((await refund(id, '1')).body).toMatchObject({ code: 'above_max', outcome: 'none' })
  await world.advance('PT61S')
  expect((await rail.get(`/v1/payments/${id}`)).body).toMatchObject({ refunded: { value: '12800' } })
  expect(await balances()).toMatchObject({ '****1234': '312045', '****6621': '0', fees: '0' })
})

test('a part gives the merchant its part of the fee back, to the minor unit', async () => {
  const id = await buy('55350')
  expect(await balances()).toMatchObject({ '****6621': '55018', fees: '332' })
  expect((await refund(id, '27675')).body).toMatchObject({ state: 'processing', fee: { value: '166' } })
  await world.advance('PT61S')
  expect(await balances()).toMatchObject({ '****1234': '284370', '****6621': '27509', fees: '166' })
  const { body } = await rail.get(`/v1/payments/${id}/refunds`)
  expect(body['items']).toMatchObject([{ state: 'succeeded', payment: id, amount: { value: '27675' } }])
  const { body: feed } = await rail.get('/v1/events?limit=200')
  const types = (feed['events'] as Json[]).map(({ type }) => type)
  expect(types.slice(-2)).toEqual(['refund.processing', 'refund.succeeded'])
})

test('a minor unit that is all fee is given back by the bank alone', async () => {
  const id = await buy('84', phones.minor)
  expect((await refund(id, '1')).body).toMatchObject({ fee: { value: '1' } })
  await world.advance('PT61S')
  expect((await rail.get(`/v1/payments/${id}/refunds`)).body).toMatchObject({ items: [{ state: 'succeeded' }] })
  expect(await balances()).toMatchObject({ '****3306': '19917' })
  expect((await refund(id, '83')).status).toBe(202)
  await world.advance('PT61S')
})

test('asked again it is done once; a taken reference is refused; one that fails leaves all for the next', async () => {
  const id = await buy('500', phones.twoAccounts)
  const key = newKey()
  const body = { clientRef: 'twice', amount: { value: '500', currency: 'CNY' } }
  const [first, second] = [
    await rail.post(`/v1/payments/${id}/refunds`, body, { key }),
    await rail.post(`/v1/payments/${id}/refunds`, body, { key }),
  ]
  expect(second.body['id']).toBe(first.body['id'])
  expect((await rail.post(`/v1/payments/${id}/refunds`, body)).body).toMatchObject({ code: 'state_conflict' })
  await world.control('POST', `/sandbox/deeds/${textAt(first.body, 'id')}/events`, { event: 'failed' })
  expect((await rail.get('/v1/refunds?clientRef=twice')).body['items']).toMatchObject([{ state: 'failed' }])
  expect((await refund(id, '500')).status).toBe(202)
})

test('held money is captured once, in part, and the rest is free again', async () => {
  const purchase = await Purchase.prepare(world, rail, { phone: phones.twoAccounts, amount: '60000' })
  const body = { ...purchase.paymentBody(await purchase.verify()), capture: 'manual' }
  const id = textAt((await rail.post('/v1/payments', body)).body, 'id')
  await world.advance('PT61S')
  expect((await rail.get(`/v1/payments/${id}`)).body).toMatchObject({ state: 'authorised', capture: 'manual' })
  expect((await refund(id, '1')).body).toMatchObject({ code: 'state_conflict' })
  const capture = await rail.post(`/v1/payments/${id}/captures`, { amount: { value: '39800', currency: 'CNY' } })
  expect(capture.body).toMatchObject({ state: 'succeeded', captured: { value: '39800' }, fee: { value: '239' } })
  const second = await rail.post(`/v1/payments/${id}/captures`, {})
  expect(second.body).toMatchObject({ code: 'state_conflict', outcome: 'done' })
  expect((await refund(id, '39801')).body).toMatchObject({ code: 'above_max' })
})

test('held money is given back when it is cancelled, or when nobody captures it', async () => {
  for (const give of ['cancel', 'wait']) {
    const purchase = await Purchase.prepare(world, rail, { phone: phones.minor, amount: '20000' })
    const body = { ...purchase.paymentBody(await purchase.verify()), capture: 'manual' }
    const id = textAt((await rail.post('/v1/payments', body)).body, 'id')
    await world.advance('PT61S')
    if (give === 'cancel') await rail.post(`/v1/payments/${id}/cancel`, {})
    else await world.advance('P8D')
    expect((await rail.get(`/v1/payments/${id}`)).body).toMatchObject({ state: 'cancelled', fee: { value: '0' } })
    expect(await balances()).toMatchObject({ '****3306': '20000' })
  }
})

/** A settled payment's id. */
async function buy(amount: string, phone = phones.usual): Promise<string> {
  const purchase = await Purchase.prepare(world, rail, { amount, phone })
  const { body } = await purchase.pay(await purchase.verify())
  await world.advance('PT61S')
  return textAt(body, 'id')
}

function refund(payment: string, value: string): Promise<Reply> {
  return rail.post(`/v1/payments/${payment}/refunds`, { clientRef: newKey(), amount: { value, currency: 'CNY' } })
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['kind'], account['balanceMinor']]))
}
