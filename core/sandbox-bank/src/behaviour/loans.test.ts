import { afterAll, beforeAll, expect, test } from 'vitest'
import { Agreement, untilState } from '../kit/agreement.ts'
import { Applicant } from '../kit/applicant.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, sha256, textAt } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let link: string

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
  link = textAt((await rail.post('/v1/links', { phone: phones.usual, userRef: 'u' })).body, 'id')
})
afterAll(() => world.close())

test('a tuition loan is quoted with its schedule and both yearly rates', async () => {
  const amount = { value: '1880000', currency: 'CNY' }
  const { body } = await rail.post('/v1/loan-quotes', { link, product: 'education-loan', amount })
  expect(body).toMatchObject({ state: 'open', version: 1, amount, product: 'education-loan', purpose: 'education' })
  expect(body['credit']).toMatchObject({
    periods: 24,
    graceMonths: 3,
    annualSimple: '0.0979986722',
    annualCompound: '0.1025224398',
    totalInterest: { value: '219520' },
    firstPayment: { value: '15353' },
  })
  const rows = (body['terms'] as Json[]).map((row) => [row['key'], member(row, 'value', 'zh-CN')])
  expect(Object.fromEntries(rows)).toMatchObject({
    principal: '¥18,800.00',
    payments: '第 1–3 期 ¥153.53（只还利息）；第 4–23 期 ¥977.84；第 24 期 ¥977.81',
    interest: '¥2,195.20',
    annualRate: '9.80%（单利）/ 10.25%（复利）',
  })
})

test('a consent is kept with the words that were shown, and can be taken back once', async () => {
  const text = '我同意向江城银行提供姓名、手机号和本次填写的资料，仅用于办理本次申请。'
  const body = { link, clientRef: 'cns-1', purpose: 'personal-data', textVersion: '1', textSha256: sha256(text) }
  const { body: consent } = await rail.post('/v1/consents', body)
  expect(consent).toMatchObject({ state: 'granted', purpose: 'personal-data', link })
  const other = { ...body, clientRef: 'cns-2', textSha256: sha256('something else') }
  expect((await rail.post('/v1/consents', other)).body).toMatchObject({ code: 'consent_missing' })
  const withdraw = `/v1/consents/${textAt(consent, 'id')}/withdraw`
  expect((await rail.post(withdraw, {})).body).toMatchObject({ state: 'withdrawn', version: 2 })
  expect((await rail.post(withdraw, {})).body).toMatchObject({ code: 'state_conflict' })
})

test('a number that changes hands is told of, and what its former holder agreed to rests', async () => {
  const phone = phones.minor
  const former = await Applicant.prepare(world, rail, phone)
  const consent = await former.consent('marketing')
  await world.control('PUT', `/sandbox/phones/${phone}`, { state: 'reassigned' })
  const { events } = (await rail.get('/v1/events?limit=200')).body as { events: Json[] }
  expect(events.at(-1)).toMatchObject({ type: 'number.reassigned', data: { link: former.link, state: 'reassigned' } })
  expect((await rail.get(`/v1/consents/${consent}`)).body).toMatchObject({ state: 'suspended' })
})

test('the carrier says whether a number has changed hands', async () => {
  const ask = async (phone: string): Promise<unknown> =>
    (await rail.post('/v1/number-checks', { phone })).body['result']
  expect(await Promise.all([phones.usual, phones.recycled, phones.unknown].map(ask))).toEqual([
    'same',
    'reassigned',
    'unknown',
  ])
})

interface Lent {
  readonly loan: string
  readonly drawdown: string
  readonly method: string
  readonly applicant: Applicant
}

/** Applies, is approved, signs, and has the money paid out. */
async function borrow(phone: string, product: string, amount: string): Promise<Lent> {
  const applicant = await Applicant.prepare(world, rail, phone)
  const offer = await applicant.offered({ type: 'loan', product, amount })
  const signed = await Agreement.prepare(world, rail, { op: 'loan', phone, quote: offer, payer: 'none' })
  const taken = await signed.commit(`/v1/offers/${textAt(offer, 'id')}/accept`)
  expect(taken).toMatchObject({ status: 202, body: { state: 'drawdown_pending' } })
  const drawdown = `/v1/drawdowns/${textAt(taken.body, 'id')}`
  const { loan, facts } = await untilState(rail, drawdown, 'disbursed')
  // The receipt says what comes next.
  expect(facts).toMatchObject([{ key: 'firstDue', value: { 'zh-CN': expect.stringMatching(/^\d+年\d+月\d+日 ¥\d/) } }])
  const method = textAt((await rail.get(`/v1/links/${applicant.link}/methods`)).body, 'methods', 0, 'id')
  return { loan: `/v1/loans/${String(loan)}`, drawdown, method, applicant }
}

async function repay(lent: Lent, wish: Json, wanted: Json): Promise<Json> {
  const { body: quote } = await rail.post(`${lent.loan}/payoff-quotes`, wish)
  expect(quote).toMatchObject(wanted)
  const agreed = await Agreement.prepare(world, rail, { op: 'repayment', phone: lent.applicant.phone, quote })
  const taken = await agreed.commit('/v1/loan-repayments')
  expect(taken.status).toBe(202)
  return untilState(rail, `/v1/loan-repayments/${textAt(taken.body, 'id')}`, 'succeeded')
}

const cny = (value: string): Json => ({ value, currency: 'CNY' })

/** The sum of the accounts of a kind. */
async function sumOf(kind: string): Promise<bigint> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect(Object.values(body['totals'] as object).every((total) => total === '0')).toBe(true)
  const accounts = (body['accounts'] as Json[]).filter((account) => account['kind'] === kind)
  return accounts.reduce((sum, account) => sum + BigInt(String(account['balanceMinor'])), 0n)
}

test('a signed loan pays the merchant, and a refund of the merchant lowers what is owed', async () => {
  const before = await sumOf('merchant')
  const lent = await borrow(phones.usual, 'education-loan', '1880000')
  expect((await sumOf('merchant')) - before).toBe(1_880_000n)
  expect(await sumOf('loan')).toBe(1_880_000n)
  expect((await rail.get(lent.loan)).body).toMatchObject({
    state: 'active',
    principalLeft: cny('1880000'),
    next: { n: 1, payment: cny('15353') },
  })
  const refund = await rail.post(`${lent.drawdown}/refunds`, { clientRef: 'r-1', amount: cny('500000') })
  expect(refund.body).toMatchObject({ state: 'succeeded', principalLeft: cny('1380000') })
  expect(await sumOf('loan')).toBe(1_380_000n)
  const { lines } = (await rail.get(`${lent.loan}/schedule`)).body as { lines: Json[] }
  expect(lines).toHaveLength(24)
  expect(lines.reduce((sum, line) => sum + BigInt(String(line['principal'])), 0n)).toBe(1_380_000n)
  const cancelled = await rail.post(`${lent.drawdown}/cancel`, {})
  expect(cancelled.body).toMatchObject({ code: 'state_conflict' })
})

test('a loan taken back on the day it was paid out was never there', async () => {
  const before = [await sumOf('merchant'), await sumOf('loan')]
  const lent = await borrow(phones.twoAccounts, 'consumer-loan', '300000')
  expect((await rail.post(`${lent.drawdown}/cancel`, {})).body).toMatchObject({ state: 'reversed' })
  expect((await rail.get(lent.loan)).body).toMatchObject({ state: 'reversed', principalLeft: cny('0') })
  expect([await sumOf('merchant'), await sumOf('loan')]).toEqual(before)
})

test('an instalment ten days late is cleared in two parts, and the rest is paid off early', async () => {
  const lent = await borrow(phones.poor, 'short-loan', '1200000')
  await world.control('POST', `/sandbox/accounts/${lent.method}/deposits`, { amount: '2000000' })
  const { lines } = (await rail.get(`${lent.loan}/schedule`)).body as { lines: Json[] }
  const noonOf = (n: number, days: number): number =>
    Date.parse(`${String(lines[n - 1]?.['due'])}T12:00:00+08:00`) + days * 86_400_000 - world.now()
  await world.advance(noonOf(1, 0))
  expect(await listLoanEvents()).toContain('loan.instalment_due')
  await repay(lent, { kind: 'due' }, { amount: cny('208483') })
  await world.advance(noonOf(2, 10))
  expect((await rail.get(lent.loan)).body).toMatchObject({
    state: 'overdue',
    arrears: { n: 2, days: 10, amount: cny('209733'), penalty: cny('1250') },
  })
  const allocation = { penalty: cny('1250'), interest: cny('12071'), principal: cny('36679') }
  await repay(lent, { kind: 'due', amount: cny('50000') }, { allocation })
  await world.advance(noonOf(2, 37))
  await repay(lent, { kind: 'due', n: 2 }, { amount: cny('162321'), allocation: { penalty: cny('2588') } })
  await repay(lent, { kind: 'payoff' }, { principalLeft: cny('0') })
  expect((await rail.get(lent.loan)).body).toMatchObject({ state: 'closed_prepaid', principalLeft: cny('0') })
  expect(await listLoanEvents()).toEqual(expect.arrayContaining(['loan.overdue', 'loan.paid', 'loan.closed_prepaid']))
})

async function listLoanEvents(): Promise<string[]> {
  const { body } = await rail.get('/v1/events?limit=200')
  const types = (body['events'] as Json[]).map((event) => String(event['type']))
  return types.filter((type) => type.startsWith('loan.'))
}
