import { afterAll, beforeAll, expect, test } from 'vitest'
import { untilState } from '../kit/agreement.ts'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { MoneyDesk, rich } from '../kit/money-desk.ts'
import { phones, textAt } from '../kit/purchase.ts'
import { newKey, type Json, type TestClient } from '../kit/test-client.ts'

let world: BankUnderTest
let mall: TestClient
let desk: MoneyDesk

beforeAll(async () => {
  world = await BankUnderTest.open({ terms: { codesPerMinute: 1_000 } })
  mall = await world.client('digital-mall', { webhook: false })
  desk = new MoneyDesk(world, mall)
})
afterAll(() => world.close())

interface Kept {
  readonly path: string
  readonly link: string
}

async function payIn(phone = rich): Promise<Kept> {
  const agreed = await desk.get('/v1/escrows', { phone, amount: '88000' })
  const taken = await agreed.commit('/v1/escrows')
  expect(taken).toMatchObject({ status: 202, body: { state: 'held', item: 'lens' } })
  return { path: `/v1/escrows/${textAt(taken.body, 'id')}`, link: agreed.link }
}

const act = async ({ path }: Kept, name: string, body: Json = {}): Promise<Json> =>
  (await mall.post(`${path}/${name}`, body)).body

/** What merchants have, what waits, and what the buyer has; the books add up to nothing. */
async function count(): Promise<readonly bigint[]> {
  const { body } = await world.control('GET', '/sandbox/ledger')
  expect(Object.values(body['totals'] as object).every((total) => total === '0')).toBe(true)
  const accounts = body['accounts'] as Json[]
  const sum = (fits: (account: Json) => boolean): bigint =>
    accounts.filter(fits).reduce((total, { balanceMinor }) => total + BigInt(String(balanceMinor)), 0n)
  return [
    sum(({ kind }) => kind === 'merchant'),
    sum(({ kind }) => kind === 'promo'),
    sum(({ mask }) => mask === '****6007'),
  ]
}

const changed = (before: readonly bigint[], after: readonly bigint[]): readonly bigint[] =>
  after.map((sum, index) => sum - (before[index] ?? 0n))

async function listEvents({ path }: Kept): Promise<string[]> {
  const { body } = await mall.get('/v1/events?limit=200')
  const mine = (body['events'] as Json[]).filter((event) => path.endsWith(textAt(event, 'data', 'id')))
  return mine.map(({ type }) => String(type))
}

test('what the buyer has received is paid to the seller, once, however often it is tapped', async () => {
  const before = await count()
  const kept = await payIn()
  expect(changed(before, await count())).toEqual([0n, 88_000n, -88_000n])
  expect(await act(kept, 'receipt', { link: kept.link })).toMatchObject({ code: 'state_conflict' })
  expect(await act(kept, 'ship', { parcel: 'SF-1' })).toMatchObject({ state: 'shipped', parcel: 'SF-1' })
  const key = newKey()
  const tap = (): Promise<{ status: number; body: Json }> =>
    mall.send('POST', `${kept.path}/receipt`, { body: { link: kept.link }, key })
  expect((await tap()).body).toMatchObject({ state: 'released', decidedBy: 'parties' })
  expect((await tap()).body).toMatchObject({ state: 'released' })
  expect(await act(kept, 'receipt', { link: kept.link })).toMatchObject({ code: 'state_conflict', outcome: 'done' })
  expect(await act(kept, 'return', { by: 'buyer', link: kept.link })).toMatchObject({ code: 'state_conflict' })
  expect(changed(before, await count())).toEqual([88_000n, 0n, -88_000n])
})

test('it is given back when both want it, and not before', async () => {
  const before = await count()
  const kept = await payIn()
  await act(kept, 'ship')
  const asked = await act(kept, 'return', { by: 'buyer', link: kept.link })
  expect(asked).toMatchObject({ state: 'shipped', wantsBack: ['buyer'] })
  expect(await act(kept, 'return', { by: 'buyer', link: kept.link })).toMatchObject({ state: 'shipped' })
  expect(await act(kept, 'return', { by: 'seller' })).toMatchObject({ state: 'returned', decidedBy: 'parties' })
  expect(changed(before, await count())).toEqual([0n, 0n, 0n])
})

test('somebody else can neither receive it nor have it given back', async () => {
  const kept = await payIn()
  await act(kept, 'ship')
  const stranger = await payIn(phones.usual)
  for (const name of ['receipt', 'dispute', 'return'])
    expect(await act(kept, name, { link: stranger.link, by: 'buyer' })).toMatchObject({ code: 'not_found' })
  expect((await mall.get(kept.path)).body).toMatchObject({ state: 'shipped' })
  for (const each of [kept, stranger])
    for (const by of ['buyer', 'seller']) await act(each, 'return', { by, link: each.link })
})

test('who says nothing is reminded once, and then the rule pays the seller', async () => {
  const before = await count()
  const kept = await payIn()
  await act(kept, 'ship')
  await world.advance('P7DT1M')
  await untilState(mall, kept.path, 'shipped')
  expect((await mall.get(kept.path)).body).toMatchObject({ state: 'shipped', reminded: true })
  await world.advance('P2DT1M')
  expect(await untilState(mall, kept.path, 'released')).toMatchObject({ decidedBy: 'rule' })
  expect(await listEvents(kept)).toEqual(['escrow.held', 'escrow.shipped', 'escrow.reminded', 'escrow.closed'])
  expect(changed(before, await count())[0]).toBe(88_000n)
})

test('what is not shipped goes back, and a dispute is decided by the bank', async () => {
  const before = await count()
  const unsent = await payIn()
  await world.advance('P3DT1M')
  expect(await untilState(mall, unsent.path, 'returned')).toMatchObject({ decidedBy: 'rule' })
  const disputed = await payIn()
  await act(disputed, 'ship')
  expect(await act(disputed, 'dispute', { link: disputed.link })).toMatchObject({ state: 'disputed' })
  const id = disputed.path.split('/').at(-1) ?? ''
  await world.control('POST', `/sandbox/deeds/${id}/events`, { event: 'for-seller' })
  expect((await mall.get(disputed.path)).body).toMatchObject({ state: 'released', decidedBy: 'bank' })
  expect(changed(before, await count())).toEqual([88_000n, 0n, -88_000n])
  const silent = await payIn()
  await act(silent, 'ship')
  await act(silent, 'dispute', { link: silent.link })
  await world.advance('P3DT1M')
  expect(await untilState(mall, silent.path, 'returned')).toMatchObject({ decidedBy: 'bank' })
})
