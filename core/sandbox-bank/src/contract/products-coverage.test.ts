import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderDay } from '../app/business-day.ts'
import { linkOf, untilState } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { listOwnCoverage } from '../kit/coverage.ts'
import { rich } from '../kit/money-desk.ts'
import { cny, notAnAmount, ProductDesk, usd } from '../kit/product-desk.ts'
import { member, phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

/**
 * Each product of the bank, once through all of its refusals: in the end everything that the document promises of them
 * has been seen, and looked as it says.
 */
let world: BankUnderTest
let rail: TestClient
let desk: ProductDesk
let account: string
let merchant: string
let drawdown: Json
let card: Json

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000, codesPerMinute: 1_000 } })
  rail = await world.client('northern-rail', { webhook: false })
  desk = await ProductDesk.open(world, rail, rich)
  account = textAt((await rail.get(`/v1/links/${desk.link}/methods`)).body, 'methods', 0, 'id')
  merchant = textAt((await world.control('GET', '/sandbox/clients')).body, 'clients', 0, 'accountId')
})
afterAll(() => world.close())

const post = async (path: string, body: Json): Promise<Json> => (await rail.post(path, body)).body
const settle = (): Promise<void> => world.advance('PT61S')

test('consents, number checks and quotes of loans', async () => {
  const consent = { purpose: 'marketing', textVersion: '1', textSha256: '0'.repeat(64) }
  await post('/v1/consents', { link: desk.link, clientRef: newKey(), ...consent })
  const id = await desk.applicant.consent('marketing')
  const { body: kept } = await rail.get(`/v1/consents/${id}`)
  const { purpose, textVersion, textSha256 } = kept
  await desk.open('/v1/consents', { purpose, textVersion, textSha256 })
  await desk.read('/v1/consents', kept)
  for (let count = 0; count < 2; count += 1) await desk.act('/v1/consents/{id}/withdraw', id)
  await post('/v1/number-checks', { phone: phones.usual })
  const wish = { product: 'consumer-loan', amount: cny('100000') }
  const quote = await post('/v1/loan-quotes', { link: desk.link, ...wish })
  await desk.open('/v1/loan-quotes', wish, amounts({ few: '1', many: '20000001' }))
  await rail.get(`/v1/loan-quotes/${textAt(quote, 'id')}`)
  await rail.get('/v1/loan-quotes/none')
  const precheck = await desk.open('/v1/loan-prechecks', { product: 'consumer-loan' }, [{ product: 'none' }])
  for (const name of [textAt(precheck, 'id'), 'none']) await rail.get(`/v1/loan-prechecks/${name}`)
})

const amounts = ({ few, many }: { few: string; many: string }): Json[] =>
  [usd, notAnAmount, cny(few), cny(many)].map((amount) => ({ amount }))

test('applications and offers', async () => {
  const consents = [await desk.applicant.consent('personal-data')]
  const wish = { type: 'loan', product: 'consumer-loan', amount: cny('100000'), consents }
  const minor = { link: await linkOf(rail, phones.minor), consents: [] }
  const wrong = [{ consents: [] }, { product: 'none' }, { payee: { id: 'none' } }, minor]
  const made = await desk.open('/v1/applications', wish, [...amounts({ few: '1', many: '20000001' }), ...wrong])
  await post('/v1/applications', { link: desk.link, clientRef: newKey(), ...wish })
  await desk.read('/v1/applications', made)
  const path = `/v1/applications/${textAt(made, 'id')}`
  await desk.act('/v1/applications/{id}/page', textAt(made, 'id'))
  const fields = { fields: { name: '周启明' } }
  const stale = { body: fields, key: newKey(), headers: { 'if-match': '"99"' } }
  await rail.send('PATCH', path, stale)
  await rail.send('PATCH', '/v1/applications/none', { body: fields, key: newKey() })
  const filled = (await desk.applicant.fillIn(path)).body
  await rail.send('PATCH', path, { body: fields, key: newKey() })
  await desk.act('/v1/applications/{id}/page', textAt(made, 'id'))
  await submit(path, filled)
  const document = { kind: 'income', sha256: 'a'.repeat(64) }
  await desk.act('/v1/applications/{id}/documents', textAt(made, 'id'), document)
  await desk.happen(made['id'], 'approve')
  const { offer } = (await rail.get(path)).body
  await rail.get('/v1/offers/none')
  await accept(String(offer))
  await desk.act('/v1/applications/{id}/documents', textAt(made, 'id'), document)
  await desk.act('/v1/applications/{id}/withdraw', textAt(made, 'id'))
  const other = textAt((await desk.applicant.apply({ type: 'card', product: 'young-card' })).body, 'id')
  await desk.act('/v1/applications/{id}/withdraw', other)
})

async function submit(path: string, application: Json): Promise<void> {
  const consent = await desk.applicant.consent('credit-query')
  const address = `${path}/submit`
  const make = () => desk.agree('credit-authorisation', application['authorisation'], 'none')
  await (await make()).commit(address, { consent: 'cns_none' })
  await desk.read('/v1/credit-authorisations', await desk.commit({ address, make, more: { consent } }))
}

async function accept(id: string): Promise<void> {
  const { body: offer } = await rail.get(`/v1/offers/${id}`)
  const make = () => desk.agree('loan', offer, 'none')
  drawdown = await desk.commit({ address: `/v1/offers/${id}/accept`, make })
  await desk.read('/v1/drawdowns', drawdown)
}

test('loans', async () => {
  const id = textAt(drawdown, 'id')
  const refund = (more: Json): Promise<unknown> =>
    desk.act('/v1/drawdowns/{id}/refunds', id, { clientRef: newKey(), amount: cny('100'), ...more })
  await refund({})
  await settle()
  const { loan } = await untilState(rail, `/v1/drawdowns/${id}`, 'disbursed')
  await desk.read('/v1/loans', (await rail.get(`/v1/loans/${String(loan)}`)).body)
  for (const name of [String(loan), 'none']) await rail.get(`/v1/loans/${name}/schedule`)
  const had = await desk.take(merchant)
  await desk.act('/v1/drawdowns/{id}/cancel', id)
  await refund({})
  await desk.give(merchant, had)
  for (const change of amounts({ few: '0', many: '100001' })) await refund(change)
  const { body: given } = await rail.post(`/v1/drawdowns/${id}/refunds`, { clientRef: newKey(), amount: cny('100') })
  await desk.read('/v1/loan-refunds', given)
  await desk.act('/v1/drawdowns/{id}/cancel', id)
  await reverse()
  await repay(String(loan))
})

/** Another loan, taken back on its day. */
async function reverse(): Promise<void> {
  const offer = await desk.applicant.offered({ type: 'loan', product: 'short-loan', amount: '100000' })
  const agreement = await desk.agree('loan', offer, 'none')
  const { body } = await agreement.commit(`/v1/offers/${textAt(offer, 'id')}/accept`)
  await settle()
  await untilState(rail, `/v1/drawdowns/${textAt(body, 'id')}`, 'disbursed')
  await desk.act('/v1/drawdowns/{id}/cancel', textAt(body, 'id'))
}

async function repay(loan: string): Promise<void> {
  const quotes = '/v1/loans/{id}/payoff-quotes'
  for (const change of [...amounts({ few: '1', many: '9999999' }), {}])
    await desk.act(quotes, loan, { kind: 'part', ...change })
  const make = async () => desk.agree('repayment', (await desk.act(quotes, loan, { kind: 'payoff' })).body)
  await desk.read('/v1/loan-repayments', await desk.commit({ address: '/v1/loan-repayments', make, account }))
  await settle()
  await untilState(rail, `/v1/loans/${loan}`, 'cancelled_cooling_off')
  await desk.act(quotes, loan, { kind: 'payoff' })
}

test('cards', async () => {
  const offer = await desk.applicant.offered({ type: 'card', product: 'young-card' })
  const sign = () => desk.agree('card', offer, 'none')
  card = await desk.commit({ address: `/v1/offers/${textAt(offer, 'id')}/sign`, make: sign })
  await desk.read('/v1/cards', card)
  const activate = () => desk.agree('activation', card['activation'], 'none')
  const address = `/v1/cards/${textAt(card, 'id')}/activate`
  await desk.read('/v1/card-activations', await desk.commit({ address, make: activate }))
  const gift = member((await rail.get(`/v1/gifts?link=${desk.link}`)).body, 'items', 0) as Json
  await desk.read('/v1/gifts', gift)
  await desk.act('/v1/gifts/{id}/claim', textAt(gift, 'id'))
  await desk.happen(gift['id'], 'out-of-stock')
  await desk.act('/v1/gifts/{id}/claim', textAt(gift, 'id'))
})

test('instalments', async () => {
  const wish = { product: 'checkout-instalments', periods: 3, amount: cny('300000') }
  const wrong = [...amounts({ few: '1', many: '5000001' }), { product: 'none' }]
  const quote = await desk.open('/v1/instalment-offers', wish, wrong)
  for (const id of [textAt(quote, 'id'), 'none']) await rail.get(`/v1/instalment-offers/${id}`)
  const ask = () => post('/v1/instalment-offers', { link: desk.link, ...wish })
  const make = async () => desk.agree('instalments', await ask(), textAt(card, 'mask'))
  const deal = { address: '/v1/instalment-plans', make, account: textAt(card, 'method') }
  const plan = await desk.commit(deal)
  await desk.read('/v1/instalment-plans', plan)
  const refunds = '/v1/instalment-plans/{id}/refunds'
  const payoff = '/v1/instalment-plans/{id}/payoff-quotes'
  const id = textAt(plan, 'id')
  const refund = async (change: Json = { amount: cny('1') }): Promise<Json> =>
    (await desk.act(refunds, id, { clientRef: newKey(), ...change })).body
  await refund()
  await desk.act(payoff, id)
  await settle()
  await untilState(rail, `/v1/instalment-plans/${id}`, 'active')
  for (const change of amounts({ few: '0', many: '300001' })) await refund(change)
  const had = await desk.take(merchant)
  await refund()
  await desk.give(merchant, had)
  await desk.read('/v1/instalment-refunds', await refund())
  await desk.act(payoff, id)
  await bill()
})

async function bill(): Promise<void> {
  await desk.happen(card['id'], 'bill')
  const issued = member((await rail.get(`/v1/card-bills?link=${desk.link}`)).body, 'items', 0) as Json
  const id = textAt(issued, 'id')
  await desk.read('/v1/card-bills', issued)
  const quotes = '/v1/card-bills/{id}/payoff-quotes'
  const make = async () => desk.agree('repayment', (await desk.act(quotes, id, { kind: 'minimum' })).body)
  await desk.read('/v1/card-repayments', await desk.commit({ address: '/v1/card-repayments', make, account }))
  await settle()
  const wish = { link: desk.link, product: 'bill-instalments', periods: 6, bill: id }
  const [first, second] = [await post('/v1/instalment-offers', wish), await post('/v1/instalment-offers', wish)]
  for (const offer of [first, second])
    await (await desk.agree('instalments', offer, 'none')).commit('/v1/instalment-plans')
  await post('/v1/instalment-offers', wish)
  await desk.act(quotes, id, { kind: 'full' })
}

test('wealth products', async () => {
  const linked = (path: string): string[] => [`${path}?link=${desk.link}`, `${path}?link=lnk_none`, path]
  const nobody = await linkOf(rail, phones.unknown)
  for (const path of ['/v1/wealth/products', '/v1/wealth/holdings'])
    for (const address of [...linked(path), `${path}?link=${nobody}`]) await rail.get(address)
  const wish = { product: 'steady-7', amount: cny('100000') }
  await post('/v1/wealth/quotes', { link: desk.link, ...wish })
  const minor = { link: await linkOf(rail, phones.minor) }
  const made = await desk.open('/v1/wealth/assessments', { answers: [2, 2, 2, 2, 2] }, [minor])
  await desk.read('/v1/wealth/assessments', made)
  const wrong = [...amounts({ few: '1', many: '100001' }), { product: 'gold-fund' }, { product: 'none' }]
  const redeem = [{ side: 'redeem', units: '1.000' }]
  const quote = await desk.open('/v1/wealth/quotes', wish, [...wrong, ...redeem])
  for (const id of [textAt(quote, 'id'), 'none']) await rail.get(`/v1/wealth/quotes/${id}`)
  const make = async () => desk.agree('wealth', await post('/v1/wealth/quotes', { link: desk.link, ...wish }))
  const order = await desk.commit({ address: '/v1/wealth/orders', make, account })
  await desk.read('/v1/wealth/orders', order)
  for (let count = 0; count < 2; count += 1) await desk.act('/v1/wealth/orders/{id}/cancel', textAt(order, 'id'))
})

test('branches', async () => {
  await rail.get('/v1/branches?service=none')
  await rail.get('/v1/branches')
  const weekday = [2, 3].map((days) => new Date(world.now() + days * 86_400_000)).find((one) => one.getUTCDay() !== 0)
  const day = weekday?.toISOString().slice(0, 10) ?? ''
  for (const service of ['general', 'foreign-currency', 'none'])
    await rail.get(`/v1/branches/south/slots?service=${service}&day=${day}`)
  const slots = (await rail.get(`/v1/branches/centre/slots?service=general&day=${day}`)).body['items'] as Json[]
  const [first, second] = slots.map(({ id }) => String(id))
  const past = String(first).replace(day, '2026-01-05')
  const cash = [usd, notAnAmount].map((amount) => ({ cash: amount }))
  const held = await desk.open('/v1/slot-holds', { slot: first }, [...cash, { slot: 'none' }, { slot: past }])
  for (const id of [textAt(held, 'id'), 'none']) await rail.get(`/v1/slot-holds/${id}`)
  const hold = (slot: string | undefined) => post('/v1/slot-holds', { link: desk.link, slot })
  const make = async () => desk.agree('appointment', await hold(first), 'none')
  const booked = await desk.commit({ address: '/v1/appointments', make })
  const id = textAt(booked, 'id')
  await desk.read('/v1/appointments', booked)
  await (await desk.agree('appointment', await hold(second), 'none')).commit('/v1/appointments')
  const quote = textAt(await hold(second), 'id')
  const move = () => desk.act('/v1/appointments/{id}/reschedule', id, { quote })
  await move()
  await move()
  const late = textAt(await hold(first), 'id')
  await world.advance('PT6M')
  await desk.act('/v1/appointments/{id}/reschedule', id, { quote: late })
  await desk.act('/v1/appointments/{id}/form', id, { form: { more: 'x' } })
  await desk.act('/v1/appointments/{id}/cancel', id)
  await desk.act('/v1/appointments/{id}/cancel', id)
  await desk.act('/v1/appointments/{id}/form', id, { form: {} })
})

test('insurance', async () => {
  const quote = await desk.open('/v1/policies/quotes', { product: 'travel-insurance' }, [{ product: 'none' }])
  for (const id of [textAt(quote, 'id'), 'none']) await rail.get(`/v1/policies/quotes/${id}`)
  const ask = (wish: Json) => post('/v1/policies/quotes', { link: desk.link, ...wish })
  const make = async () => desk.agree('policy', await ask({ product: 'travel-insurance' }))
  const policy = await desk.commit({ address: '/v1/policies', make, account, more: { declared: true } })
  const id = textAt(policy, 'id')
  await desk.read('/v1/policies', policy)
  for (let count = 0; count < 3; count += 1) await settle()
  await untilState(rail, `/v1/policies/${id}`, 'in_force')
  await claim(id)
  const agreement = await desk.agree('policy', await ask({ policy: id }))
  await agreement.commit('/v1/policies', { declared: true })
  for (let count = 0; count < 3; count += 1) await settle()
  await ask({ policy: id })
  for (let count = 0; count < 2; count += 1) await desk.act('/v1/policies/{id}/cancel', id)
})

async function claim(policy: string): Promise<void> {
  const report = { policy, kind: 'luggage', happenedOn: '2026-11-28', amount: cny('50000') }
  const wrong = [usd, notAnAmount, cny('5000001')].map((amount) => ({ amount }))
  const made = await desk.open('/v1/insurance-claims', report, [...wrong, { policy: 'none' }])
  await desk.read('/v1/insurance-claims', made)
  const id = textAt(made, 'id')
  const document = { kind: 'photo', sha256: 'b'.repeat(64) }
  await desk.act('/v1/insurance-claims/{id}/agree', id)
  await desk.act('/v1/insurance-claims/{id}/documents', id, document)
  for (let count = 0; count < 3; count += 1) await settle()
  await untilState(rail, `/v1/insurance-claims/${id}`, 'assessing')
  await desk.happen(id, 'deny')
  for (let count = 0; count < 2; count += 1) await desk.act('/v1/insurance-claims/{id}/object', id)
  await settle()
  await world.advance('PT2M1S')
  await desk.act('/v1/insurance-claims/{id}/agree', id)
  await desk.act('/v1/insurance-claims/{id}/documents', id, document)
}

test('prices and who wants to hear of them', async () => {
  await rail.get('/v1/prices')
  const wish = { product: 'gold', direction: 'above', price: '900' }
  const made = await desk.open('/v1/price-alerts', wish, [{ product: 'none' }])
  await desk.read('/v1/price-alerts', made)
  for (let count = 0; count < 10; count += 1)
    await post('/v1/price-alerts', { link: desk.link, clientRef: newKey(), ...wish })
  for (let count = 0; count < 2; count += 1) await desk.act('/v1/price-alerts/{id}/withdraw', textAt(made, 'id'))
})

test('statements, and everything that was promised', async () => {
  const date = renderDay(world.now())
  await world.advance('P2D')
  for (const day of [date, '2999-01-01', 'x']) {
    await rail.get(`/v1/statements/${day}`)
    await rail.get(`/v1/statements/${day}/lines`)
  }
  const { documented, seen } = listOwnCoverage(world, 'products')
  expect(seen).toEqual(documented)
})
