import { afterEach, beforeEach, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase, textAt } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterEach(() => world.close())

test('balances are shown for ten minutes after the customer confirmed it, and to nobody else', async () => {
  const link = await linkOf(rail, phones.usual)
  expect((await rail.get(`/v1/accounts?link=${link}`)).body).toMatchObject({ status: 403, code: 'step_up_required' })
  await proveView()
  const account = textAt((await rail.get(`/v1/accounts?link=${link}`)).body, 'items', 0, 'id')
  const balance = await rail.get(`/v1/accounts/${account}/balance?link=${link}`)
  expect(balance.body).toMatchObject({ mask: '****1234', available: { value: '312045' }, held: { value: '0' } })
  const other = await linkOf(rail, phones.twoAccounts)
  expect((await rail.get(`/v1/accounts/${account}/balance?link=${other}`)).body).toMatchObject({
    code: 'step_up_required',
  })
  await world.advance('PT10M1S')
  expect((await rail.get(`/v1/accounts/${account}/balance?link=${link}`)).status).toBe(403)
})

test('entries are paged, newest first, and tell in from out', async () => {
  for (const amount of ['100', '200', '300']) {
    const purchase = await Purchase.prepare(world, rail, { amount })
    await purchase.pay(await purchase.verify())
    await world.advance('PT61S')
  }
  await proveView()
  const link = await linkOf(rail, phones.usual)
  const account = textAt((await rail.get(`/v1/accounts?link=${link}`)).body, 'items', 0, 'id')
  const seen: unknown[] = []
  let path: string | undefined = `/v1/accounts/${account}/entries?link=${link}&limit=3`
  while (path !== undefined) {
    const { body } = await rail.get(path)
    seen.push(...(body['items'] as Json[]).map((entry) => [entry['direction'], member(entry, 'amount', 'value')]))
    path = member(body, 'links', 'next') as string | undefined
  }
  expect(seen).toEqual([
    ['out', '300'],
    ['out', '200'],
    ['out', '100'],
    ['in', '312045'],
  ])
  const balance = (await rail.get(`/v1/accounts/${account}/balance?link=${link}`)).body
  expect(balance).toMatchObject({ month: { spending: { value: '600' } }, available: { value: '311445' } })
})

test('the thirty-first look of a day is refused', async () => {
  await proveView()
  const link = await linkOf(rail, phones.usual)
  const account = textAt((await rail.get(`/v1/accounts?link=${link}`)).body, 'items', 0, 'id')
  const statuses: number[] = []
  for (let count = 0; count < 31; count += 1)
    statuses.push((await rail.get(`/v1/accounts/${account}/balance?link=${link}`)).status)
  expect(statuses.slice(-2)).toEqual([200, 429])
})

test('a card of the same customer is bound, chosen and taken off again', async () => {
  const link = await linkOf(rail, phones.usual)
  expect(await masks(link)).toEqual(['****1234'])
  expect((await rail.post(`/v1/links/${link}/cards`, { last4: '5008' })).body).toMatchObject({ code: 'not_found' })
  // The account of her business is no card that could pay.
  expect((await rail.post(`/v1/links/${link}/cards`, { last4: '3601' })).body).toMatchObject({ code: 'not_found' })
  expect((await rail.post(`/v1/links/${link}/cards`, { last4: '6688' })).body).toMatchObject({ version: 2 })
  const card = textAt((await rail.get(`/v1/links/${link}/methods`)).body, 'methods', 1, 'id')
  await rail.post(`/v1/links/${link}/default`, { method: card })
  expect(await masks(link)).toEqual(['****6688', '****1234'])
  expect(await masks(await linkOf(await world.client('tea-house'), phones.usual), 'tea-house')).toEqual(['****1234'])
  const paid = await Purchase.prepare(world, rail, { amount: '150000' })
  expect((await paid.pay(await paid.verify())).body).toMatchObject({ payer: { mask: '****6688' } })
  expect((await rail.send('DELETE', `/v1/links/${link}/cards/${card}`, {})).status).toBe(204)
  expect(await masks(link)).toEqual(['****1234'])
  const again = await rail.send('DELETE', `/v1/links/${link}/cards/${card}`, {})
  expect(again.body).toMatchObject({ code: 'not_found' })
  const main = textAt((await rail.get(`/v1/links/${link}/methods`)).body, 'methods', 0, 'id')
  const own = await rail.send('DELETE', `/v1/links/${link}/cards/${main}`, {})
  expect(own.body).toMatchObject({ code: 'state_conflict' })
  const { body } = await rail.get('/v1/events')
  const types = (body['events'] as Json[]).map(({ type }) => type)
  expect(types.filter((type) => String(type).startsWith('link.'))).toEqual(Array(3).fill('link.active'))
})

async function proveView(): Promise<void> {
  await (await Agreement.prepare(world, rail, { op: 'account-view', payer: 'none' })).verify()
}

async function masks(link: string, client = 'northern-rail'): Promise<unknown[]> {
  const at = client === 'northern-rail' ? rail : await world.client(client)
  const { body } = await at.get(`/v1/links/${link}/methods`)
  return (body['methods'] as Json[]).map(({ mask }) => mask)
}
