import { afterEach, beforeEach, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { MoneyDesk, rich } from '../kit/money-desk.ts'
import { phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let desk: MoneyDesk

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
  desk = new MoneyDesk(world, rail)
})
afterEach(() => world.close())

test('one request sent twenty times at once is carried out once', async () => {
  const agreed = await desk.get('/v1/transfers', { amount: '1000' })
  const body = agreed.commitBody(await agreed.verify())
  const key = newKey()
  const replies = await Promise.all(Array.from({ length: 20 }, () => rail.post('/v1/transfers', body, { key })))
  expect(replies.every(({ status }) => status === 202 || status === 409)).toBe(true)
  expect(new Set(replies.filter(({ status }) => status === 202).map((reply) => reply.body['id'])).size).toBe(1)
  await world.advance('PT61S')
  expect(await listKinds(agreed.clientRef)).toEqual(['pending', 'post'])
  const again = await rail.post('/v1/transfers', body, { key })
  expect(again).toMatchObject({ status: 202, body: { state: 'succeeded', version: 2 } })
})

test('an answer that was lost is found by the reference', async () => {
  for (const fault of ['500-after', 'timeout-after']) {
    const agreed = await desk.get('/v1/transfers', { amount: '1000' })
    const body = agreed.commitBody(await agreed.verify())
    await world.fault(fault, { method: 'POST', path: '/v1/transfers' })
    const lost = rail.post('/v1/transfers', body, { signal: AbortSignal.timeout(300) })
    if (fault === '500-after') expect((await lost).body).toMatchObject({ status: 500, outcome: 'unknown' })
    else await expect(lost).rejects.toThrow()
    const found = await rail.get(`/v1/transfers?clientRef=${agreed.clientRef}`)
    expect(found.body).toMatchObject({ items: [{ state: 'processing', amount: { value: '1000' } }] })
  }
})

test('what was agreed to is what is done: operation, quote and terms', async () => {
  const transfer = await desk.get('/v1/transfers', { amount: '1000' })
  const confirmed = await transfer.verify()
  const body = transfer.commitBody(confirmed)
  for (const [path, change, code] of [
    ['/v1/bill-payments', {}, 'state_conflict'],
    ['/v1/transfers', { quote: 'lkp_other' }, 'amount_changed'],
    ['/v1/transfers', { amount: { value: '1001', currency: 'CNY' } }, 'amount_changed'],
  ] as const) {
    expect((await rail.post(path, { ...body, ...change })).body).toMatchObject({ code, outcome: 'none' })
  }
  const link = await linkOf(rail, rich)
  const quote = (await desk.lookUp(link, '+8613600001111')).body
  for (const [payload, code] of [
    [{ terms: '0'.repeat(64) }, 'amount_changed'],
    [{ quote: undefined, terms: undefined }, 'malformed'],
    [{ payee: { id: 'pye_x', name: '*小明', account: '****8802' } }, 'payee_mismatch'],
    [{ payer: 'none' }, 'payer_mismatch'],
  ] as const) {
    const wrong = await Agreement.prepare(world, rail, { op: 'transfer', phone: rich, quote, amount: '1', payload })
    expect((await wrong.confirm()).body).toMatchObject({ code })
  }
  const theirs = await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '1' })
  expect((await theirs.confirm()).body).toMatchObject({ code: 'not_found' })
  await world.advance('PT5M1S')
  const late = await Agreement.prepare(world, rail, { op: 'transfer', phone: rich, quote, amount: '1' })
  expect((await late.confirm()).body).toMatchObject({ code: 'expired' })
})

test('a refusal is remembered, takes nothing, and leaves the quote for another try', async () => {
  const link = await linkOf(rail, phones.poor)
  const quote = (await desk.lookUp(link, '+8613900000000')).body
  const ask = (amount: string): Promise<Agreement> =>
    Agreement.prepare(world, rail, { op: 'transfer', phone: phones.poor, quote, amount })
  const dear = await (await ask('5001')).commit('/v1/transfers')
  expect(dear.body).toMatchObject({ code: 'insufficient_funds', outcome: 'none' })
  const kept = (await rail.get(textAt(dear.body, 'instance'))).body
  expect(kept).toMatchObject({ state: 'failed', failure: { class: 'insufficient_funds' } })
  expect(await listKinds(textAt(kept, 'clientRef'))).toEqual([])
  expect((await (await ask('5000')).commit('/v1/transfers')).status).toBe(202)
})

test('a clean restart goes on with what is under way', async () => {
  const agreed = await desk.get('/v1/transfers', { amount: '1000' })
  const { body } = await agreed.commit('/v1/transfers', { speed: '2h' })
  await world.restart()
  await world.advance('PT2H2M')
  expect((await rail.get(`/v1/transfers/${textAt(body, 'id')}`)).body).toMatchObject({ state: 'succeeded' })
  expect(await listKinds(agreed.clientRef)).toEqual(['pending', 'post'])
})

async function listKinds(clientRef: string): Promise<unknown[]> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const lines = body['transfers'] as Json[]
  return lines.filter((line) => line['clientRef'] === clientRef).map((line) => line['kind'])
}
