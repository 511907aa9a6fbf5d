import { afterAll, beforeAll, expect, test } from 'vitest'
import { textItem } from '../kit/bodies.ts'
import { buildSend } from '../kit/scripted-csp.ts'
import { phone1, startKit } from '../kit/start-kit.ts'
import type { Kit } from '../kit/start-kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

async function sendWith(token: string): Promise<unknown> {
  const send = buildSend({ chatbotId: kit.csp.chatbotId, phone: phone1, items: [textItem('你好')] }, {})
  const answer = await kit.csp.call('/messages', send, { headers: { authorization: `accessToken ${token}` } })
  return answer['errorCode']
}

test('a new token kills the old one', async () => {
  const first = await kit.csp.token()
  expect(await sendWith(first)).toBe('0')
  const second = await kit.csp.token()
  expect(await sendWith(first)).toBe('40014')
  expect(await sendWith(second)).toBe('0')
})

test('a token of one second lives one second', async () => {
  await kit.csp.register({ tokenTtlSec: 1 })
  const token = await kit.csp.token()
  expect(await sendWith(token)).toBe('0')
  await new Promise((resolve) => setTimeout(resolve, 1050))
  expect(await sendWith(token)).toBe('42001')
  await kit.csp.register()
})

test('business time ends a token as well', async () => {
  const token = await kit.csp.token()
  await kit.control('POST', '/sandbox/clock', { advance: 'PT1H59M' })
  expect(await sendWith(token)).toBe('0')
  await kit.control('POST', '/sandbox/clock', { advance: 61_000 })
  expect(await sendWith(token)).toBe('42001')
})

test('a token outlives a restart of the operator', async () => {
  const token = await kit.csp.token()
  await kit.restart()
  expect(await sendWith(token)).toBe('0')
})

test('the cap of a day holds until the next day in China', async () => {
  await kit.control('POST', '/sandbox/clock', { advance: 'P1D' })
  await kit.csp.register({ tokensPerDay: 2 })
  const ask = async (): Promise<unknown> => {
    const answer = await kit.csp.call('/accessToken', { appId: 'demoAppId01', appKey: 'demoAppKey01' })
    return answer['errorCode']
  }
  expect([await ask(), await ask(), await ask()]).toEqual(['0', '0', '30001'])
  await kit.control('POST', '/sandbox/clock', { advance: 'P1D' })
  expect(await ask()).toBe('0')
})
