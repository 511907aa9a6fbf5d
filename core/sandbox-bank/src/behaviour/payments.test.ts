import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { member, phones, Purchase } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

describe('a payment', () => {
  test('goes from hold to post, pays the merchant net of the fee and leaves clearing empty', async () => {
    const purchase = await Purchase.prepare(world, rail, { amount: '55350' })
    const taken = await purchase.pay(await purchase.verify())
    expect(taken.status).toBe(202)
    expect(taken.headers.get('location')).toBe(`/v1/payments/${String(taken.body['id'])}`)
    expect(taken.body).toMatchObject({
      state: 'processing',
      version: 1,
      clientRef: purchase.clientRef,
      tenant: 'northern-rail',
      amount: { value: '55350', currency: 'CNY' },
      fee: { value: '332', currency: 'CNY' },
      payee: { name: '北方铁路', account: '****6621' },
      payer: { mask: '****1234' },
    })
    expect(await purchase.settled(taken.body)).toMatchObject({ state: 'succeeded', version: 2 })
    expect(await listLines(purchase)).toEqual([
      { kind: 'pending', dr: 'acc_clearing', cr: 'customer', amountMinor: '55350' },
      { kind: 'post', dr: 'acc_clearing', cr: 'customer', amountMinor: '55350' },
      { kind: 'single', dr: 'merchant', cr: 'acc_clearing', amountMinor: '55350' },
      { kind: 'single', dr: 'acc_fees', cr: 'merchant', amountMinor: '332' },
    ])
    expect(await balances()).toMatchObject({ '****1234': '256695', '****6621': '55018', clearing: '0', fees: '332' })
  })

  test('is found by its reference, and an unknown reference is 404', async () => {
    const purchase = await Purchase.prepare(world, rail, { amount: '1' })
    const taken = await purchase.pay(await purchase.verify())
    const found = await rail.get(`/v1/payments?clientRef=${purchase.clientRef}`)
    expect(member(found.body, 'items', 0, 'id')).toBe(taken.body['id'])
    // Or its posting would fall into the balances that the next case compares.
    await purchase.settled(taken.body)
    expect((await rail.get('/v1/payments?clientRef=never')).body).toMatchObject({
      status: 404,
      code: 'not_found',
      outcome: 'none',
    })
  })

  test('without money is refused, remembered as failed, and takes nothing', async () => {
    const before = await balances()
    const purchase = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '5001' })
    const confirmation = await purchase.verify()
    const key = newKey()
    const refused = await purchase.pay(confirmation, { key })
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ code: 'insufficient_funds', outcome: 'none', retry: 'new-key' })
    const found = await rail.get(`/v1/payments?clientRef=${purchase.clientRef}`)
    expect(member(found.body, 'items', 0)).toMatchObject({
      state: 'failed',
      fee: { value: '0' },
      failure: { code: 'insufficient_funds', class: 'insufficient_funds' },
    })
    expect(refused.body['instance']).toBe(`/v1/payments/${String(member(found.body, 'items', 0, 'id'))}`)
    const again = await purchase.pay(confirmation, { key })
    expect(again.body).toMatchObject({ status: 422, code: 'insufficient_funds' })
    expect(again.headers.get('idempotent-replay')).toBe('true')
    expect(await balances()).toEqual(before)
  })

  test('needs a confirmation that is verified, unused and for exactly this', async () => {
    const purchase = await Purchase.prepare(world, rail, { amount: '200' })
    const pending = (await purchase.confirm()).body
    expect((await purchase.pay({ ...pending, authorisation: 'aut_none' })).body).toMatchObject({
      code: 'state_conflict',
    })
    const verified = (await purchase.answer(pending, await purchase.readCode(pending))).body
    const body = purchase.paymentBody(verified)
    const attempts: [Json, string][] = [
      [{ ...body, authorisation: 'aut_forged' }, 'step_up_required'],
      [{ ...body, payloadSha256: '0'.repeat(64) }, 'amount_changed'],
      [{ ...body, amount: { value: '201', currency: 'CNY' } }, 'amount_changed'],
      [{ ...body, amount: { value: '200', currency: 'USD' } }, 'amount_changed'],
      [{ ...body, payee: { id: 'mch_other' } }, 'payee_mismatch'],
      [{ ...body, payer: { link: purchase.link, method: 'acc_other' } }, 'payer_mismatch'],
      [{ ...body, payer: { link: 'lnk_other', method: purchase.payload['payer'] } }, 'payer_mismatch'],
      [{ ...body, confirmationId: 'cnf_other' }, 'not_found'],
    ]
    for (const [changed, code] of attempts)
      expect((await rail.post('/v1/payments', changed)).body).toMatchObject({ code })
    expect((await purchase.pay(verified)).status).toBe(202)
    const second = await rail.post('/v1/payments', { ...body, clientRef: `${purchase.clientRef}-2` })
    expect(second.body).toMatchObject({ code: 'state_conflict' })
  })

  test('under a reference that is taken is refused with the outcome of the first', async () => {
    const first = await Purchase.prepare(world, rail, { amount: '300' })
    const confirmation = await first.verify()
    await first.settled((await first.pay(confirmation)).body)
    const again = await first.pay(confirmation)
    expect(again.body).toMatchObject({ status: 409, code: 'state_conflict', outcome: 'done' })
  })
})

test('one request sent twenty times at once debits once', async () => {
  const purchase = await Purchase.prepare(world, rail, { phone: phones.twoAccounts, amount: '1000' })
  const confirmation = await purchase.verify()
  const key = newKey()
  const replies = await Promise.all(Array.from({ length: 20 }, () => purchase.pay(confirmation, { key })))
  expect(replies.every(({ status }) => status === 202 || status === 409)).toBe(true)
  expect(replies.filter(({ headers, status }) => status === 202 && !headers.has('idempotent-replay'))).toHaveLength(1)
  await purchase.settled(replies.find(({ status }) => status === 202)?.body ?? {})
  expect((await listLines(purchase)).filter(({ kind }) => kind === 'post')).toHaveLength(1)
})

test('twenty purchases at once cannot overdraw an account', async () => {
  const ready: { purchase: Purchase; confirmation: Json }[] = []
  for (let count = 0; count < 20; count += 1) {
    if (count % 5 === 0) await world.advance('PT61S')
    const purchase = await Purchase.prepare(world, rail, { phone: phones.poor, amount: '700' })
    ready.push({ purchase, confirmation: await purchase.verify() })
  }
  const replies = await Promise.all(ready.map(({ purchase, confirmation }) => purchase.pay(confirmation)))
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(7)
  expect(replies.filter(({ body }) => body['code'] === 'insufficient_funds')).toHaveLength(13)
  for (const [index, { status, body }] of replies.entries())
    if (status === 202) await ready[index]?.purchase.settled(body)
  expect(await balances()).toMatchObject({ '****5008': '100' })
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect(body['totals']).toEqual({ CNY: '0', PTS: '0' })
})

interface Line {
  readonly kind: string
  readonly dr: string
  readonly cr: string
  readonly amountMinor: string
}

/** The lines of a purchase; accounts of people by their kind. */
async function listLines(purchase: Purchase): Promise<Line[]> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  const name = (id: unknown): string => {
    const kind = String(accounts.find((account) => account['id'] === id)?.['kind'])
    return kind === 'customer' || kind === 'merchant' ? kind : String(id)
  }
  const lines = (body['transfers'] as Json[]).filter((line) => line['clientRef'] === purchase.clientRef)
  return lines.map((line) => ({
    kind: String(line['kind']),
    dr: name(line['dr']),
    cr: name(line['cr']),
    amountMinor: String(line['amountMinor']),
  }))
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['kind'], account['balanceMinor']]))
}
