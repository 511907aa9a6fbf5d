import { afterAll, beforeAll, expect, it } from 'vitest'
import { textOf } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox({ change: ({ bots: [bot = {}] }) => delete bot['serviceNumber'] })
})
afterAll(() => sandbox.stop())

it('a bot whose definition names no service number has that of its chatbot, and answers', async () => {
  const answer = await sandbox.phone('+8613800000001').ask('帮助', '直接输入')
  expect(textOf(answer)).toContain('直接输入')
  const bots = await fetch(`${sandbox.street.operatorUrl}/sandbox/chatbots`)
  expect(await bots.json()).toMatchObject({ chatbots: [{ serviceNumber: '106900000001' }] })
})
