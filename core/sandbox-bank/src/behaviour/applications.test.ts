import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { untilState } from '../kit/agreement.ts'
import { Applicant } from '../kit/applicant.ts'
import { phones } from '../kit/purchase.ts'
import type { Json, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('a loan: form, signed credit check, two minutes of review, an offer of a day', async () => {
  const applicant = await Applicant.prepare(world, rail, phones.usual)
  const begun = await applicant.apply({ type: 'loan', product: 'education-loan', amount: '1880000' })
  expect(begun.body).toMatchObject({ state: 'applied', needs: ['identity'], amount: { value: '1880000' } })
  const other = await applicant.apply({ type: 'loan', product: 'education-loan', amount: '1880000' })
  const path = `/v1/applications/${String(begun.body['id'])}`
  expect(other.body).toMatchObject({ status: 409, code: 'duplicate_business', instance: path })
  const filled = await applicant.fillIn(path)
  expect(filled.body).toMatchObject({ state: 'credit_authorisation', needs: ['credit-authorisation'] })
  expect(JSON.stringify(filled.body)).not.toContain('林晓雨')
  const signed = await applicant.submit(path, filled.body)
  expect(signed).toMatchObject({ status: 202, body: { state: 'accepted', application: begun.body['id'] } })
  expect((await rail.get(path)).body).toMatchObject({ state: 'reviewing' })
  await world.advance('PT2M')
  const decided = await untilState(rail, path, 'offered')
  const { body: offer } = await rail.get(`/v1/offers/${String(decided['offer'])}`)
  expect(offer).toMatchObject({
    kind: 'loan',
    state: 'open',
    amount: { value: '1880000' },
    payee: { account: '****6621' },
  })
  expect(offer['credit']).toMatchObject({ totalInterest: { value: '219520' }, annualSimple: '0.0979986722' })
  expect((await rail.post(`${path}/withdraw`, {})).body).toMatchObject({ state: 'withdrawn' })
  expect((await rail.get(`/v1/offers/${String(offer['id'])}`)).body).toMatchObject({ state: 'expired' })
  // The one in the middle was given for the application that was one too many.
  const { items } = (await rail.get(`/v1/consents?link=${applicant.link}`)).body as { items: Json[] }
  expect(items.map(({ state }) => state)).toEqual(['withdrawn', 'granted', 'withdrawn'])
})

test('a business loan: for a use of its own, to a settlement account, with a licence and its own query', async () => {
  const loan = { type: 'loan', product: 'merchant-loan', amount: '1000000' }
  const none = await Applicant.prepare(world, rail, phones.twoAccounts)
  expect((await none.apply({ ...loan, use: 'stock' })).body).toMatchObject({ status: 422, code: 'credit_declined' })
  const owner = await Applicant.prepare(world, rail, phones.usual)
  expect((await owner.apply(loan)).body).toMatchObject({ status: 400, errors: [{ pointer: '/use' }] })
  expect((await owner.apply({ ...loan, use: 'shares' })).body).toMatchObject({ status: 400 })
  const path = `/v1/applications/${String((await owner.apply({ ...loan, use: 'stock' })).body['id'])}`
  expect((await owner.fillIn(path)).body).toMatchObject({ state: 'applied', needs: ['identity'] })
  const wrong = { business: '晓雨小店', licence: '91350100M000100Y44' }
  expect((await owner.fillIn(path, wrong)).body).toMatchObject({ failure: { code: 'identity_failed' } })
  const again = `/v1/applications/${String((await owner.apply({ ...loan, use: 'stock' })).body['id'])}`
  const filled = (await owner.fillIn(again, { ...wrong, licence: '91350100M000100Y43' })).body
  expect(JSON.stringify(filled)).not.toContain('91350100')
  expect((await owner.submit(again, filled)).body).toMatchObject({ code: 'consent_missing' })
  expect((await owner.submit(again, filled, 'business-credit-query')).body).toMatchObject({ state: 'accepted' })
  await world.advance('PT2M')
  const { offer } = await untilState(rail, again, 'offered')
  const { body } = await rail.get(`/v1/offers/${String(offer)}`)
  expect(body).toMatchObject({ payee: { account: '****3601' }, credit: { annualRate: '0.0899' } })
  expect(JSON.stringify(body['terms'])).toContain('采购货物')
  await rail.post(`${again}/withdraw`, {})
})

test('nobody under eighteen, nobody without leave, nobody under another name', async () => {
  const minor = await Applicant.prepare(world, rail, phones.minor)
  const card = { type: 'card', product: 'young-card' }
  expect((await minor.apply(card)).body).toMatchObject({ status: 422, code: 'credit_declined' })
  const adult = await Applicant.prepare(world, rail, phones.twoAccounts)
  expect((await adult.apply(card, [])).body).toMatchObject({ status: 403, code: 'consent_missing' })
  const begun = await adult.apply(card)
  const path = `/v1/applications/${String(begun.body['id'])}`
  const forged = await adult.fillIn(path, { name: '王芳' })
  expect(forged.body).toMatchObject({ state: 'declined', failure: { code: 'identity_failed', class: 'declined' } })
})

test('the reviewer may want more, decline, or change the terms of what was offered', async () => {
  const applicant = await Applicant.prepare(world, rail, phones.poor)
  const path = await applicant.underReview({ type: 'card', product: 'young-card' })
  const happen = (event: string): Promise<unknown> =>
    world.control('POST', `/sandbox/deeds/${path.split('/').at(-1) ?? ''}/events`, { event })
  await happen('need-more')
  expect((await rail.get(path)).body).toMatchObject({ state: 'need_more', needs: ['documents'] })
  const document = { kind: 'income', sha256: 'a'.repeat(64) }
  expect((await rail.post(`${path}/documents`, document)).body).toMatchObject({ state: 'under_review' })
  await happen('approve')
  const first = (await rail.get(path)).body
  expect(first).toMatchObject({ state: 'approved', needs: ['signature'] })
  await happen('change-terms')
  const second = (await rail.get(path)).body
  expect(second['offer']).not.toBe(first['offer'])
  expect((await rail.get(`/v1/offers/${String(first['offer'])}`)).body).toMatchObject({ state: 'expired' })
  await world.advance('P1D')
  await untilState(rail, path, 'expired')
})
