import { afterAll, beforeAll, expect, test } from 'vitest'
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
    principal: '18,800.00 元',
    payments: '第 1–3 期 153.53（只还利息）；第 4–23 期 977.84；第 24 期 977.81',
    interest: '2,195.20 元',
    annualRate: '9.80%（单利）/ 10.25%（复利）',
  })
})

test('a consent is kept with the words that were shown, and can be taken back once', async () => {
  const text = '我同意向示例银行提供姓名、手机号和本次填写的资料，仅用于办理本次申请。'
  const body = { link, clientRef: 'cns-1', purpose: 'personal-data', textVersion: '1', textSha256: sha256(text) }
  const { body: consent } = await rail.post('/v1/consents', body)
  expect(consent).toMatchObject({ state: 'granted', purpose: 'personal-data', link })
  const other = { ...body, clientRef: 'cns-2', textSha256: sha256('something else') }
  expect((await rail.post('/v1/consents', other)).body).toMatchObject({ code: 'consent_missing' })
  const withdraw = `/v1/consents/${textAt(consent, 'id')}/withdraw`
  expect((await rail.post(withdraw, {})).body).toMatchObject({ state: 'withdrawn', version: 2 })
  expect((await rail.post(withdraw, {})).body).toMatchObject({ code: 'state_conflict' })
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
