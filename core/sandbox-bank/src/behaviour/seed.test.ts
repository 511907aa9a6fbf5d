import { afterEach, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'
import { phones, sha256, canonical, textAt, member } from '../kit/purchase.ts'
import type { Json } from '../kit/test-client.ts'

const open: BankUnderTest[] = []
afterEach(async () => {
  for (const world of open.splice(0)) await world.close()
})

/** One fixed story: everything the caller chooses is the same each time. */
async function play(seed: string): Promise<Json> {
  const world = await BankUnderTest.open({ seed })
  open.push(world)
  const rail = await world.client('northern-rail')
  const link = textAt((await rail.post('/v1/links', { phone: phones.usual, userRef: 'u1' })).body, 'id')
  const payer = textAt((await rail.get(`/v1/links/${link}/methods`)).body, 'methods', 0, 'id')
  const { id, name, account } = member((await rail.get('/v1/capabilities')).body, 'payee') as Record<string, string>
  const payload = {
    ...{ v: 1, op: 'payment', intent: 'i1', bank: 'main', tenant: 'northern-rail', amount: '100', currency: 'CNY' },
    ...{ payee: { id, name, account }, payer, expires: '2099-01-01T00:00:00Z', nonce: 'n1' },
  }
  const request = {
    clientRef: 'r1',
    link,
    payload,
    payloadSha256: sha256(canonical(payload)),
    renderedSha256: sha256('shown'),
  }
  const { body } = await rail.post('/v1/confirmations', request)
  const { body: shown } = await world.control('GET', `/sandbox/codes?phone=${encodeURIComponent(phones.usual)}`)
  return { link, payer, payee: id, confirmation: body['id'], code: member(shown, 'codes', 0, 'code') }
}

test('the same seed and the same story give the same ids and codes, another seed others', async () => {
  const [first, second, other] = [await play('one'), await play('one'), await play('two')]
  expect(second).toEqual(first)
  for (const [name, value] of Object.entries(first)) expect([name, other[name]]).not.toEqual([name, value])
})
