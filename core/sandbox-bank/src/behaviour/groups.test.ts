import { afterEach, beforeEach, expect, test } from 'vitest'
import { renderDay } from '../app/business-day.ts'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterEach(() => world.close())

test('points pay for a part of an order and money for the rest, both or neither', async () => {
  const quote = await quotePoints('9900')
  expect(quote).toMatchObject({ points: '2000', amount: { value: '7900' }, worth: { value: '2000' } })
  const { body } = await pay(quote)
  expect(body).toMatchObject({ state: 'processing', members: [{ points: '2000', amount: { value: '7900' } }] })
  expect(await countPoints()).toBe('0')
  await world.advance('PT61S')
  expect((await rail.get(`/v1/groups/${textAt(body, 'id')}`)).body).toMatchObject({ state: 'succeeded' })
  expect(await balances()).toMatchObject({
    ...{ '****1234': '304145', '****6621': '9841', acc_clearing: '0' },
    ...{ acc_points_issuer: '-2000', fees: '59' },
  })
  const date = renderDay(world.now())
  await world.advance(Date.parse(`${date}T06:00:00+08:00`) + 86_400_000 - world.now())
  const { text } = await rail.get(`/v1/statements/${date}/lines`)
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json)
  const ref = textAt(body, 'clientRef')
  expect(lines.map((line) => [line['kind'], member(line, 'amount', 'value'), line['clientRef']])).toEqual([
    ['payment', '9900', ref],
    ['fee', '59', ref],
  ])
})

test('without the money the points stay, in their lots', async () => {
  const dear = await quotePoints('400000')
  expect(dear).toMatchObject({ points: '2000' })
  expect((await pay(dear)).body).toMatchObject({ code: 'insufficient_funds', outcome: 'none' })
  expect(await countPoints()).toBe('2000')
  const { body } = await pay(await quotePoints('9900'))
  await freeze('****1234')
  await world.advance('PT61S')
  expect((await rail.get(`/v1/groups/${textAt(body, 'id')}`)).body).toMatchObject({
    state: 'failed',
    failure: { code: 'account_frozen' },
  })
  expect(await countPoints()).toBe('2000')
  expect(await balances()).toMatchObject({ '****1234': '312045', acc_points_issuer: '0' })
})

test('what is given back is money first, and then points, to their lots', async () => {
  const { body } = await pay(await quotePoints('9900'))
  await world.advance('PT61S')
  const path = `/v1/groups/${textAt(body, 'id')}/refunds`
  const give = (value: string): Promise<Reply> =>
    rail.post(path, { clientRef: newKey(), amount: { value, currency: 'CNY' } })
  expect((await give('5000')).body).toMatchObject({ money: { value: '5000' }, points: '0' })
  expect((await give('4000')).body).toMatchObject({ money: { value: '2900' }, points: '1100' })
  expect((await give('901')).body).toMatchObject({ code: 'above_max' })
  expect((await give('900')).body).toMatchObject({ money: { value: '0' }, points: '900' })
  await world.advance('PT61S')
  expect(await countPoints()).toBe('2000')
  expect(await balances()).toMatchObject({
    ...{ '****1234': '312045', '****6621': '0', acc_clearing: '0', acc_points_issuer: '0', fees: '0' },
  })
})

test('points pay for half at most, rounded down, those that end first', async () => {
  expect(await quotePoints('3001')).toMatchObject({ points: '1500', amount: { value: '1501' } })
  const link = await linkOf(rail, phones.usual)
  const ask = { link, amount: { value: '3001', currency: 'CNY' }, points: '1501' }
  expect((await rail.post('/v1/points/quotes', ask)).body).toMatchObject({ code: 'above_max' })
  await pay(await quotePoints('2000'))
  const { body } = await rail.get(`/v1/points/balance?link=${link}`)
  expect((body['lots'] as Json[]).map(({ points }) => points)).toEqual(['200', '800'])
})

test('two merchants are paid by one confirmation, or neither is', async () => {
  const hotel = await world.client('garden-hotel', { webhook: false })
  const [mine, theirs] = [await payeeOf(rail), await payeeOf(hotel)]
  const link = await linkOf(rail, phones.usual)
  const quote = (
    await rail.post('/v1/groups/quotes', {
      link,
      members: [
        { payee: mine, amount: { value: '55350', currency: 'CNY' } },
        { payee: theirs, amount: { value: '39800', currency: 'CNY' } },
      ],
    })
  ).body
  expect(quote).toMatchObject({ amount: { value: '95150' }, terms: [{ value: { en: '¥553.50' } }, {}] })
  const agreed = await Agreement.prepare(world, rail, { op: 'group-payment', quote })
  const { body } = await agreed.commit('/v1/groups', { capture: 'manual' })
  await world.advance('PT61S')
  expect((await rail.get(`/v1/groups/${textAt(body, 'id')}`)).body).toMatchObject({ state: 'authorised' })
  expect((await rail.post(`/v1/groups/${textAt(body, 'id')}/post`, {})).body).toMatchObject({ state: 'succeeded' })
  expect(await balances()).toMatchObject({ '****1234': '216895', '****6621': '55018', acc_clearing: '0' })
  expect((await rail.post(`/v1/groups/${textAt(body, 'id')}/void`, {})).body).toMatchObject({ outcome: 'done' })
})

async function quotePoints(value: string): Promise<Json> {
  const link = await linkOf(rail, phones.usual)
  return (await rail.post('/v1/points/quotes', { link, amount: { value, currency: 'CNY' } })).body
}

async function pay(quote: Json): Promise<Reply> {
  return (await Agreement.prepare(world, rail, { op: 'points-payment', quote })).commit('/v1/groups')
}

async function countPoints(): Promise<unknown> {
  return (await rail.get(`/v1/points/balance?link=${await linkOf(rail, phones.usual)}`)).body['points']
}

async function payeeOf(client: TestClient): Promise<{ id: string }> {
  return { id: textAt((await client.get('/v1/capabilities')).body, 'payee', 'id') }
}

async function freeze(mask: string): Promise<void> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const account = (body['accounts'] as Json[]).find((each) => each['mask'] === mask)
  await world.control('PUT', `/sandbox/accounts/${String(member(account ?? {}, 'id'))}`, { state: 'frozen' })
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect(body['totals']).toEqual({ CNY: '0', PTS: '0' })
  const accounts = body['accounts'] as Json[]
  const name = (account: Json): string =>
    String(account['mask'] ?? (account['kind'] === 'fees' ? 'fees' : account['id']))
  return Object.fromEntries(accounts.map((account) => [name(account), account['balanceMinor']]))
}
