import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkOf } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, textAt } from '../kit/purchase.ts'
import type { Json, Reply, TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let rail: TestClient
let link: string

beforeEach(async () => {
  world = await BankUnderTest.open({ terms: { settleDelayMs: 60_000 } })
  rail = await world.client('northern-rail')
  link = await linkOf(rail, phones.usual)
})
afterEach(() => world.close())

test('a purchase in a shop is told to the clients of the customer, and a yes ends it', async () => {
  const notice = await useCard('30000')
  expect(notice).toMatchObject({
    state: 'notified',
    link,
    amount: { value: '30000' },
    shop: '城西超市',
    mask: '****1234',
  })
  const { body: feed } = await rail.get('/v1/events')
  expect((feed['events'] as Json[]).at(-1)).toMatchObject({
    type: 'transaction_notice.notified',
    data: { id: notice['id'], link },
  })
  expect((await answer(notice, 'confirmed')).body).toMatchObject({ state: 'confirmed' })
  await world.advance('P1DT1M')
  expect(await read(notice)).toMatchObject({ state: 'closed' })
  expect((await answer(notice, 'denied')).body).toMatchObject({ code: 'state_conflict' })
})

test('a no freezes the card at once and puts the money back until it is clear what happened', async () => {
  const notice = await useCard('30000')
  expect((await answer(notice, 'denied')).body).toMatchObject({
    state: 'denied',
    card: 'frozen',
    dispute: expect.stringMatching(/^D-/),
  })
  await world.advance('PT61S')
  expect(await read(notice)).toMatchObject({ state: 'provisional_credit' })
  expect(await balances()).toMatchObject({ '****1234': '312045', acc_disputes: '-30000' })
  await world.control('POST', `/sandbox/deeds/${textAt(notice, 'id')}/events`, { event: 'lost' })
  expect(await read(notice)).toMatchObject({ state: 'resolved_lost', card: 'frozen', credited: true })
  const { body: feed } = await rail.get('/v1/events')
  const told = (feed['events'] as Json[]).filter(({ type }) => String(type).startsWith('transaction_notice.'))
  const later = ['denied', 'dispute_open', 'provisional_credit', 'resolved_lost']
  expect(told.slice(-4)).toMatchObject(
    later.map((state) => ({ type: `transaction_notice.${state}`, data: { id: notice['id'], link } })),
  )
  expect(await balances()).toMatchObject({ '****1234': '282045', acc_disputes: '0', acc_card_shops: '30000' })
})

test('a no after a yes raises the risk; silence is no answer, and may still be broken', async () => {
  const first = await useCard('100')
  await answer(first, 'confirmed')
  expect((await answer(first, 'denied')).body).toMatchObject({ state: 'denied', risk: 'raised' })
  await unfreeze()
  const second = await useCard('100')
  await world.advance('P1DT1M')
  expect(await read(second)).toMatchObject({ state: 'unanswered' })
  expect((await answer(second, 'confirmed')).body).toMatchObject({ code: 'state_conflict' })
  expect((await answer(second, 'denied')).body).toMatchObject({ state: 'denied' })
})

async function useCard(amount: string): Promise<Json> {
  const event = { phone: phones.usual, amount, shop: '城西超市' }
  const { body } = await world.control('POST', '/sandbox/card-events', event)
  return read((body['notices'] as Json[])[0] ?? {})
}

function answer(notice: Json, said: string): Promise<Reply> {
  return rail.post(`/v1/transaction-notices/${textAt(notice, 'id')}/answer`, { answer: said })
}

async function read(notice: Json): Promise<Json> {
  return (await rail.get(`/v1/transaction-notices/${textAt(notice, 'id')}?link=${link}`)).body
}

async function unfreeze(): Promise<void> {
  const methods = (await rail.get(`/v1/links/${link}/methods`)).body
  await world.control('PUT', `/sandbox/accounts/${textAt(methods, 'methods', 0, 'id')}`, { state: 'open' })
}

async function balances(): Promise<Record<string, unknown>> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  const accounts = body['accounts'] as Json[]
  return Object.fromEntries(accounts.map((account) => [account['mask'] ?? account['id'], account['balanceMinor']]))
}
