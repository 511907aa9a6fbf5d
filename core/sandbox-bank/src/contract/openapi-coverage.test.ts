import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { listCoverage, Prober, type Sample } from '../kit/coverage.ts'
import { canonical, phones, Purchase, sha256, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('every refusal and every answer in the document can be had, and looks as it says', async () => {
  const samples = await buildSamples()
  await new Prober(world, rail).provokeAll(samples)
  await provokeLinks()
  await provokeConfirmations()
  await provokePayments()
  await provokeWallet()
  await provokeReadings()
  await provokeClock()
  const { documented, seen } = listCoverage(world, 'core')
  expect(seen).toEqual(documented)
}, 30_000)

/** A good request for each operation. */
async function buildSamples(): Promise<Sample[]> {
  const purchase = await Purchase.prepare(world, rail)
  const asked = (await purchase.confirm()).body
  const confirmation = `/v1/confirmations/${textAt(asked, 'id')}`
  const code = await purchase.readCode(asked)
  const payer = await Purchase.prepare(world, rail, { phone: phones.minor, amount: '1' })
  const verified = await payer.verify()
  const payment = `/v1/payments/${textAt((await payer.pay(verified)).body, 'id')}`
  const spare = textAt((await rail.post('/v1/links', { phone: phones.unknown, userRef: 'spare' })).body, 'id')
  return [
    { method: 'GET', path: '/v1/capabilities' },
    { method: 'POST', path: '/v1/links', body: { phone: phones.usual, userRef: 'sample' } },
    { method: 'GET', path: `/v1/links/${purchase.link}` },
    { method: 'GET', path: `/v1/links/${purchase.link}/methods` },
    { method: 'POST', path: '/v1/confirmations', body: purchase.confirmationBody() },
    { method: 'GET', path: `/v1/confirmations?clientRef=${purchase.clientRef}` },
    { method: 'GET', path: confirmation },
    { method: 'POST', path: `${confirmation}/answers`, body: { code } },
    { method: 'POST', path: '/v1/payments', body: payer.paymentBody(verified) },
    { method: 'GET', path: '/v1/payments' },
    { method: 'GET', path: payment },
    { method: 'GET', path: '/v1/events' },
    { method: 'DELETE', path: `/v1/links/${spare}` },
  ]
}

async function provokeLinks(): Promise<void> {
  const once = { phone: phones.minor, userRef: 'once' }
  await rail.post('/v1/links', once)
  await rail.post('/v1/links', once)
  await rail.post('/v1/links', { phone: phones.recycled, userRef: 'once' })
  await rail.send('DELETE', '/v1/links/lnk_none', {})
  const key = newKey()
  const removed = textAt((await rail.post('/v1/links', { phone: phones.minor, userRef: 'gone' }, { key })).body, 'id')
  await rail.send('DELETE', `/v1/links/${removed}`, {})
  await rail.post('/v1/links', { phone: phones.minor, userRef: 'gone' }, { key })
}

async function provokeConfirmations(): Promise<void> {
  await world.advance('PT61S')
  const purchase = await Purchase.prepare(world, rail)
  await rail.post('/v1/confirmations', { ...purchase.confirmationBody(), link: 'lnk_none' })
  const nobody = textAt((await rail.post('/v1/links', { phone: phones.unknown, userRef: 'u' })).body, 'id')
  await rail.post('/v1/confirmations', { ...purchase.confirmationBody(), link: nobody })
  await rail.post('/v1/confirmations', { ...purchase.confirmationBody(), payloadSha256: '0'.repeat(64) })
  const payee = { id: 'mch_x', name: 'x', account: 'x' }
  const past = new Date(world.now() - 1).toISOString()
  const changes = [
    { payee },
    { payer: 'acc_x' },
    { amount: '1.5' },
    { currency: 'USD' },
    { amount: '0' },
    { amount: '5000001' },
    { expires: past },
  ]
  for (const change of changes) await rail.post('/v1/confirmations', changed(purchase, change))
  for (const state of ['reassigned', 'held']) {
    await world.control('PUT', `/sandbox/phones/${encodeURIComponent(phones.usual)}`, { state })
    if (state === 'reassigned') await purchase.confirm()
  }
  const lookup = { link: purchase.link, phone: phones.poor }
  const quote = (await rail.post('/v1/payees/lookups', lookup)).body
  await (await Agreement.prepare(world, rail, { op: 'transfer', quote, amount: '20000000' })).confirm()
  await provokeAnswers()
  await world.advance('PT20M')
  const again = await Purchase.prepare(world, rail)
  for (let count = 0; count < 6; count += 1) await again.confirm()
}

async function provokeAnswers(): Promise<void> {
  await rail.post('/v1/confirmations/cnf_none/answers', { code: '000000' })
  const late = await Purchase.prepare(world, rail)
  const asked = (await late.confirm()).body
  await world.advance('PT2M')
  await late.answer(asked, '000000')
  const other = await Purchase.prepare(world, rail)
  const pending = (await other.confirm()).body
  const locked = await Purchase.prepare(world, rail)
  const question = (await locked.confirm()).body
  const wrong = String((Number(await locked.readCode(question)) + 1) % 1_000_000).padStart(6, '0')
  for (let count = 0; count < 4; count += 1) await locked.answer(question, wrong)
  await other.answer(pending, '000000')
  await other.confirm()
}

async function provokePayments(): Promise<void> {
  await world.advance('PT20M')
  const purchase = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '5001' })
  const verified = await purchase.verify()
  const body = purchase.paymentBody(verified)
  const { payer } = purchase.payload
  const changes = [
    { confirmationId: 'cnf_none' },
    { authorisation: 'aut_none' },
    { payloadSha256: '0'.repeat(64) },
    { payee: { id: 'mch_none' } },
    { payer: { link: purchase.link, method: 'acc_none' } },
    { amount: { value: '1.5', currency: 'CNY' } },
    { amount: { value: '5001', currency: 'cny' } },
  ]
  for (const change of changes) await rail.post('/v1/payments', { ...body, ...change })
  await rail.post('/v1/payments', body)
  await rail.post('/v1/payments', body)
  const account = `/sandbox/accounts/${String(payer)}`
  for (const kind of ['decline', 'frozen']) {
    const next = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '1' })
    const confirmed = await next.verify()
    if (kind === 'decline') await world.fault('decline', { path: '/v1/payments' })
    else await world.control('PUT', account, { state: 'frozen' })
    await next.pay(confirmed)
  }
  await world.control('PUT', account, { state: 'open' })
  const late = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '1' })
  const old = await late.verify()
  await world.advance('PT5M1S')
  await late.pay(old)
}

/** Two thousand is the most that a wallet pays. */
async function provokeWallet(): Promise<void> {
  await world.advance('PT61S')
  const opening = await Agreement.prepare(world, rail, {
    op: 'wallet-opening',
    payer: 'none',
    phone: phones.twoAccounts,
  })
  const wallet = (await opening.commit('/v1/wallets')).body
  const wish = { op: 'payment', phone: phones.twoAccounts, amount: '200001', payload: { payer: wallet['method'] } }
  await (await Agreement.prepare(world, rail, wish)).commit('/v1/payments')
}

async function provokeReadings(): Promise<void> {
  const { headers } = await rail.get('/v1/capabilities')
  await rail.get('/v1/capabilities', { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  for (const path of ['/v1/links/x', '/v1/links/x/methods', '/v1/confirmations/x', '/v1/payments/x'])
    await rail.get(path)
  for (const path of ['/v1/confirmations', '/v1/payments']) await rail.get(`${path}?clientRef=none`)
  for (const path of ['/v1/confirmations?clientRef=', '/v1/payments?limit=0', '/v1/events?limit=0'])
    await rail.get(path)
}

async function provokeClock(): Promise<void> {
  const path = '/v1/simulations/clock'
  await world.control('POST', path, { advance: 'PT0S' })
  await world.control('POST', path, { advance: 'yesterday' })
  await world.control('POST', path, { advance: 'x'.repeat(66_000) })
  await world.fault('500-after', { path })
  await world.control('POST', path, { advance: 0 })
  world.conformance.assert({ method: 'POST', path, ...(await askAsStranger(path)) })
}

/** A request to this machine under a name that is not its own, as a web page could bring about. */
function askAsStranger(path: string): Promise<{ status: number; headers: Headers; body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request(world.bank.url + path, { method: 'POST', headers: { host: 'evil.example' } })
    call.on('error', reject).on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += String(chunk)
      const headers = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
      resolve({ status: response.statusCode ?? 0, headers, body: JSON.parse(text) })
    })
    call.end()
  })
}

function changed(purchase: Purchase, change: Json): Json {
  const payload = { ...purchase.payload, ...change }
  return { ...purchase.confirmationBody(), payload, payloadSha256: sha256(canonical(payload)) }
}
