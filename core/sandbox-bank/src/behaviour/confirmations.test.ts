import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase, sha256, canonical } from '../kit/purchase.ts'
import { until } from '../kit/street.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())
beforeEach(async () => {
  // Long enough for every limit and block of the test before to be over.
  await world.advance('PT16M')
  world.street.messages.length = 0
})

describe('asking', () => {
  test('sends a code to the phone that names amount and payee', async () => {
    const purchase = await Purchase.prepare(world, rail, { amount: '55350' })
    const { status, body, headers } = await purchase.confirm()
    expect(status).toBe(201)
    expect(body).toMatchObject({
      state: 'pending',
      version: 1,
      method: 'code',
      destination: '138****0001',
      triesLeft: 3,
    })
    expect(Date.parse(String(body['expiresAt'])) - Date.parse(String(body['createdAt']))).toBe(120_000)
    expect(headers.get('ratelimit')).toMatch(/^"codes";r=4;t=60$/)
    const sms = await until(() => world.street.messages[0], 'the message')
    const code = await purchase.readCode(body)
    expect(code).toMatch(/^[0-9]{6}$/)
    expect(sms).toEqual({
      to: phones.usual,
      from: '95530',
      text: `【江城银行】验证码 ${code}，用于向北方铁路支付 553.50 元，120 秒内有效。银行人员不会索要验证码。`,
    })
  })

  test('speaks English to who wants it', async () => {
    const purchase = await Purchase.prepare(world, rail, { phone: phones.minor, amount: '100' })
    await rail.post('/v1/links', { phone: phones.minor, userRef: 'user-006', locale: 'en' })
    const { body } = await purchase.confirm()
    const sms = await until(() => world.street.messages[0], 'the message')
    expect(sms.text).toMatch(
      new RegExp(`^\\[River Bank\\] Code ${await purchase.readCode(body)} to pay 1\\.00 yuan to 北方铁路`),
    )
  })

  test('is refused when the payload is not the one that was digested or not allowed', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const { payload } = purchase
    const payee = member(payload, 'payee') as Json
    const changes: [Json, string][] = [
      [{ ...payload, payee: { ...payee, id: 'mch_other' } }, 'payee_mismatch'],
      [{ ...payload, payee: { ...payee, name: '南方铁路' } }, 'payee_mismatch'],
      [{ ...payload, payee: { ...payee, account: '****0000' } }, 'payee_mismatch'],
      [{ ...payload, payer: 'acc_other' }, 'payer_mismatch'],
      [{ ...payload, amount: '0' }, 'below_min'],
      [{ ...payload, amount: '5000001' }, 'above_max'],
      [{ ...payload, currency: 'USD' }, 'bad_currency'],
      [{ ...payload, expires: new Date(world.now() - 1).toISOString() }, 'expired'],
    ]
    for (const [changed, code] of changes) {
      const body = { ...purchase.confirmationBody(), payload: changed, payloadSha256: sha256(canonical(changed)) }
      expect((await rail.post('/v1/confirmations', body)).body).toMatchObject({ code, outcome: 'none' })
    }
    const changed = { ...purchase.confirmationBody(), payload: { ...payload, amount: '1' } }
    expect((await rail.post('/v1/confirmations', changed)).body).toMatchObject({ status: 422, code: 'amount_changed' })
    expect(world.street.messages).toEqual([])
  })

  test('again for the same purchase makes the older code worthless', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const first = (await purchase.confirm()).body
    const second = (await purchase.confirm()).body
    expect(second['id']).not.toBe(first['id'])
    expect((await purchase.answer(first, await purchase.readCode(first))).body).toMatchObject({
      code: 'state_conflict',
    })
    const list = await rail.get(`/v1/confirmations?clientRef=${purchase.clientRef}`)
    expect((list.body['items'] as Json[]).map(({ id, state }) => [id, state])).toEqual([
      [second['id'], 'pending'],
      [first['id'], 'superseded'],
    ])
    expect((await rail.get('/v1/confirmations?clientRef=never')).body).toMatchObject({ code: 'not_found' })
  })

  test('more than five times a minute is refused until the minute is over', async () => {
    const purchase = await Purchase.prepare(world, rail)
    for (let count = 0; count < 5; count += 1) expect((await purchase.confirm()).status).toBe(201)
    const refused = await purchase.confirm()
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited', retry: 'after' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(refused.headers.get('ratelimit')).toMatch(/^"codes";r=0;t=[0-9]+$/)
    await world.advance('PT61S')
    expect((await purchase.confirm()).status).toBe(201)
  })
})

describe('answering', () => {
  test('with the right code verifies, and says so once and for all', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const asked = (await purchase.confirm()).body
    const code = await purchase.readCode(asked)
    const verified = await purchase.answer(asked, code)
    expect(verified.body).toMatchObject({
      state: 'verified',
      version: 2,
      triesLeft: 3,
      authorisation: expect.stringMatching(/^aut_/),
    })
    expect((await purchase.answer(asked, code)).body).toEqual(verified.body)
    expect((await purchase.answer(asked, wrongOf(code))).body).toMatchObject({ code: 'state_conflict' })
    expect((await rail.get(`/v1/confirmations/${String(asked['id'])}`)).body).toEqual(verified.body)
  })

  test('wrongly costs a try, once for each key, and the third locks and blocks the number', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const asked = (await purchase.confirm()).body
    const other = await Purchase.prepare(world, rail)
    const alsoAsked = (await other.confirm()).body
    const wrong = wrongOf(await purchase.readCode(asked))
    const key = newKey()
    expect((await purchase.answer(asked, wrong, { key })).body).toMatchObject({
      state: 'pending',
      triesLeft: 2,
      version: 2,
    })
    expect((await purchase.answer(asked, wrong, { key })).body).toMatchObject({
      state: 'pending',
      triesLeft: 2,
      version: 2,
    })
    expect((await purchase.answer(asked, wrong)).body).toMatchObject({ state: 'pending', triesLeft: 1 })
    const locked = (await purchase.answer(asked, wrong)).body
    expect(locked).toMatchObject({ state: 'locked', triesLeft: 0 })
    expect(locked).not.toHaveProperty('authorisation')
    expect((await purchase.answer(asked, await purchase.readCode(asked))).body).toMatchObject({
      code: 'state_conflict',
    })
    expect((await other.answer(alsoAsked, await other.readCode(alsoAsked))).body).toMatchObject({
      code: 'confirmation_blocked',
    })
    const blocked = await purchase.confirm()
    expect(blocked.body).toMatchObject({ status: 403, code: 'confirmation_blocked', retry: 'after' })
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(890)
    await world.advance('PT15M1S')
    const later = await Purchase.prepare(world, rail)
    expect((await later.confirm()).status).toBe(201)
  })

  test('many times at once costs three tries and locks, no more', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const asked = (await purchase.confirm()).body
    const wrong = wrongOf(await purchase.readCode(asked))
    const replies = await Promise.all(Array.from({ length: 12 }, () => purchase.answer(asked, wrong)))
    const judged = replies.filter(({ status }) => status === 200)
    expect(judged.map(({ body }) => body['triesLeft']).toSorted()).toEqual([0, 1, 2])
    expect(replies.filter(({ body }) => body['code'] === 'state_conflict')).toHaveLength(9)
    const types = await listEventTypes(asked)
    expect(types).toEqual(['confirmation.locked'])
  })

  test('one moment too late is refused', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const asked = (await purchase.confirm()).body
    const code = await purchase.readCode(asked)
    await world.advance('PT2M')
    expect((await purchase.answer(asked, code)).body).toMatchObject({ status: 410, code: 'expired', outcome: 'none' })
    expect((await rail.get(`/v1/confirmations/${String(asked['id'])}`)).body).toMatchObject({
      state: 'expired',
      version: 2,
    })
  })

  test('lets pay for five minutes, not longer', async () => {
    const purchase = await Purchase.prepare(world, rail)
    const verified = await purchase.verify()
    await world.advance('PT5M')
    expect((await purchase.pay(verified)).body).toMatchObject({ status: 410, code: 'expired' })
    const inTime = await Purchase.prepare(world, rail)
    const alsoVerified = await inTime.verify()
    await world.advance('PT4M')
    expect((await inTime.pay(alsoVerified)).status).toBe(202)
  })
})

test('removing the link ends what was asked and what was confirmed', async () => {
  const asked = await Purchase.prepare(world, rail)
  const pending = (await asked.confirm()).body
  const confirmed = await Purchase.prepare(world, rail)
  const verified = await confirmed.verify()
  expect((await rail.send('DELETE', `/v1/links/${asked.link}`, {})).status).toBe(204)
  expect((await asked.answer(pending, await asked.readCode(pending))).body).toMatchObject({ code: 'state_conflict' })
  expect((await confirmed.pay(verified)).body).toMatchObject({ code: 'state_conflict' })
  expect((await asked.confirm()).body).toMatchObject({ code: 'not_found' })
})

test('an operator that is out of order is asked three times, and nobody waits for it', async () => {
  world.street.smsAnswers.push(500, 503)
  const purchase = await Purchase.prepare(world, rail)
  const { status, body } = await purchase.confirm()
  expect([status, world.street.messages]).toEqual([201, []])
  const sms = await until(() => world.street.messages[0], 'the message')
  expect(sms.text).toContain(await purchase.readCode(body))
  expect(world.street.smsAnswers).toEqual([])
})

/** The types of all events about one thing. */
async function listEventTypes(subject: Json): Promise<unknown[]> {
  const { body } = await rail.get('/v1/events?limit=200')
  const events = body['events'] as Json[]
  return events.filter((event) => member(event, 'data', 'id') === subject['id']).map(({ type }) => type)
}

function wrongOf(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}
