import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cardItem, textItem } from '../kit/bodies.ts'
import { appKey, callbackToken } from '../kit/scripted-csp.ts'
import { startKit, until } from '../kit/start-kit.ts'

test('neither numbers nor words nor secrets are on disk in clear', async () => {
  const kit = await startKit()
  const phone = '+8613987654321'
  const secret = '秘密的学费 48173.29'
  await kit.csp.send(phone, [textItem(secret)])
  const suggestions = [{ label: '同意秘密', data: 'act=hidden-4711' }]
  const { messageId } = await kit.csp.send(phone, [cardItem({ title: secret, suggestions })], {
    smsSupported: true,
    smsContent: secret,
  })
  await kit.control('POST', '/sandbox/tap', { from: phone, to: kit.csp.chatbotId, messageId, index: 0 })
  await kit.control('POST', '/sandbox/say', { from: phone, to: kit.csp.chatbotId, text: secret })
  await kit.control('POST', '/sandbox/sms', { to: phone, from: '95530', text: '验证码 582913' })
  const token = await kit.csp.token()
  await until('two messages of the user', () => kit.csp.messages().length === 2)

  const folder = join(kit.home, 'operator')
  const files = readdirSync(folder).filter((name) => name !== 'key')
  expect(files).toEqual(expect.arrayContaining(['operator.sqlite', 'operator.sqlite-wal']))
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))))
  expect(bytes.includes('premium')).toBe(true)
  const hidden = ['13987654321', secret, '48173.29', '582913', '同意秘密', 'hidden-4711', appKey, callbackToken, token]
  for (const word of hidden) {
    const reversed = [...word].reverse().join('')
    const base64 = Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1)
    const found = [word, reversed, base64, JSON.stringify(word).slice(1, -1)].filter((form) => bytes.includes(form))
    expect(found, `forms of hidden word ${hidden.indexOf(word)}`).toEqual([])
  }
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
  await kit.close()
})
