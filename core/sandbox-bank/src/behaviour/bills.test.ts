import { afterEach, beforeEach, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 5_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterEach(() => world.close())

test('a power bill is debited, told to the biller and settled', async () => {
  const bill = await queryBill('power')
  expect(bill).toMatchObject({ amount: { value: '8650' }, payee: { name: '国网电力' }, account: '****0077' })
  const { body } = await pay(bill)
  expect(body).toMatchObject({ state: 'processing', biller: 'power', account: '****0077' })
  await world.advance('PT11S')
  expect(await read(body)).toMatchObject({ state: 'settled', version: 4 })
  expect(await balances()).toMatchObject({ '****1234': '303395', acc_biller_power: '8650', acc_clearing: '0' })
  expect(await listKinds(body)).toEqual(['pending', 'post', 'single'])
})

test('a silent biller leaves it open until it is found unpaid, and the money comes back', async () => {
  await world.control('PUT', '/sandbox/moods/biller:power', { mood: 'silent' })
  const { body } = await pay(await queryBill('power'))
  await world.advance('PT11S')
  expect(await read(body)).toMatchObject({ state: 'notifying', version: 3 })
  await world.advance('PT30S')
  expect(await read(body)).toMatchObject({ state: 'settlement_unknown', version: 4 })
  expect(await balances()).toMatchObject({ '****1234': '303395', acc_clearing: '8650' })
  await world.advance('PT20M')
  expect(await read(body)).toMatchObject({ state: 'settlement_unknown', version: 4 })
  await world.control('PUT', '/sandbox/moods/biller:power', { mood: 'refuses' })
  await world.advance('PT5M')
  expect(await read(body)).toMatchObject({ state: 'reversed', failure: { code: 'biller_refused', class: 'declined' } })
  expect(await balances()).toMatchObject({ '****1234': '312045', acc_clearing: '0', acc_biller_power: '0' })
})

test('a biller that never answers is taken for unpaid after a day', async () => {
  await world.control('PUT', '/sandbox/moods/biller:power', { mood: 'silent' })
  const { body } = await pay(await queryBill('power'))
  await world.advance('P1DT1M')
  await world.advance('PT10M')
  expect(await read(body)).toMatchObject({ state: 'reversed' })
})

test('the same bill is paid twice only when that is said; another amount needs another card', async () => {
  await pay(await queryBill('water'))
  await world.advance('PT1M')
  const bill = await queryBill('water')
  expect(bill).toMatchObject({ paidAt: expect.any(String) })
  expect((await pay(bill)).body).toMatchObject({ status: 409, code: 'duplicate_business', outcome: 'none' })
  expect((await pay(bill, { again: true })).body).toMatchObject({ state: 'processing' })
  const power = await queryBill('power')
  await world.control('PUT', '/sandbox/moods/biller:power:amount', { mood: '9120' })
  expect((await pay(power)).body).toMatchObject({ code: 'amount_changed' })
  expect(await queryBill('power')).toMatchObject({ amount: { value: '9120' } })
})

test('a phone gets at most 500.00 a day', async () => {
  const link = await linkOf(rail, phones.usual)
  const ask = (value: string): Promise<Reply> =>
    rail.post('/v1/top-ups/quotes', { link, amount: { value, currency: 'CNY' } })
  const quote = (await ask('5000')).body
  expect(quote).toMatchObject({ phone: '138****0001', amount: { value: '5000' } })
  const agreed = await Agreement.prepare(world, rail, { op: 'top-up', quote })
  const { body } = await agreed.commit('/v1/top-ups')
  await world.advance('PT11S')
  expect((await rail.get(`/v1/top-ups/${textAt(body, 'id')}`)).body).toMatchObject({ state: 'settled' })
  expect((await ask('45001')).body).toMatchObject({ code: 'above_max' })
  expect((await ask('45000')).status).toBe(201)
})

async function queryBill(biller: string): Promise<Json> {
  const link = await linkOf(rail, phones.usual)
  const { body } = await rail.post('/v1/bills/queries', { link, biller, account: '13010077' })
  return member(body, 'bills', 0) as Json
}

async function pay(quote: Json, more: Json = {}): Promise<Reply> {
  return (await Agreement.prepare(world, rail, { op: 'bill-payment', quote })).commit('/v1/bill-payments', more)
}

async function read(payment: Json): Promise<Json> {
  return (await rail.get(`/v1/bill-payments/${textAt(payment, 'id')}`)).body
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['id'], account['balanceMinor']]))
}

async function listKinds(payment: Json): Promise<unknown[]> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const lines = body['transfers'] as Json[]
  return lines.filter((line) => line['clientRef'] === payment['clientRef']).map((line) => line['kind'])
}
