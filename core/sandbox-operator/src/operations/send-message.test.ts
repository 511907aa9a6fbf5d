import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardItem, carouselItem, chipsItem, textItem } from '../kit/bodies.ts'
import { buildSend } from '../kit/scripted-csp.ts'
import type { Json } from '../kit/scripted-csp.ts'
import { nextSecond, phone1, phone2, startKit, until } from '../kit/start-kit.ts'
import type { Kit } from '../kit/start-kit.ts'
import { bodyVectors } from '../kit/vectors.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
  await kit.csp.token()
})
afterAll(() => kit.close())

const words = (length: number): object[] => [textItem('字'.repeat(length))]
const cards = (count: number): object[] => [
  carouselItem(Array.from({ length: count }, (_, n) => ({ title: `卡 ${n}` }))),
]
const chips = (count: number): object[] => [
  textItem('选'),
  chipsItem(Array.from({ length: count }, (_, n) => ({ label: `选项${n}` }))),
]
const card = { title: '三月水费账单' }
const json = 'application/vnd.gsma.botmessage.v1.0+json'
const cardBody = { message: { generalPurposeCard: { layout: { cardOrientation: 'VERTICAL' }, content: card } } }

const table: readonly (readonly [string, string, readonly object[], Json?])[] = [
  ['a text of 2000 characters', '0', words(2000)],
  ['a text of 2001 characters', '40021', words(2001)],
  ['2000 emoji are 2000 characters', '0', [textItem('🙂'.repeat(2000))]],
  ['an empty text', '20002', [textItem('')]],
  ['a carousel of 12', '0', cards(12)],
  ['a carousel of 13', '40008', cards(13)],
  ['a carousel of 1', '40008', cards(1)],
  ['11 chips', '0', chips(11)],
  ['12 chips', '40008', chips(12)],
  ['card and chips', '0', [cardItem(card), chipsItem([{ label: '人工' }])]],
  ['two cards', '40008', [cardItem(card), cardItem(card)]],
  [
    'contentText as JSON text',
    '0',
    [{ contentType: json, contentEncoding: 'utf8', contentText: JSON.stringify(cardBody) }],
  ],
  [
    'contentText in base64',
    '0',
    [{ contentType: 'text/plain', contentEncoding: 'base64', contentText: Buffer.from('学费').toString('base64') }],
  ],
  ['contentText that is not JSON', '40008', [{ contentType: json, contentText: '{' }]],
  [
    'a body under the wrong type',
    '40008',
    [{ contentType: json, contentText: { suggestions: [{ reply: { displayText: 'x' } }] } }],
  ],
  ['a type nobody knows', '40008', [{ contentType: 'image/png', contentText: 'x' }]],
  ['a file message', '40005', [{ contentType: 'application/vnd.gsma.rcs-ft-http', contentText: [] }]],
  ['no contentText', '83996', [{ contentType: 'text/plain' }]],
  ['no members', '20002', []],
  ['another sender', '30008', words(1), { senderAddress: 'sip:1@x.cn' }],
  ['two receivers', '20002', words(1), { destinationAddress: [`tel:${phone1}`, `tel:${phone2}`] }],
  ['a receiver without tel:', '20002', words(1), { destinationAddress: [phone1] }],
  ['a receiver as a string', '20002', words(1), { destinationAddress: `tel:${phone1}` }],
  ['SMS fallback without a text', '20002', words(1), { smsSupported: true }],
  ['SMS fallback with a text', '0', words(1), { smsSupported: true, smsContent: '您好' }],
  ['a traffic type nobody knows', '20002', words(1), { trafficType: 'gift' }],
  ['a report nobody knows', '20002', words(1), { reportRequest: ['seen'] }],
  ['no message id', '20002', words(1), { messageId: undefined }],
  ['no conversation', '20002', words(1), { conversationId: undefined }],
  ['ids that are not UUIDs', '0', words(1), { messageId: 'm-1', conversationId: 'c', contributionId: 'd' }],
]

describe('verdicts', () => {
  test.each(table.map((row) => [row[0], row[1], row] as const))('%s → %s', async (_name, code, row) => {
    const [, , items, changes = {}] = row
    const answer = await kit.csp.send(phone1, items, changes)
    expect(answer, String(answer['errorMessage'])).toMatchObject({ httpStatus: 200, errorCode: code })
  })

  const bodies = bodyVectors.filter(({ contentType, schema, body }) => {
    const root = Object.keys(body as object)
    return schema === 'message' && contentType?.includes('response') === false && !root.includes('sharedData')
  })
  test.each(bodies.map((vector) => [vector.name, vector] as const))('%s over the wire', async (_name, vector) => {
    const items = [{ contentType: vector.contentType, contentEncoding: 'utf8', contentText: vector.body }]
    const answer = await kit.csp.send(phone1, items)
    expect(answer['errorCode'], String(answer['errorMessage'])).toBe(vector.valid ? '0' : '40008')
  })

  test('menus over the wire', async () => {
    const codes: Record<string, unknown> = {}
    for (const { name, schema, body } of bodyVectors) {
      if (schema !== 'menu') continue
      const answer = await kit.csp.call('/update/chatBotInfo/menu', body)
      codes[name.split('-', 1)[0] ?? ''] = answer['errorCode']
    }
    expect(codes).toEqual({ v13: '40017', v14: '0', i46: '40017', i47: '40017', p03: '40016' })
  })
})

describe('a message id that comes again', () => {
  test('is answered with success and shown once, also when the second differs', async () => {
    const messageId = randomUUID()
    const contributionId = randomUUID()
    const first = await kit.csp.send(phone2, [textItem('一次')], { messageId, contributionId })
    const again = await kit.csp.send(phone2, [textItem('两次')], { messageId, contributionId })
    expect(again).toEqual(first)
    expect(again).toMatchObject({ errorCode: '0', messageId, contributionId })
    const [thread] = await kit.threads(phone2)
    expect(thread?.messages.filter(({ id }) => id === messageId).map(({ text }) => text)).toEqual(['一次'])
    await until('delivered', () => kit.csp.statuses(messageId).includes('displayed'))
    expect(kit.csp.statuses(messageId)).toEqual(['sent', 'delivered', 'displayed'])
  })
})

test('more sends in a second than agreed are refused with 30003, and the next second is free', async () => {
  await kit.csp.register({ ratePerSec: 3 })
  await nextSecond()
  const sends = Array.from({ length: 5 }, () => kit.csp.send(phone1, [textItem('快')]))
  const codes = (await Promise.all(sends)).map((answer) => answer['errorCode'])
  expect(codes.toSorted()).toEqual(['0', '0', '0', '30003', '30003'])
  await nextSecond()
  expect(await kit.csp.send(phone1, [textItem('慢')])).toMatchObject({ errorCode: '0' })
  await kit.csp.register()
})

test('a message not yet seen can be taken back, one that was seen cannot', async () => {
  const revoke = (messageId: string): Promise<Json> =>
    kit.csp.call('/revoke', { messageId, destinationAddress: [`tel:${phone2}`], status: 'RevokeRequested' })
  const seen = String((await kit.csp.send(phone2, [textItem('看到了')]))['messageId'])
  await until('displayed', () => kit.csp.statuses(seen).includes('displayed'))
  expect(await revoke(seen)).toMatchObject({ errorCode: '0', messageId: seen })
  await until('revokeFail', () => kit.csp.statuses(seen).includes('revokeFail'))

  // The phone may be quicker than we are: then the next message is taken back.
  const takeBack = async (): Promise<string | undefined> => {
    const send = buildSend({ chatbotId: kit.csp.chatbotId, phone: phone2, items: [textItem('没看到')] }, {})
    const messageId = String(send['messageId'])
    await kit.csp.call('/messages', send)
    await revoke(messageId)
    const states = (): readonly string[] => kit.csp.statuses(messageId)
    await until('the end', () => states().includes('revokeOk') || states().includes('revokeFail'))
    return states().includes('revokeOk') ? messageId : undefined
  }
  let unseen: string | undefined
  for (let nth = 0; nth < 10 && unseen === undefined; nth += 1) unseen = await takeBack()
  expect(unseen).toBeDefined()
  const [thread] = await kit.threads(phone2)
  const ids = thread?.messages.map(({ id }) => id)
  expect(ids).toContain(seen)
  expect(ids).not.toContain(unseen)
  expect(await revoke('')).toMatchObject({ errorCode: '20002' })
})
