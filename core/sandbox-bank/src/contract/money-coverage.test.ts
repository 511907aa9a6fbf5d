import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { listOwnCoverage, Prober, type Sample } from '../kit/coverage.ts'
import { campaignBody, money, MoneyDesk, nobody, rich } from '../kit/money-desk.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let desk: MoneyDesk

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 1_000 } })
  rail = await world.client('northern-rail', { webhook: false })
  desk = new MoneyDesk(world, rail)
  const clients = (await world.control('GET', '/sandbox/clients')).body
  await world.control('POST', `/sandbox/accounts/${textAt(clients, 'clients', 0, 'accountId')}/deposits`, {
    amount: '1000',
  })
})
afterAll(() => world.close())

test('every refusal of its own and every answer about money can be had, and looks as the document says', async () => {
  await desk.openWallet(rich, '900000')
  const samples = await buildSamples()
  const prober = new Prober(world, rail)
  for (const sample of samples) await prober.send(sample)
  await provokeMissing(samples)
  for (const path of Object.keys(desk.deals)) await provokeCommit(path)
  await provokeRefusals()
  await provokeLimits()
  await provokeQuotes()
  await provokePayments()
  await provokeActions()
  await provokeEscrows()
  await provokeCampaigns()
  await provokeAccounts()
  const { documented, seen } = listOwnCoverage(world, 'money')
  expect(seen).toEqual(documented)
}, 120_000)

/** A good request for each operation; commits and actions may be for something that is not there. */
async function buildSamples(): Promise<Sample[]> {
  const link = await linkOf(rail, rich)
  const ids = await commitEach()
  const proof = await Agreement.prepare(world, rail, { op: 'account-view', payer: 'none', phone: rich })
  await proof.verify()
  const account = textAt((await rail.get(`/v1/accounts?link=${link}`)).body, 'items', 0, 'id')
  const payment = await desk.buy(rich, '10000')
  const refund = (await rail.post(`/v1/payments/${payment}/refunds`, { clientRef: 'r1', amount: money('1') })).body
  const campaign = (await rail.post('/v1/campaigns', campaignBody({ clientRef: 'c1' }))).body
  await world.advance('PT61S')
  const campaignPath = `/v1/campaigns/${textAt(campaign, 'id')}`
  const claim = (await rail.post(`${campaignPath}/claims`, { clientRef: 'k1', link })).body
  const shop = { phone: rich, amount: '100', shop: 'shop' }
  const notice = textAt((await world.control('POST', '/sandbox/card-events', shop)).body, 'notices', 0, 'id')
  const quotes = await buildQuoteSamples(link)
  const wallet = ids['/v1/wallets'] ?? ''
  return [
    ...Object.entries(ids).flatMap(([path, id]) => [
      { method: 'GET', path: `${path}/${id}` },
      { method: 'GET', path: `${path}?link=${link}` },
      { method: 'POST', path, body: emptyCommit(link) },
    ]),
    ...quotes,
    { method: 'GET', path: `/v1/accounts?link=${link}` },
    { method: 'GET', path: `/v1/accounts/${account}/balance?link=${link}` },
    { method: 'GET', path: `/v1/accounts/${account}/entries?link=${link}` },
    { method: 'GET', path: '/v1/billers' },
    { method: 'GET', path: '/v1/payees/banks' },
    { method: 'GET', path: `/v1/points/balance?link=${link}` },
    { method: 'GET', path: `/v1/wallets/${wallet}/entries?link=${link}` },
    { method: 'GET', path: `/v1/payments/${payment}/refunds` },
    { method: 'GET', path: `/v1/refunds/${textAt(refund, 'id')}` },
    { method: 'GET', path: '/v1/refunds?clientRef=r1' },
    { method: 'GET', path: campaignPath },
    { method: 'GET', path: '/v1/campaigns?clientRef=c1' },
    { method: 'GET', path: `/v1/claims/${textAt(claim, 'id')}` },
    { method: 'GET', path: '/v1/claims?clientRef=k1' },
    { method: 'GET', path: `/v1/transaction-notices/${notice}` },
    { method: 'GET', path: `/v1/transaction-notices?link=${link}` },
    { method: 'POST', path: '/v1/campaigns', body: campaignBody({ count: 1, total: money('9999999') }) },
    { method: 'POST', path: `${campaignPath}/claims`, body: { clientRef: newKey(), link } },
    ...['pause', 'resume', 'end'].map((name) => ({ method: 'POST', path: `/v1/campaigns/none/${name}`, body: {} })),
    ...['post', 'void'].map((name) => ({ method: 'POST', path: `/v1/groups/none/${name}`, body: {} })),
    ...escrowActs.map((name) => ({ method: 'POST', path: `/v1/escrows/none/${name}`, body: { link, by: 'buyer' } })),
    { method: 'POST', path: '/v1/transfers/none/cancel', body: {} },
    { method: 'POST', path: '/v1/payments/none/cancel', body: {} },
    { method: 'POST', path: '/v1/payments/none/captures', body: {} },
    { method: 'POST', path: '/v1/payments/none/refunds', body: { clientRef: newKey(), amount: money('1') } },
    { method: 'POST', path: `/v1/transaction-notices/none/answer`, body: { answer: 'confirmed' } },
    { method: 'POST', path: '/v1/links/none/default', body: { method: 'none' } },
    { method: 'POST', path: '/v1/links/none/cards', body: { last4: '0000' } },
    { method: 'DELETE', path: `/v1/links/${link}/cards/none` },
  ]
}

/** One of each kind, so that there is something to read. */
async function commitEach(): Promise<Record<string, string>> {
  const entries: [string, string][] = []
  for (const path of Object.keys(desk.deals)) {
    if (path === '/v1/wallets') continue
    entries.push([path, textAt((await (await desk.get(path)).commit(path)).body, 'id')])
  }
  const wallets = (await rail.get(`/v1/wallets?link=${await linkOf(rail, rich)}`)).body
  return Object.fromEntries([...entries, ['/v1/wallets', textAt(wallets, 'items', 0, 'id')]])
}

async function buildQuoteSamples(link: string): Promise<Sample[]> {
  const points = await linkOf(rail, phones.usual)
  const id = textAt((await rail.get('/v1/capabilities')).body, 'payee', 'id')
  const bodies: [string, Json][] = [
    ['/v1/payees/lookups', { link, phone: phones.usual }],
    ['/v1/top-ups/quotes', { link, amount: money('1000') }],
    ['/v1/points/quotes', { link: points, amount: money('1000') }],
    ['/v1/groups/quotes', { link, members: [{ payee: { id }, amount: money('1') }] }],
    ['/v1/wallet-quotes', { link, direction: 'load', amount: money('1') }],
    ['/v1/bills/queries', { link, biller: 'gas', account: '1230077' }],
    ['/v1/escrow-quotes', { link, item: 'lens', amount: money('1000') }],
  ]
  const samples: Sample[] = []
  for (const [path, body] of bodies) {
    const quote = (await rail.post(path, body)).body
    const bill = member(quote, 'bills', 0, 'id')
    samples.push({ method: 'POST', path, body }, { method: 'GET', path: `${path}/${textAt(quote, 'id')}` })
    if (bill !== undefined) samples.push({ method: 'GET', path: `/v1/bills/${String(bill)}` })
    else if (path === '/v1/wallet-quotes') samples.push({ method: 'GET', path: `/v1/quotes/${textAt(quote, 'id')}` })
  }
  return samples
}

/** Well formed, and of a confirmation that is not there. */
function emptyCommit(link: string): Json {
  return {
    ...{ clientRef: newKey(), confirmationId: 'cnf_none', authorisation: 'aut_none', payloadSha256: '0'.repeat(64) },
    payer: { link, method: 'none' },
  }
}

/** Lists that are asked for nothing or for what is not there, and everything under a name that nobody has. */
async function provokeMissing(samples: readonly Sample[]): Promise<void> {
  for (const { method, path } of samples) {
    if (method !== 'GET') continue
    const [bare = '', query] = path.split('?')
    if (query !== undefined) {
      await rail.get(`${bare}?link=`)
      await rail.get(`${bare}?link=lnk_none`)
      await rail.get(`${bare}?${query.replace(/link=.*/, `link=${await linkOf(rail, nobody)}`)}`)
    }
    await rail.get(path.replace(/[a-z]{3}_[0-9a-z]{20,}(?=$|\?|\/)/, 'none'))
  }
}

async function provokeCommit(path: string): Promise<void> {
  const phone = path === '/v1/wallets' ? phones.minor : rich
  const first = await desk.get(path, { phone })
  const verified = await first.verify()
  const body = first.commitBody(verified)
  const changes: Json[] = [
    { clientRef: '' },
    { confirmationId: 'cnf_none' },
    { authorisation: 'aut_none' },
    { payloadSha256: '0'.repeat(64) },
    { payee: { id: 'none' } },
    { payer: { link: first.link, method: 'acc_none' } },
    { amount: { value: '1.5', currency: 'CNY' } },
    { amount: { value: '1', currency: 'cny' } },
  ]
  for (const change of changes) await rail.post(path, { ...body, ...change })
  await world.fault('decline', { path })
  await rail.post(path, body)
  await rail.post(path, { ...body, clientRef: newKey() })
  const late = await desk.get(path, { phone })
  const old = await late.verify()
  await world.advance('PT5M1S')
  await rail.post(path, late.commitBody(old))
  await world.advance('P1D')
}

/** Too little money, a frozen account, a wallet that has paid enough, for each kind that takes money. */
async function provokeRefusals(): Promise<void> {
  await desk.openWallet(phones.poor, '3000')
  for (const path of Object.keys(desk.deals).filter((one) => one !== '/v1/wallets')) {
    await world.advance('P1D')
    const wallet = /wallet-(payment|unload)/.test(path)
    const own = wallet ? '****' : '****5008'
    const dear = await desk.get(path, { phone: phones.poor, amount: '2900', payer: own })
    const confirmed = await dear.verify()
    await drain(wallet)
    await rail.post(path, dear.commitBody(confirmed))
    const frozen = await desk.get(path, { phone: rich, ...(wallet ? { payer: '****' } : {}) })
    const asked = await frozen.verify()
    const mask = path.startsWith('/v1/wallet') ? '****' : '****6007'
    await desk.setAccount(rich, mask, 'frozen')
    await rail.post(path, frozen.commitBody(asked))
    await desk.setAccount(rich, mask, 'open')
  }
}

let drained = false

/** Nobody but the wallet, and once it is needed not even that, is left with anything. */
async function drain(wallet: boolean): Promise<void> {
  if (!wallet || drained) return
  drained = true
  await (await desk.get('/v1/wallet-unloads', { phone: phones.poor, amount: '2500' })).commit('/v1/wallet-unloads')
}

async function provokeLimits(): Promise<void> {
  await world.advance('P1D')
  const load = await desk.get('/v1/wallet-loads', { amount: '90000' })
  const confirmed = await load.verify()
  await (await desk.get('/v1/wallet-loads', { amount: '90000' })).commit('/v1/wallet-loads')
  await rail.post('/v1/wallet-loads', load.commitBody(confirmed))
  for (const amount of ['200000', '200000', '100000'])
    await (await desk.get('/v1/wallet-payments', { amount })).commit('/v1/wallet-payments')
  for (const path of ['/v1/transfers', '/v1/bill-payments', '/v1/top-ups', '/v1/groups', '/v1/escrows'])
    await (await desk.get(path, { payer: '****' })).commit(path)
  for (const path of ['/v1/wallet-payments', '/v1/wallet-unloads']) await (await desk.get(path)).commit(path)
  await (await desk.get('/v1/wallets')).commit('/v1/wallets')
  await provokeTwice()
}

/** The same bill within a day, and one phone more than a day allows. */
async function provokeTwice(): Promise<void> {
  const link = await linkOf(rail, rich)
  for (let count = 0; count < 2; count += 1) {
    const { body } = await rail.post('/v1/bills/queries', { link, biller: 'water', account: '7770077' })
    const quote = member(body, 'bills', 0) as Json
    const agreed = await Agreement.prepare(world, rail, { op: 'bill-payment', phone: rich, quote })
    await agreed.commit('/v1/bill-payments')
  }
  const ask = async (): Promise<Agreement> => {
    const wish = { link, phone: phones.poor, amount: money('30000') }
    const quote = (await rail.post('/v1/top-ups/quotes', wish)).body
    return Agreement.prepare(world, rail, { op: 'top-up', phone: rich, quote })
  }
  const both = [await ask(), await ask()]
  for (const agreed of both) await agreed.commit('/v1/top-ups')
}

async function provokeQuotes(): Promise<void> {
  const [link, none] = [await linkOf(rail, rich), await linkOf(rail, nobody)]
  const points = await linkOf(rail, phones.usual)
  const group = (value: Json, id = 'mch_none'): Json => ({ members: [{ payee: { id }, amount: value }] })
  const id = textAt((await rail.get('/v1/capabilities')).body, 'payee', 'id')
  const attempts: [string, Json[]][] = [
    ['/v1/top-ups/quotes', [{ amount: money('1') }, { amount: money('50001') }, { amount: usd }, { amount: bad }]],
    ['/v1/points/quotes', [{ amount: money('100') }, { amount: usd }, { amount: bad }]],
    ['/v1/groups/quotes', [group(money('1')), group(money('0'), id), group(usd, id), group(bad, id)]],
    ['/v1/wallet-quotes', walletWishes.map((amount) => ({ direction: 'payment', amount }))],
    ['/v1/escrow-quotes', [money('1'), money('2000001'), usd, bad].map((amount) => ({ amount, item: 'lens' }))],
    ['/v1/payees/lookups', []],
    ['/v1/bills/queries', [{ biller: 'none', account: '1234' }]],
  ]
  for (const [path, bodies] of attempts) {
    const [first = { phone: phones.usual }] = bodies
    await rail.post(path, { ...first, link: 'lnk_none' })
    await rail.post(path, { ...first, link: none })
    for (const body of bodies) await rail.post(path, { ...body, link })
  }
  await rail.post('/v1/points/quotes', { link: points, amount: money('1000'), points: '501' })
  await desk.setAccount(rich, '****', 'frozen')
  await rail.post('/v1/wallet-quotes', { link, direction: 'payment', amount: money('1') })
  await desk.setAccount(rich, '****', 'open')
  for (let count = 0; count < 11; count += 1) await desk.lookUp(link, phones.usual)
}

const usd = { value: '1000', currency: 'USD' }
const bad = { value: '1.5', currency: 'CNY' }
const walletWishes = [money('0'), money('200001'), usd, bad]

async function provokePayments(): Promise<void> {
  const held = async (): Promise<string> => {
    const agreed = await Agreement.prepare(world, rail, {
      op: 'payment',
      phone: rich,
      amount: '1000',
      payer: '****6007',
    })
    const { body } = await agreed.commit('/v1/payments', { capture: 'manual' })
    await world.advance('PT61S')
    return `/v1/payments/${textAt(body, 'id')}`
  }
  const [captured, cancelled] = [await held(), await held()]
  for (const amount of [usd, bad, money('0'), money('1001'), money('900')])
    await rail.post(`${captured}/captures`, { amount })
  for (let count = 0; count < 2; count += 1) await rail.post(`${cancelled}/cancel`, {})
  await rail.post(`${captured}/captures`, {})
  const give = (value: Json): Promise<unknown> =>
    rail.post(`${captured}/refunds`, { clientRef: newKey(), amount: value })
  for (const amount of [usd, bad, money('0'), money('901'), money('1')]) await give(amount)
  await rail.post(`${cancelled}/refunds`, { clientRef: newKey(), amount: money('1') })
  await desk.setAccount(rich, '****6007', 'frozen')
  await give(money('1'))
  await desk.setAccount(rich, '****6007', 'open')
  await provokePoorMerchant()
}

/** Money that the merchant has given away cannot be given back. */
async function provokePoorMerchant(): Promise<void> {
  const payment = await desk.buy(rich, '1000')
  await spendMerchant()
  await rail.post(`/v1/payments/${payment}/refunds`, { clientRef: newKey(), amount: money('1000') })
}

/** All that the merchant has, into envelopes. */
async function spendMerchant(): Promise<void> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const merchant = (body['accounts'] as Json[]).find(({ kind }) => kind === 'merchant')
  const free = BigInt(String(merchant?.['balanceMinor'])) - BigInt(String(merchant?.['heldMinor']))
  await rail.post('/v1/campaigns', campaignBody({ total: money(free.toString()), count: 1 }))
}

async function provokeActions(): Promise<void> {
  await world.advance('P1D')
  const agreed = await desk.get('/v1/transfers')
  const transfer = (await agreed.commit('/v1/transfers', { speed: '2h' })).body
  for (let count = 0; count < 2; count += 1) await rail.post(`/v1/transfers/${textAt(transfer, 'id')}/cancel`, {})
  for (const name of ['post', 'void']) {
    const { body } = await (await desk.get('/v1/groups')).commit('/v1/groups', { capture: 'manual' })
    await world.advance('PT61S')
    for (let count = 0; count < 2; count += 1) await rail.post(`/v1/groups/${textAt(body, 'id')}/${name}`, {})
  }
  await provokeGroupRefunds()
  const event = { phone: rich, amount: '100', shop: 'shop' }
  const notice = textAt((await world.control('POST', '/sandbox/card-events', event)).body, 'notices', 0, 'id')
  for (let count = 0; count < 2; count += 1)
    await rail.post(`/v1/transaction-notices/${notice}/answer`, { answer: 'confirmed' })
}

const escrowActs = ['ship', 'receipt', 'return', 'dispute'] as const

/** Everything that both may do, in time and too late. */
async function provokeEscrows(): Promise<void> {
  const agreed = await desk.get('/v1/escrows')
  const path = `/v1/escrows/${textAt((await agreed.commit('/v1/escrows')).body, 'id')}`
  const buyer = { link: agreed.link, by: 'buyer' }
  for (const name of ['return', 'ship', 'dispute', 'receipt', ...escrowActs]) await rail.post(`${path}/${name}`, buyer)
}

async function provokeGroupRefunds(): Promise<void> {
  const { body } = await (await desk.get('/v1/groups')).commit('/v1/groups')
  const path = `/v1/groups/${textAt(body, 'id')}/refunds`
  const give = (amount: Json, more: Json = {}): Promise<Reply> =>
    rail.post(path, { clientRef: newKey(), amount, ...more })
  await give(money('1'))
  await world.advance('PT61S')
  for (const amount of [usd, bad, money('0'), money('101')]) await give(amount)
  await give(money('1'), { payee: { id: 'mch_none' } })
  const refund = (await give(money('1'), { clientRef: 'g1' })).body
  await rail.get(`/v1/group-refunds/${textAt(refund, 'id')}`)
  for (const query of ['clientRef=g1', 'clientRef=none', 'link=']) await rail.get(`/v1/group-refunds?${query}`)
  for (const missing of ['/v1/group-refunds/none']) await rail.get(missing)
  await rail.post('/v1/groups/none/refunds', { clientRef: newKey(), amount: money('1') })
  await spendMerchant()
  await give(money('99'))
}

async function provokeCampaigns(): Promise<void> {
  await desk.buy(rich, '10000')
  for (const more of [{ total: usd }, { total: bad }, { total: money('1') }, { total: money('3'), split: 'fixed' }])
    await rail.post('/v1/campaigns', campaignBody(more))
  await rail.post('/v1/campaigns', campaignBody({ clientRef: 'c2' }))
  const { body } = await rail.post('/v1/campaigns', campaignBody({ clientRef: 'c3' }))
  await rail.post('/v1/campaigns', campaignBody({ clientRef: 'c3' }))
  await world.advance('PT61S')
  const path = `/v1/campaigns/${textAt(body, 'id')}`
  const claim = async (): Promise<unknown> =>
    rail.post(`${path}/claims`, { clientRef: newKey(), link: await linkOf(rail, phones.usual) })
  for (const action of ['pause', 'pause']) await rail.post(`${path}/${action}`, {})
  await claim()
  for (const action of ['resume', 'resume']) await rail.post(`${path}/${action}`, {})
  await claim()
  for (const action of ['end', 'end']) await rail.post(`${path}/${action}`, {})
  await rail.post(`${path}/claims`, { clientRef: newKey(), link: await linkOf(rail, phones.poor) })
  await rail.post('/v1/campaigns/none/claims', { clientRef: newKey(), link: 'lnk_none' })
}

async function provokeAccounts(): Promise<void> {
  await world.advance('P1D')
  const [link, none] = [await linkOf(rail, phones.usual), await linkOf(rail, nobody)]
  const ask = ['/v1/accounts', '/v1/accounts/none/balance', '/v1/accounts/none/entries']
  for (const path of ask) for (const who of [link, none]) await rail.get(`${path}?link=${who}`)
  await (await Agreement.prepare(world, rail, { op: 'account-view', payer: 'none' })).verify()
  for (const path of ask) await rail.get(`${path}?link=${link}`)
  const account = textAt((await rail.get(`/v1/accounts?link=${link}`)).body, 'items', 0, 'id')
  for (let count = 0; count < 31; count += 1) await rail.get(`/v1/accounts/${account}/balance?link=${link}`)
  await rail.get(`/v1/accounts/${account}/entries?link=${link}`)
  await rail.post(`/v1/links/${none}/cards`, { last4: '6688' })
  await rail.post(`/v1/links/${none}/default`, { method: account })
  for (const last4 of ['6688', '0001', '0002', '0003', '0004', '0005'])
    await rail.post(`/v1/links/${link}/cards`, { last4 })
  await rail.post(`/v1/links/${link}/default`, { method: 'acc_none' })
  await rail.post(`/v1/links/${link}/default`, { method: account })
  const card = textAt((await rail.get(`/v1/links/${link}/methods`)).body, 'methods', 1, 'id')
  for (const each of [card, account]) await rail.send('DELETE', `/v1/links/${link}/cards/${each}`, {})
}
