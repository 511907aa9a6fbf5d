import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { Applicant } from '../kit/applicant.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

const rich = '+8613800000007'
const ask = async (phone: string, wish: Json = {}): Promise<Json> => {
  const { body } = await rail.post('/v1/loan-prechecks', { link: await linkOf(rail, phone), ...wish })
  return body
}
const itemsOf = ({ items }: Json): Json[] => items as Json[]
const cny = (value: string): Json => ({ value, currency: 'CNY' })
const countQueries = async (): Promise<number> =>
  ((await world.control('GET', '/sandbox/credit-queries')).body['queries'] as Json[]).length

test('ranges of what somebody could borrow, each with its yearly rate, for a day', async () => {
  const told = await ask(phones.usual)
  expect(told).toMatchObject({ state: 'prechecked', version: 1 })
  expect(itemsOf(told)).toMatchObject([
    { product: 'education-loan', min: cny('100000'), max: cny('5000000'), annualRate: '0.098', payout: 'entrusted' },
    { product: 'consumer-loan', min: cny('50000'), max: cny('5100000'), annualRate: '0.072' },
    { product: 'merchant-loan', min: cny('500000'), max: cny('5100000'), annualRate: '0.0899', business: true },
    { product: 'merchant-turnover-loan', business: true, payout: 'self' },
    { product: 'short-loan' },
  ])
  // No payment of any month, and nothing that looks like an offer.
  expect(told).not.toHaveProperty('credit')
  expect(told).not.toHaveProperty('amount')
  expect(JSON.stringify(told)).toContain('没有查询征信')
  const path = `/v1/loan-prechecks/${textAt(told, 'id')}`
  expect((await rail.get(path)).body).toEqual(told)
  await world.advance('P1D')
  expect((await rail.get(path)).body).toMatchObject({ state: 'expired', version: 2 })
})

test('never more than a product lends, one product where it is named, and none that there is not', async () => {
  expect(itemsOf(await ask(rich, { product: 'education-loan' }))).toMatchObject([{ max: cny('5000000') }])
  expect(await ask(rich, { product: 'moon-loan' })).toMatchObject({ status: 404, code: 'not_found' })
  expect(await ask(phones.unknown)).toMatchObject({ status: 409, code: 'state_conflict' })
})

test('nothing for who has nothing, is under eighteen, or has no business for a business loan; never why', async () => {
  for (const phone of [phones.poor, phones.minor]) {
    const told = await ask(phone)
    expect([told['state'], told['items']]).toEqual(['prechecked', []])
    expect(JSON.stringify(told)).not.toMatch(/eighteen|declined|未成年/)
  }
  const products = itemsOf(await ask(phones.twoAccounts)).map(({ product }) => product)
  expect(products).toEqual(['education-loan', 'consumer-loan', 'short-loan'])
})

test('what is owed already counts', async () => {
  const applicant = await Applicant.prepare(world, rail, phones.twoAccounts)
  const most = async (): Promise<unknown> =>
    member(await ask(phones.twoAccounts, { product: 'consumer-loan' }), 'items', 0, 'max')
  expect(await most()).toEqual(cny('2300000'))
  const offer = await applicant.offered({ type: 'loan', product: 'consumer-loan', amount: '1000000' })
  const agreement = await Agreement.prepare(world, rail, {
    ...{ op: 'loan', phone: phones.twoAccounts, quote: offer, payer: 'none' },
  })
  await agreement.commit(`/v1/offers/${textAt(offer, 'id')}/accept`)
  await world.advance('PT1M')
  expect(await most()).toEqual(cny('1300000'))
  await world.advance('P40D')
  expect(itemsOf(await ask(phones.twoAccounts))).toEqual([])
})

test('leaves nothing behind: no credit query, no consent, no event, no money', async () => {
  const applicant = await Applicant.prepare(world, rail, phones.usual)
  const look = async (): Promise<unknown[]> => {
    const { body: consents } = await rail.get(`/v1/consents?link=${applicant.link}`)
    const { body: feed } = await rail.get('/v1/events')
    const { body: ledger } = await world.control('GET', '/sandbox/ledger')
    return [await countQueries(), consents, feed['events'], ledger]
  }
  const before = await look()
  await ask(phones.usual)
  expect(await look()).toEqual(before)
  // A signed authorisation is what leaves a trace.
  await applicant.underReview({ type: 'loan', product: 'education-loan', amount: '1880000' })
  expect(await countQueries()).toBe(Number(before[0]) + 1)
})

test('is no offer: nobody can be asked to confirm it', async () => {
  const told = await ask(phones.usual, { product: 'consumer-loan' })
  const wish = { op: 'loan', phone: phones.usual, quote: told, payer: 'none', amount: '1000000' }
  const { body } = await (await Agreement.prepare(world, rail, wish)).confirm()
  expect(body).toMatchObject({ status: 409, code: 'state_conflict' })
})
