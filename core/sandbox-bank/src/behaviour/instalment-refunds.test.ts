import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderDay } from '../app/business-day.ts'
import { Agreement, linkOf, untilState } from '../kit/agreement.ts'
import { Applicant } from '../kit/applicant.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let link: string
let mask: string
let card: string

const phone = phones.twoAccounts
const cny = (value: string): Json => ({ value, currency: 'CNY' })

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { codesPerMinute: 1_000 } })
  rail = await world.client('northern-rail')
  link = await linkOf(rail, phone)
  const applicant = await Applicant.prepare(world, rail, phone)
  const offer = await applicant.offered({ type: 'card', product: 'young-card' })
  const agree = (op: string, quote: unknown): Promise<Agreement> =>
    Agreement.prepare(world, rail, { op, phone, quote: quote as Json, payer: 'none' })
  const { body: signed } = await (await agree('card', offer)).commit(`/v1/offers/${textAt(offer, 'id')}/sign`)
  mask = textAt(signed, 'mask')
  card = textAt(signed, 'id')
  await (await agree('activation', signed['activation'])).commit(`/v1/cards/${card}/activate`)
})
afterAll(() => world.close())

/** The address of a plan that runs. */
async function buy(product: string, periods: number, amount: string): Promise<string> {
  const { body: quote } = await rail.post('/v1/instalment-offers', { link, product, periods, amount: cny(amount) })
  const agreement = await Agreement.prepare(world, rail, { op: 'instalments', phone, quote, payer: mask })
  const plan = `/v1/instalment-plans/${textAt((await agreement.commit('/v1/instalment-plans')).body, 'id')}`
  await untilState(rail, plan, 'active')
  return plan
}

const giveBack = (plan: string, amount: string, clientRef = newKey()): Promise<Reply> =>
  rail.post(`${plan}/refunds`, { clientRef, amount: cny(amount) })
const read = async (path: string): Promise<Json> => (await rail.get(path)).body

/** In minor units, by the bank's own books. */
async function balances(): Promise<{ card: bigint; shop: bigint; fees: bigint }> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const [client] = (await world.control('GET', '/sandbox/clients')).body['clients'] as Json[]
  const find = (test: (account: Json) => boolean): bigint =>
    BigInt(String((body['accounts'] as Json[]).find(test)?.['balanceMinor'] ?? '0'))
  return {
    card: find((account) => account['mask'] === mask),
    shop: find(({ id }) => id === client?.['accountId']),
    fees: find(({ id }) => id === 'acc_fees'),
  }
}

test('a part that comes back makes what is left smaller; the rest ends the plan; no more than was paid', async () => {
  const before = await balances()
  const day = renderDay(world.now())
  const plan = await buy('checkout-instalments', 3, '100000')
  const ref = newKey()
  const first = await giveBack(plan, '40001', ref)
  expect([first.status, first.body]).toMatchObject([
    201,
    { state: 'succeeded', clientRef: ref, amount: cny('40001'), fee: cny('720'), principalLeft: cny('59999') },
  ])
  expect(first.body['payment']).toBe(plan.split('/').at(-1))
  expect(await read(plan)).toMatchObject({
    ...{ state: 'active', principalLeft: cny('59999'), refunded: cny('40001') },
    lines: [{ payment: '19999' }, { payment: '19999' }, { payment: '20001' }],
  })
  expect(member(await read(`/v1/instalment-refunds?clientRef=${ref}`), 'items', 0)).toEqual(first.body)
  expect((await giveBack(plan, '60000')).body).toMatchObject({ code: 'above_max', outcome: 'none' })
  expect((await giveBack(plan, '59999')).body).toMatchObject({ state: 'succeeded', principalLeft: cny('0') })
  expect(await read(plan)).toMatchObject({ state: 'early_settled', principalLeft: cny('0'), lines: [] })
  expect((await giveBack(plan, '1')).body).toMatchObject({ code: 'above_max' })
  const after = await balances()
  // All of it is back on the card, and what the shop had paid for its instalments is back with it.
  expect(after).toEqual(before)
  await world.advance('P100D')
  expect(await balances()).toEqual(after)
  const { text } = await rail.get(`/v1/statements/${day}/lines`)
  const lines = text.trim().split('\n')
  expect(
    lines.map((line) => JSON.parse(line) as Json).map((line) => [line['kind'], member(line, 'amount', 'value')]),
  ).toEqual([
    ...[
      ['payment', '100000'],
      ['fee', '1800'],
      ['refund', '40001'],
      ['fee', '720'],
    ],
    ...[
      ['refund', '59999'],
      ['fee', '1080'],
    ],
  ])
})

test('fees of later periods fall with the purchase where the product says so', async () => {
  const { body } = await rail.get('/v1/capabilities')
  const products = (body['products'] as Json[]).filter(({ use }) => use === 'purchase')
  expect(products.map(({ id, refundFees }) => [id, refundFees])).toEqual([
    ['checkout-instalments', 'unchanged'],
    ['fee-instalments', 'in-proportion'],
  ])
  const plan = await buy('fee-instalments', 12, '120000')
  const feesOf = async (): Promise<unknown[]> => ((await read(plan))['lines'] as Json[]).map(({ fee }) => fee)
  expect(await feesOf()).toEqual(Array(12).fill('792'))
  const { lines } = (await read(plan)) as { lines: Json[] }
  await world.advance(Date.parse(`${String(lines[0]?.['due'])}T12:00:00+08:00`) - world.now())
  expect(await read(plan)).toMatchObject({ billed: 1, principalLeft: cny('110000') })
  await giveBack(plan, '55000')
  // The first was billed as it was.
  expect(await feesOf()).toEqual(['792', ...Array(11).fill('396')])
  const before = await balances()
  // Of what is billed already, what is left stands on the card.
  expect((await giveBack(plan, '65000')).body).toMatchObject({ principalLeft: cny('0') })
  expect(await read(plan)).toMatchObject({ state: 'early_settled', refunded: cny('120000'), billed: 1 })
  expect((await balances()).card - before.card).toBe(65_000n)
})

test('also when the last part was paid; but not of a bill that is paid in parts', async () => {
  const plan = await buy('checkout-instalments', 3, '90000')
  await world.advance('P95D')
  await untilState(rail, plan, 'settled')
  const before = await balances()
  expect((await giveBack(plan, '30000')).body).toMatchObject({ state: 'succeeded', principalLeft: cny('0') })
  expect(await read(plan)).toMatchObject({ state: 'settled', refunded: cny('30000') })
  expect((await balances()).card - before.card).toBe(30_000n)
  const events = ((await rail.get('/v1/events?limit=200')).body['events'] as Json[]).map(({ type }) => type)
  expect(events).toEqual(expect.arrayContaining(['instalment_refund.succeeded', 'instalment_plan.purchase_refunded']))
  await world.control('POST', `/sandbox/deeds/${card}/events`, { event: 'bill' })
  const bill = member(await read(`/v1/card-bills?link=${link}`), 'items', 0, 'id')
  const { body: quote } = await rail.post('/v1/instalment-offers', {
    ...{ link, product: 'bill-instalments', periods: 6, bill },
  })
  const agreement = await Agreement.prepare(world, rail, { op: 'instalments', phone, quote, payer: 'none' })
  const planned = `/v1/instalment-plans/${textAt((await agreement.commit('/v1/instalment-plans')).body, 'id')}`
  await untilState(rail, planned, 'active')
  expect((await giveBack(planned, '100')).body).toMatchObject({ code: 'state_conflict', outcome: 'none' })
})

test('asked for twice it is one refund, and a shop without the money gives nothing back', async () => {
  const plan = await buy('checkout-instalments', 6, '60000')
  const [key, clientRef] = [newKey(), newKey()]
  const ask = (): Promise<Reply> => rail.post(`${plan}/refunds`, { clientRef, amount: cny('10000') }, { key })
  const [first, again] = [await ask(), await ask()]
  expect(again.body).toEqual(first.body)
  expect((await giveBack(plan, '10000', clientRef)).body).toMatchObject({ code: 'state_conflict' })
  expect(await read(plan)).toMatchObject({ refunded: cny('10000') })
  const [client] = (await world.control('GET', '/sandbox/clients')).body['clients'] as Json[]
  const { shop } = await balances()
  const account = `/sandbox/accounts/${String(client?.['accountId'])}/deposits`
  await world.control('POST', account, { amount: (-shop).toString() })
  expect((await giveBack(plan, '10000')).body).toMatchObject({ code: 'insufficient_funds', outcome: 'none' })
  expect(await read(plan)).toMatchObject({ state: 'active', refunded: cny('10000') })
})
