import { afterEach, beforeEach, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, Purchase, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

const phone = '+8613800000007'
let world: BankUnderTest
let rail: TestClient
let wallet: Json

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 100 } })
  rail = await world.client('northern-rail')
  const opening = await Agreement.prepare(world, rail, { op: 'wallet-opening', payer: 'none', phone })
  wallet = (await opening.commit('/v1/wallets')).body
})
afterEach(() => world.close())

test('is opened once, loaded, and pays a merchant the whole amount', async () => {
  expect(wallet).toMatchObject({
    state: 'open',
    class: 4,
    balance: { value: '0' },
    limits: { day: { value: '500000' } },
  })
  const again = await Agreement.prepare(world, rail, { op: 'wallet-opening', payer: 'none', phone })
  expect((await again.commit('/v1/wallets')).body).toMatchObject({ code: 'duplicate_business' })
  expect((await move('load', '20000')).body).toMatchObject({ state: 'succeeded', fee: { value: '0' } })
  const { body } = await move('payment', '4550')
  expect(body).toMatchObject({ state: 'processing' })
  await world.advance('PT61S')
  expect((await rail.get(`/v1/wallet-payments/${textAt(body, 'id')}`)).body).toMatchObject({ state: 'succeeded' })
  expect(await read()).toMatchObject({ balance: { value: '15450' }, limits: { dayLeft: { value: '495450' } } })
  expect(await balances()).toMatchObject({ '****6007': '61980000', '****6621': '4550' })
  expect((await move('unload', '15450')).body).toMatchObject({ state: 'succeeded', payee: { account: '****6007' } })
  const link = await linkOf(rail, phone)
  const { body: history } = await rail.get(`/v1/wallets/${textAt(wallet, 'id')}/entries?link=${link}`)
  expect((history['items'] as Json[]).map(({ direction }) => direction)).toEqual(['out', 'out', 'in'])
})

test('holds and pays no more than its class allows, also when it pays for other things', async () => {
  expect((await quote('load', '1000001')).body).toMatchObject({ code: 'above_max' })
  await move('load', '1000000')
  expect((await quote('payment', '200001')).body).toMatchObject({ code: 'above_max' })
  for (const amount of ['200000', '200000']) expect((await move('payment', amount)).status).toBe(202)
  expect((await move('payment', '100001')).body).toMatchObject({ code: 'above_limit', outcome: 'none' })
  const purchase = await Purchase.prepare(world, rail, { phone, amount: '100001' })
  const payload = { ...purchase.payload, payer: String(wallet['method']) }
  const agreed = await Agreement.prepare(world, rail, { op: 'payment', phone, payload })
  expect((await agreed.commit('/v1/payments')).body).toMatchObject({ code: 'above_limit' })
  await world.advance('P1D')
  expect((await move('payment', '100001')).status).toBe(202)
})

test('frozen it neither takes nor gives', async () => {
  await move('load', '20000')
  await world.control('POST', `/sandbox/deeds/${textAt(wallet, 'id')}/events`, { event: 'frozen' })
  expect(await read()).toMatchObject({ state: 'frozen' })
  expect((await quote('payment', '100')).body).toMatchObject({ code: 'account_frozen' })
  await world.control('POST', `/sandbox/deeds/${textAt(wallet, 'id')}/events`, { event: 'open' })
  expect((await quote('payment', '100')).status).toBe(201)
})

test('pays for a top-up', async () => {
  await move('load', '20000')
  const link = await linkOf(rail, phone)
  const wish = { link, phone: phones.usual, amount: { value: '5000', currency: 'CNY' } }
  const topUp = (await rail.post('/v1/top-ups/quotes', wish)).body
  const agreed = await Agreement.prepare(world, rail, {
    op: 'top-up',
    phone,
    quote: topUp,
    payer: textAt(wallet, 'mask'),
  })
  expect((await agreed.commit('/v1/top-ups')).body).toMatchObject({ payer: { mask: wallet['mask'] } })
  expect(await read()).toMatchObject({ balance: { value: '15000' } })
})

async function quote(direction: string, value: string): Promise<Reply> {
  const link = await linkOf(rail, phone)
  return rail.post('/v1/wallet-quotes', { link, direction, amount: { value, currency: 'CNY' } })
}

async function move(direction: string, value: string): Promise<Reply> {
  const { body } = await quote(direction, value)
  const payers: Record<string, string> = { load: '****6007', payment: textAt(wallet, 'mask') }
  const payer = payers[direction] ?? 'none'
  const agreed = await Agreement.prepare(world, rail, { op: `wallet-${direction}`, phone, quote: body, payer })
  return agreed.commit(`/v1/wallet-${direction}s`)
}

async function read(): Promise<Json> {
  const { body } = await rail.get(`/v1/wallets?link=${await linkOf(rail, phone)}`)
  return (body['items'] as Json[])[0] ?? {}
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['kind'], account['balanceMinor']]))
}
