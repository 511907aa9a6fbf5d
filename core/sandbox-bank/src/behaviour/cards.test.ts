import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, untilState } from '../kit/agreement.ts'
import { Applicant } from '../kit/applicant.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let link: string
/** The card of the usual customer: its address, and its mask among the methods. */
let card: string
let mask: string
const phone = phones.usual

const cny = (value: string): Json => ({ value, currency: 'CNY' })

async function agree(op: string, quote: Json, more: { payer?: string } = {}): Promise<Agreement> {
  return Agreement.prepare(world, rail, { op, phone, quote, ...more })
}

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 20, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('a card is signed for, activated by code, and its gift taken once', async () => {
  const applicant = await Applicant.prepare(world, rail, phone)
  link = applicant.link
  const offer = await applicant.offered({ type: 'card', product: 'young-card' })
  expect(offer).toMatchObject({ limit: cny('800000'), credit: { kind: 'card', annualRate: '0.1825' } })
  const signed = await (await agree('card', offer, { payer: 'none' })).commit(`/v1/offers/${textAt(offer, 'id')}/sign`)
  expect(signed).toMatchObject({ status: 202, body: { state: 'card_issued', limit: cny('800000'), owed: cny('0') } })
  card = `/v1/cards/${textAt(signed.body, 'id')}`
  mask = textAt(signed.body, 'mask')
  expect(await findMethod()).toMatchObject({ kind: 'credit', canPay: false })
  const activation = member(signed.body, 'activation') as Json
  const activated = await (await agree('activation', activation, { payer: 'none' })).commit(`${card}/activate`)
  expect(activated.body).toMatchObject({ state: 'succeeded' })
  expect((await rail.get(card)).body).toMatchObject({ state: 'activated' })
  expect(await findMethod()).toMatchObject({ canPay: true })
  const gift = member((await rail.get(`/v1/gifts?link=${link}`)).body, 'items', 0) as Json
  const claim = (): Promise<Reply> => rail.post(`/v1/gifts/${textAt(gift, 'id')}/claim`, {})
  const taken = (await claim()).body
  expect(taken).toMatchObject({ state: 'claimed', title: { en: 'A coffee voucher' } })
  expect((await claim()).body['voucher']).toBe(taken['voucher'])
})

test('the new card pays for an order, and what the shop gives back comes to the card', async () => {
  const wish = { op: 'payment', phone, amount: '89900', payer: mask }
  const bought = await (await Agreement.prepare(world, rail, wish)).commit('/v1/payments')
  const payment = `/v1/payments/${textAt(bought.body, 'id')}`
  await untilState(rail, payment, 'succeeded')
  expect((await rail.get(card)).body).toMatchObject({ owed: cny('89900') })
  const refund = await rail.post(`${payment}/refunds`, { clientRef: 'back', amount: cny('89900') })
  await untilState(rail, `/v1/refunds/${textAt(refund.body, 'id')}`, 'succeeded')
  expect((await rail.get(card)).body).toMatchObject({ owed: cny('0') })
})

test('a purchase in three parts costs nothing and pays the shop; a refund makes the parts smaller', async () => {
  const wish = { link, product: 'checkout-instalments', periods: 3, amount: cny('100000') }
  const { body: offer } = await rail.post('/v1/instalment-offers', wish)
  expect(offer['credit']).toMatchObject({ annualSimple: '0.0000000000', totalFee: cny('0') })
  expect(readRow(offer, 'payments')).toBe('第 1–2 期 ¥333.33；第 3 期 ¥333.34')
  expect(readRow(offer, 'annualRate')).toBe('0%')
  const bought = await (await agree('instalments', offer, { payer: mask })).commit('/v1/instalment-plans')
  const plan = `/v1/instalment-plans/${textAt(bought.body, 'id')}`
  expect(await untilState(rail, plan, 'active')).toMatchObject({
    ...{ principalLeft: cny('100000'), billed: 0, fee: cny('1800') },
  })
  expect((await rail.get(card)).body).toMatchObject({ owed: cny('100000') })
  const refunded = await rail.post(`${plan}/refunds`, { clientRef: 'ref-back-1', amount: cny('40000') })
  expect(refunded.body).toMatchObject({ state: 'succeeded', amount: cny('40000'), principalLeft: cny('60000') })
  expect((await rail.get(plan)).body).toMatchObject({ state: 'active', principalLeft: cny('60000') })
  const { body: rest } = await rail.post(`${plan}/payoff-quotes`, {})
  expect(rest).toMatchObject({ amount: cny('60000') })
  const paid = await (await agree('repayment', rest)).commit('/v1/card-repayments')
  await untilState(rail, `/v1/card-repayments/${textAt(paid.body, 'id')}`, 'succeeded')
  expect((await rail.get(plan)).body).toMatchObject({ state: 'early_settled' })
  expect((await rail.get(card)).body).toMatchObject({ owed: cny('0') })
})

test('a bill is paid with its minimum, then in full; an older offer is void, and no card pays a card', async () => {
  const { body: first } = await rail.post('/v1/instalment-offers', {
    ...{ link, product: 'checkout-instalments', periods: 6, amount: cny('200000') },
  })
  const bought = await (await agree('instalments', first, { payer: mask })).commit('/v1/instalment-plans')
  await untilState(rail, `/v1/instalment-plans/${textAt(bought.body, 'id')}`, 'active')
  await world.control('POST', `/sandbox/deeds/${card.split('/').at(-1) ?? ''}/events`, { event: 'bill' })
  const [bill] = (await rail.get(`/v1/card-bills?link=${link}`)).body['items'] as Json[]
  const id = textAt(bill ?? {}, 'id')
  const read = async (): Promise<Json> => (await rail.get(`/v1/card-bills/${id}`)).body
  const payoff = async (kind: string): Promise<Json> =>
    (await rail.post(`/v1/card-bills/${id}/payoff-quotes`, { kind })).body
  const wish = { link, product: 'bill-instalments', periods: 12, bill: id }
  const { body: before } = await rail.post('/v1/instalment-offers', wish)
  const had = await savings()

  const byCard = await (await agree('repayment', await payoff('full'), { payer: mask })).commit('/v1/card-repayments')
  expect(byCard.body).toMatchObject({ code: 'payer_mismatch' })
  const paid = await (await agree('repayment', await payoff('minimum'))).commit('/v1/card-repayments')
  await untilState(rail, `/v1/card-repayments/${textAt(paid.body, 'id')}`, 'succeeded')
  expect(await read()).toMatchObject({ state: 'open', paid: cny('20000'), amount: cny('200000') })
  expect((await rail.get(card)).body).toMatchObject({ owed: cny('180000') })

  const planned = await (await agree('instalments', before, { payer: 'none' })).commit('/v1/instalment-plans')
  expect(planned.body).toMatchObject({ code: 'duplicate_business' })
  expect((await rail.post('/v1/instalment-offers', wish)).body).toMatchObject({ credit: { principal: cny('180000') } })

  const rest = await payoff('full')
  expect(rest).toMatchObject({ amount: cny('180000') })
  const ended = await (await agree('repayment', rest)).commit('/v1/card-repayments')
  await untilState(rail, `/v1/card-repayments/${textAt(ended.body, 'id')}`, 'succeeded')
  expect(await read()).toMatchObject({ state: 'paid', paid: cny('200000') })
  expect((await rail.get(card)).body).toMatchObject({ owed: cny('0') })
  expect(had - (await savings())).toBe(200_000n)
  expect((await payoff('full'))['code']).toBe('state_conflict')
  // The next bill of this card is another day's.
  await world.advance(24 * 3_600_000)
})

test('a bill of six thousand in twelve parts shows what it really costs, and can be planned once', async () => {
  const { body: first } = await rail.post('/v1/instalment-offers', {
    ...{ link, product: 'checkout-instalments', periods: 6, amount: cny('600000') },
  })
  const bought = await (await agree('instalments', first, { payer: mask })).commit('/v1/instalment-plans')
  await untilState(rail, `/v1/instalment-plans/${textAt(bought.body, 'id')}`, 'active')
  await world.control('POST', `/sandbox/deeds/${card.split('/').at(-1) ?? ''}/events`, { event: 'bill' })
  const bill = member((await rail.get(`/v1/card-bills?link=${link}`)).body, 'items', 0) as Json
  expect(bill).toMatchObject({ state: 'open', amount: cny('600000'), minimum: cny('60000') })
  const wish = { link, product: 'bill-instalments', periods: 12, bill: bill['id'] }
  const { body: offer } = await rail.post('/v1/instalment-offers', wish)
  expect([readRow(offer, 'payments'), readRow(offer, 'cost'), readRow(offer, 'annualRate')]).toEqual([
    '每期 ¥536.00',
    '¥432.00',
    '13.03%（单利）/ 13.84%（复利）',
  ])
  const planned = await (await agree('instalments', offer, { payer: 'none' })).commit('/v1/instalment-plans')
  const plan = `/v1/instalment-plans/${textAt(planned.body, 'id')}`
  const { lines } = (await untilState(rail, plan, 'active')) as { lines: Json[] }
  expect((await rail.post('/v1/instalment-offers', wish)).body).toMatchObject({
    code: 'duplicate_business',
    instance: plan,
  })
  await world.advance(Date.parse(`${String(lines[4]?.['due'])}T12:00:00+08:00`) - world.now())
  expect((await rail.get(plan)).body).toMatchObject({ billed: 5, principalLeft: cny('350000') })
  expect((await rail.post(`${plan}/payoff-quotes`, {})).body).toMatchObject({ amount: cny('350000') })
})

/** In minor units, by the bank's own books: of the account that pays when nobody chooses another. */
async function savings(): Promise<bigint> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const [first] = (await rail.get(`/v1/links/${link}/methods`)).body['methods'] as Json[]
  const account = (body['accounts'] as Json[]).find((each) => each['id'] === first?.['id'])
  return BigInt(String(account?.['balanceMinor']))
}

async function findMethod(): Promise<Json | undefined> {
  const { body } = await rail.get(`/v1/links/${link}/methods`)
  return (body['methods'] as Json[]).find((method) => method['mask'] === mask)
}

function readRow(quote: Json, key: string): unknown {
  const row = (quote['terms'] as Json[]).find((each) => each['key'] === key)
  return member(row ?? {}, 'value', 'zh-CN')
}
