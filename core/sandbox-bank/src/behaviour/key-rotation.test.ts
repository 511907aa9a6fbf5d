import { afterAll, beforeAll, expect, test } from 'vitest'
import { BankUnderTest } from '../kit/bank-under-test.ts'

let world: BankUnderTest
beforeAll(async () => {
  world = await BankUnderTest.open()
})
afterAll(() => world.close())

const day = 24 * 3_600_000

async function listKids(): Promise<string[]> {
  const { keys } = (await (await fetch(`${world.bank.url}/.well-known/jwks.json`)).json()) as {
    keys: { kid: string; use: string }[]
  }
  return keys.filter(({ use }) => use === 'sig').map(({ kid }) => kid)
}

test('an old key stays published for seven days beside the one that signs, also over a restart', async () => {
  expect(await listKids()).toEqual(['bank-1'])
  const rail = await world.client('northern-rail')
  await fetch(`${world.bank.url}/sandbox/keys/rotate`, { method: 'POST' })
  expect(await listKids()).toEqual(['bank-2', 'bank-1'])
  const signer = (await rail.get('/v1/capabilities')).headers.get('signature-input')
  expect(signer).toContain('keyid="bank-2"')
  const { events } = (await rail.get('/v1/events')).body
  expect(events).toMatchObject([{ type: 'keys.rotated', data: { id: 'bank-2', state: 'rotated' } }])
  await world.restart()
  await world.advance(7 * day - 60_000)
  expect(await listKids()).toEqual(['bank-2', 'bank-1'])
  await world.advance(120_000)
  expect(await listKids()).toEqual(['bank-2'])
})
