import { afterEach, beforeEach, expect, test } from 'vitest'
import { renderDay } from '../app/business-day.ts'
import { linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000 } })
  rail = await world.client('northern-rail')
  const { body } = await world.control('GET', '/sandbox/clients')
  const account = textAt(body, 'clients', 0, 'accountId')
  await world.control('POST', `/sandbox/accounts/${account}/deposits`, { amount: '1000' })
})
afterEach(() => world.close())

test('money waits in escrow, two people open one envelope each, and the rest goes back', async () => {
  const { body: campaign } = await open('1000', 5)
  expect(await balances()).toMatchObject({ '****6621': '0', promo: '1000' })
  await world.advance('PT1S')
  const first = await tap(campaign, phones.usual)
  const second = await tap(campaign, phones.twoAccounts)
  expect([first.status, second.status]).toEqual([202, 202])
  const again = await tap(campaign, phones.usual)
  expect(again).toMatchObject({ status: 200, body: { id: first.body['id'], amount: first.body['amount'] } })
  await world.advance('PT61S')
  expect((await rail.get(`/v1/claims/${textAt(first.body, 'id')}`)).body).toMatchObject({ state: 'paid' })
  await world.advance('P1D')
  expect((await rail.get(`/v1/campaigns/${textAt(campaign, 'id')}`)).body).toMatchObject({ state: 'settled', left: 3 })
  const given = [first, second].reduce((sum, { body }) => sum + Number(textAt(body, 'amount', 'value')), 0)
  expect(await balances()).toMatchObject({ '****6621': String(1000 - given), promo: '0' })
  expect((await tap(campaign, phones.minor)).body).toMatchObject({ status: 410, code: 'expired' })
})

test('of two hundred taps at once on five envelopes five are paid, one for each person', async () => {
  const { body: campaign } = await open('1000', 5)
  await world.advance('PT1S')
  const people = [phones.usual, phones.poor, phones.twoAccounts, phones.minor, '+8613800000007']
  const links = await Promise.all(people.map((phone) => linkOf(rail, phone)))
  const nobodies = await Promise.all(['+8613700000001', '+8613700000002'].map((phone) => linkOf(rail, phone)))
  const taps = Array.from({ length: 200 }, (_, index) => links[index % 5] ?? '')
  const replies = await Promise.all(taps.map((link) => claim(campaign, link)))
  const made = replies.filter(({ status }) => status === 202)
  expect(made).toHaveLength(5)
  expect(new Set(replies.map(({ body }) => body['id'])).size).toBe(5)
  const total = made.reduce((sum, { body }) => sum + Number(textAt(body, 'amount', 'value')), 0)
  expect(total).toBe(1000)
  expect((await claim(campaign, nobodies[0] ?? '')).body).toMatchObject({ state: 'empty' })
  await world.advance('PT61S')
  expect(await balances()).toMatchObject({ promo: '0' })
})

test('a share waits a day for somebody who is no customer, and then is the next one’s', async () => {
  const endsAt = new Date(world.now() + 3 * 86_400_000).toISOString()
  const { body: campaign } = await open('300', 1, { split: 'fixed', endsAt })
  await world.advance('PT1S')
  const kept = await tap(campaign, phones.unknown)
  expect(kept.body).toMatchObject({ state: 'reserved', amount: { value: '300' } })
  expect((await tap(campaign, phones.usual)).body).toMatchObject({ state: 'empty' })
  await world.advance('P1DT1M')
  expect((await rail.get(`/v1/claims/${textAt(kept.body, 'id')}`)).body).toMatchObject({ state: 'released' })
  expect((await tap(campaign, phones.usual)).body).toMatchObject({ state: 'paying', amount: { value: '300' } })
})

test('a share kept for a number is paid to whoever opens an account with it, by the same request', async () => {
  const { body: campaign } = await open('300', 1, { split: 'fixed' })
  await world.advance('PT1S')
  const path = `/v1/campaigns/${textAt(campaign, 'id')}/claims`
  const body = { clientRef: newKey(), link: await linkOf(rail, phones.unknown) }
  const key = newKey()
  expect((await rail.post(path, body, { key })).body).toMatchObject({ state: 'reserved' })
  expect((await rail.post(path, body, { key })).body).toMatchObject({ state: 'reserved' })
  const person = { phone: phones.unknown, name: '何新' }
  expect(await world.control('POST', '/sandbox/customers', person)).toMatchObject({ status: 201 })
  expect(await world.control('POST', '/sandbox/customers', person)).toMatchObject({ body: { code: 'state_conflict' } })
  await linkOf(rail, phones.unknown)
  const again = await rail.post(path, body, { key })
  expect(again.body).toMatchObject({ state: 'paying', amount: { value: '300' } })
  await world.advance('PT61S')
  expect((await rail.get(`/v1/claims/${textAt(again.body, 'id')}`)).body).toMatchObject({ state: 'paid' })
})

test('nothing is promised that is not there, and a pause is a pause', async () => {
  expect((await open('1001', 5)).body).toMatchObject({ code: 'insufficient_funds' })
  const { body: campaign } = await open('1000', 3, { split: 'equal' })
  await world.advance('PT1S')
  const path = `/v1/campaigns/${textAt(campaign, 'id')}`
  expect((await rail.post(`${path}/pause`, {})).body).toMatchObject({ state: 'paused' })
  expect((await tap(campaign, phones.usual)).body).toMatchObject({ code: 'state_conflict' })
  expect((await rail.post(`${path}/resume`, {})).body).toMatchObject({ state: 'live' })
  expect((await tap(campaign, phones.usual)).body).toMatchObject({ amount: { value: '334' } })
})

test('a statement has what was paid into it, and what came back as taking that back', async () => {
  const date = renderDay(world.now())
  const { body: campaign } = await open('1000', 5)
  await world.advance('PT1S')
  await rail.post(`/v1/campaigns/${textAt(campaign, 'id')}/end`, {})
  await world.advance('P2D')
  const { text } = await rail.get(`/v1/statements/${date}/lines`)
  const lines = text.trim().split('\n')
  const payouts = lines.map((line) => JSON.parse(line) as Json).filter(({ kind }) => kind === 'payout')
  const line = { kind: 'payout', bankRef: campaign['id'], amount: { value: '1000', currency: 'CNY' } }
  expect(payouts).toMatchObject([line, { ...line, reversalOf: campaign['id'] }])
  expect(payouts[0]).not.toHaveProperty('reversalOf')
})

function open(total: string, count: number, more: Json = {}): Promise<Reply> {
  return rail.post('/v1/campaigns', {
    ...{ clientRef: newKey(), name: { 'zh-CN': '春节红包', en: 'New year' }, count, split: 'random' },
    ...{ total: { value: total, currency: 'CNY' }, ...more },
  })
}

async function tap(campaign: Json, phone: string): Promise<Reply> {
  return claim(campaign, await linkOf(rail, phone))
}

function claim(campaign: Json, link: string): Promise<Reply> {
  return rail.post(`/v1/campaigns/${textAt(campaign, 'id')}/claims`, { clientRef: newKey(), link })
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect(body['totals']).toEqual({ CNY: '0', PTS: '0' })
  const accounts = body['accounts'] as Json[]
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['kind'], account['balanceMinor']]))
}
