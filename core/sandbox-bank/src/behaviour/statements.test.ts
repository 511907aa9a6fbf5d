import { createHash, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderDay } from '../app/business-day.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { canonical, member, Purchase, textAt } from '../kit/purchase.ts'
import { untilState } from '../kit/agreement.ts'
import { readBankKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient

beforeAll(async () => {
  world = await BankUnderTest.open()
  rail = await world.client('northern-rail')
})
afterAll(() => world.close())

test('a day is stated the morning after: payments, fees and refunds, with a digest and a signature', async () => {
  const purchase = await Purchase.prepare(world, rail, { amount: '12800' })
  const paid = await purchase.settled((await purchase.pay(await purchase.verify())).body)
  const refund = { clientRef: 'r-1', amount: { value: '5000', currency: 'CNY' } }
  const { body: given } = await rail.post(`/v1/payments/${textAt(paid, 'id')}/refunds`, refund)
  await untilState(rail, `/v1/refunds/${textAt(given, 'id')}`, 'succeeded')
  const date = renderDay(world.now())
  expect((await rail.get(`/v1/statements/${date}`)).body).toMatchObject({ code: 'not_found' })
  await world.advance(Date.parse(`${date}T06:00:00+08:00`) + 86_400_000 - world.now())
  const { body: head } = await rail.get(`/v1/statements/${date}`)
  const { signature, ...rest } = head
  const value = Buffer.from(textAt(head, 'signature', 'value'), 'base64')
  expect(verify(null, Buffer.from(canonical(rest)), await readBankKey(world.bank.url), value)).toBe(true)
  expect(signature).toMatchObject({ alg: 'ed25519' })
  const { text } = await rail.get(`/v1/statements/${date}/lines`)
  expect(createHash('sha256').update(text).digest('hex')).toBe(head['sha256'])
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json)
  expect(
    lines.map(({ seq, kind, amount, clientRef }) => [seq, kind, member({ amount }, 'amount', 'value'), clientRef]),
  ).toEqual([
    [1, 'payment', '12800', purchase.clientRef],
    [2, 'fee', '77', purchase.clientRef],
    [3, 'refund', '5000', 'r-1'],
    [4, 'fee', '30', 'r-1'],
  ])
  const amountOf = (name: string): bigint => BigInt(textAt(head, name, 'value'))
  expect(amountOf('opening') + amountOf('sumCredit') - amountOf('sumDebit')).toBe(amountOf('closing'))
  expect((await rail.get(`/v1/statements/${date}/lines?after=2&limit=1`)).text).toBe(`${text.split('\n')[2] ?? ''}\n`)
  const { events } = (await rail.get('/v1/events')).body as { events: Json[] }
  expect(events.filter(({ type }) => type === 'statement.ready').map((event) => member(event, 'data', 'date'))).toEqual(
    [date],
  )
})
