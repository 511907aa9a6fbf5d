import { afterEach, beforeEach, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

const friend = '+8613900000000'
const rich = '+8613800000007'
let world: BankUnderTest
let rail: TestClient

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
})
afterEach(() => world.close())

test('a payee is shown masked, and money goes to exactly that one', async () => {
  const quote = (await lookUp(friend)).body
  expect(quote).toMatchObject({
    state: 'open',
    payee: { name: '*小明', account: '****8802' },
    bank: { id: 'luzhou-bank' },
    firstTime: true,
  })
  const { body } = await send(quote, '50000')
  expect(body).toMatchObject({ state: 'processing', amount: { value: '50000' }, speed: 'realtime' })
  await world.advance('PT61S')
  expect(world.street.messages[0]?.text).toContain('，用于手机号转账 500.00 元，收款方*小明，')
  expect((await rail.get(`/v1/transfers/${textAt(body, 'id')}`)).body).toMatchObject({ state: 'succeeded', version: 2 })
  expect(await balances()).toMatchObject({ '****1234': '262045', 'acc_outside_luzhou-bank': '50000' })
  expect((await lookUp(friend)).body).toMatchObject({ firstTime: false })
  const again = await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '100' })
  expect((await again.confirm()).body).toMatchObject({ code: 'state_conflict' })
})

test('a delayed one can be taken back until it goes', async () => {
  const first = (await send((await lookUp(friend)).body, '50000', { speed: '2h' })).body
  expect(first).toMatchObject({ state: 'scheduled', executeAt: expect.any(String) })
  const path = `/v1/transfers/${textAt(first, 'id')}`
  expect((await rail.post(`${path}/cancel`, {})).body).toMatchObject({ state: 'cancelled' })
  expect(await balances()).toMatchObject({ '****1234': '312045' })
  const second = (await send((await lookUp(friend)).body, '50000', { speed: 'nextDay' })).body
  await world.advance('P1DT2M')
  expect((await rail.post(`/v1/transfers/${textAt(second, 'id')}/cancel`, {})).body).toMatchObject({
    code: 'state_conflict',
    outcome: 'done',
  })
})

test('a number that changed hands since the lookup gets nothing', async () => {
  const quote = (await lookUp(friend)).body
  await world.control('PUT', `/sandbox/phones/${encodeURIComponent(friend)}`, { state: 'reassigned' })
  expect((await send(quote, '50000')).body).toMatchObject({ code: 'payee_mismatch', outcome: 'none' })
  await world.control('PUT', `/sandbox/phones/${encodeURIComponent(friend)}`, { state: 'held' })
  const { body } = await send((await lookUp(friend)).body, '50000', { speed: '2h' })
  await world.control('PUT', `/sandbox/phones/${encodeURIComponent(friend)}`, { state: 'reassigned' })
  await world.advance('PT2H2M')
  expect((await rail.get(`/v1/transfers/${textAt(body, 'id')}`)).body).toMatchObject({
    state: 'failed',
    failure: { code: 'payee_mismatch' },
  })
  expect(await balances()).toMatchObject({ '****1234': '312045' })
})

test('whoever gets a number gets no codes of the customer who had it, and the clients are told', async () => {
  const quote = (await lookUp(friend)).body
  await world.control('PUT', `/sandbox/phones/${encodeURIComponent(phones.usual)}`, { state: 'reassigned' })
  const asked = await Agreement.prepare(world, rail, {
    op: 'transfer',
    quote,
    amount: '1',
    link: String(quote['link']),
  })
  expect((await asked.confirm()).body).toMatchObject({ code: 'number_reassigned' })
  const { body: feed } = await rail.get('/v1/events?limit=200')
  expect((feed['events'] as Json[]).at(-1)).toMatchObject({ type: 'number.reassigned', data: { link: quote['link'] } })
})

test('the bank may look twice, and the bank of the payee may send it back', async () => {
  const { body } = await send((await lookUp(friend)).body, '50000')
  const path = `/v1/transfers/${textAt(body, 'id')}`
  for (const [event, state] of [
    ['review', 'under_review'],
    ['cleared', 'processing'],
  ] as const) {
    const answer = await world.control('POST', `/sandbox/deeds/${textAt(body, 'id')}/events`, { event })
    expect(answer.body).toMatchObject({ state })
  }
  await world.control('PUT', '/sandbox/moods/payee-bank:luzhou-bank', { mood: 'returns' })
  await world.advance('PT61S')
  expect((await rail.get(path)).body).toMatchObject({ state: 'succeeded' })
  await world.advance('P1D')
  expect((await rail.get(path)).body).toMatchObject({ state: 'returned' })
  expect(await balances()).toMatchObject({ '****1234': '312045', 'acc_outside_luzhou-bank': '0' })
  const { body: feed } = await rail.get('/v1/events?limit=200')
  expect((feed['events'] as Json[]).slice(-2).map(({ type }) => type)).toEqual([
    'transfer.succeeded',
    'transfer.returned',
  ])
})

test('three misses in an hour end the lookups; nobody pays themselves; much money needs a strong hand', async () => {
  const own = (await lookUp(phones.usual)).body
  expect((await send(own, '100')).body).toMatchObject({ code: 'payer_mismatch' })
  const large = await Agreement.prepare(world, rail, { op: 'transfer', quote: own, amount: '20000000' })
  expect((await large.confirm()).body).toMatchObject({ code: 'limit_auth_strength' })
  for (const phone of ['+8613700000001', '+8613700000002', phones.recycled]) {
    expect((await lookUp(phone)).body).toMatchObject({ state: 'not_registered', terms: [] })
  }
  expect(await lookUp(friend)).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
  await world.advance('PT1H1S')
  expect((await lookUp(friend)).status).toBe(201)
})

test('ten payees a day are looked up; the eleventh waits for tomorrow', async () => {
  for (let asked = 0; asked < 10; asked += 1) expect((await lookUp(friend)).status).toBe(201)
  const eleventh = await lookUp(friend)
  expect(eleventh).toMatchObject({ status: 429, body: { code: 'rate_limited', outcome: 'none' } })
  await world.advance('P1D')
  expect((await lookUp(friend)).status).toBe(201)
})

test('a first payee gets much only from somebody who knows the hidden character of the name', async () => {
  const quote = (await lookUp(friend, rich)).body
  expect(quote).toMatchObject({ firstTime: true, nameAskedFrom: { value: '500000', currency: 'CNY' } })
  expect(JSON.stringify(quote)).not.toContain('王')
  const who = { phone: rich, link: await linkOf(rail, rich) }
  const little = await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '499999', ...who })
  expect((await little.confirm()).status).toBe(201)
  const much = await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '500000', ...who })
  expect((await much.confirm()).body).toMatchObject({ code: 'limit_auth_strength', outcome: 'none' })
  const { body: asked } = await signing(much)
  const url = textAt(asked, 'page', 'url')
  expect(await typeOn(url)).toContain('name="character"')
  expect(await typeOn(url, { answer: 'yes', character: ' ' })).toContain('请填写姓名中被隐去的字')
  expect(await typeOn(url, { answer: 'yes', character: '明' })).toContain('还可再试 2 次')
  expect(await typeOn(url, { answer: 'yes', character: ' 王 ' })).toContain('已确认')
  const verified = (await rail.get(`/v1/confirmations/${textAt(asked, 'id')}`)).body
  expect((await rail.post('/v1/transfers', much.commitBody(verified))).body).toMatchObject({ state: 'processing' })
  await world.advance('PT61S')
  const known = (await lookUp(friend, rich)).body
  expect(known).not.toHaveProperty('nameAskedFrom')
  const again = await Agreement.prepare(world, rail, { op: 'transfer', quote: known, amount: '500000', ...who })
  expect((await again.confirm()).status).toBe(201)
})

test('three wrong characters lock the confirmation, and nothing is sent', async () => {
  const quote = (await lookUp(friend)).body
  const much = await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '500000' })
  const { body: asked } = await signing(much)
  const url = textAt(asked, 'page', 'url')
  for (const character of ['李', '小', '*']) await typeOn(url, { answer: 'yes', character })
  expect(await typeOn(url, { answer: 'yes', character: '王' })).toContain('此页面已失效')
  expect((await rail.get(`/v1/confirmations/${textAt(asked, 'id')}`)).body).toMatchObject({ state: 'locked' })
  expect(await balances()).toMatchObject({ '****1234': '312045' })
})

function signing(agreement: Agreement): Promise<Reply> {
  return rail.post('/v1/confirmations', { ...agreement.confirmationBody(), method: 'sim-shield' })
}

/** As a browser would; without fields the page is only looked at. */
async function typeOn(url: string, fields?: Record<string, string>): Promise<string> {
  const form = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
  return (await fetch(url, form)).text()
}

async function lookUp(phone: string, by = phones.usual): Promise<Reply> {
  return rail.post('/v1/payees/lookups', { link: await linkOf(rail, by), phone })
}

async function send(quote: Json, amount: string, more: Json = {}): Promise<Reply> {
  return (await Agreement.prepare(world, rail, { op: 'transfer', quote, amount })).commit('/v1/transfers', more)
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  expect(body['totals']).toEqual({ CNY: '0', PTS: '0' })
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['id'], account['balanceMinor']]))
}
