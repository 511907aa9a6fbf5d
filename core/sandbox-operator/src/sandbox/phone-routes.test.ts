import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardItem, carouselItem, chipsItem, dial, openUrl, textItem } from '../kit/bodies.ts'
import type { Json } from '../kit/scripted-csp.ts'
import { phone1, phone2, startKit, until } from '../kit/start-kit.ts'
import type { ControlAnswer, Kit } from '../kit/start-kit.ts'
import { getPair } from '../kit/vectors.ts'
import type { MessageView, ThreadView } from '../views.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
  await kit.csp.token()
})
afterAll(() => kit.close())

const tap = (messageId: string, index: number, from = phone1): Promise<ControlAnswer> =>
  kit.control('POST', '/sandbox/tap', { from, to: '106900000010001', messageId, index })
const getThread = async (phone: string, kind: ThreadView['kind']): Promise<ThreadView> =>
  until(`a ${kind} thread`, async () => (await kit.threads(phone)).find((thread) => thread.kind === kind))
const findMessage = async (phone: string, id: unknown): Promise<MessageView | undefined> =>
  (await kit.threads(phone)).flatMap(({ messages }) => messages).find((message) => message.id === id)
const findFailure = (messageId: unknown): Json | undefined =>
  kit.csp.pushes.received
    .flatMap(({ body }) => body?.deliveryInfoList ?? [])
    .find((info) => info['messageId'] === messageId && info['status'] === 'failed')
const lastPush = () => kit.csp.messages().at(-1)?.body?.messageList?.[0]?.contentText

describe('threads', () => {
  test('show cards, carousels and suggestions as a phone does, counted across cards and chips', async () => {
    const cards = [
      { title: 'G308', suggestions: [{ label: '选择', data: 'g308' }] },
      {
        title: 'G320',
        suggestions: [
          { label: '选择', data: 'g320' },
          { label: '官网', action: openUrl('https://a.cn') },
        ],
      },
    ]
    const chips = [{ label: '改日期' }, { label: '客服', action: dial('12306') }]
    const { messageId } = await kit.csp.send(phone1, [carouselItem(cards), chipsItem(chips)])
    const message = await findMessage(phone1, messageId)
    expect(message?.carousel?.cards.map(({ title }) => title)).toEqual(['G308', 'G320'])
    expect(message?.speaker).toEqual({ party: 'merchant', name: '北方铁路' })
    expect(message?.suggestions).toEqual([
      { index: 0, label: '选择', kind: 'reply', place: 'card', card: 0, used: false },
      { index: 1, label: '选择', kind: 'reply', place: 'card', card: 1, used: false },
      { index: 2, label: '官网', kind: 'open', place: 'card', card: 1, used: false, target: 'https://a.cn' },
      { index: 3, label: '改日期', kind: 'reply', place: 'chip', used: false },
      { index: 4, label: '客服', kind: 'dial', place: 'chip', used: false, target: '12306' },
    ])
    await tap(String(messageId), 1)
    await tap(String(messageId), 1)
    await until('both taps', () => kit.csp.messages().length === 2)
    expect(lastPush()).toEqual({ response: { reply: { displayText: '选择', postback: { data: 'g320' } } } })
    const later = await findMessage(phone1, messageId)
    expect(later?.suggestions.map(({ used }) => used)).toEqual([false, true, false, false, false])
    const own = (await getThread(phone1, 'chatbot')).messages.findLast(({ direction }) => direction === 'out')
    expect(own).toMatchObject({ text: '选择', answers: { messageId, index: 1 } })
    await tap(String(messageId), 4)
    await until('the action', () => JSON.stringify(lastPush()) === '{"response":{"action":{"displayText":"客服"}}}')
  })

  test('the menu is tapped by leaf', async () => {
    await kit.csp.call('/update/chatBotInfo/menu', getPair('09').request.body)
    await tap('menu', 4)
    await until('the tap', () => JSON.stringify(lastPush()).includes('nav=agent'))
    expect(kit.csp.messages().at(-1)?.body?.inReplyTo).toBeUndefined()
    expect((await tap('menu', 5)).httpStatus).toBe(404)
  })

  test('the bank’s voice needs the signature and payment traffic; its confirm card learns its outcome', async () => {
    const suggestions = [
      { label: '确认', data: 'y' },
      { label: '取消', data: 'n' },
    ]
    const description = '收款方：北方铁路 ****6621\n单号：P-1'
    const ask = { title: '【示例银行】确认支付 ¥553.50', description, suggestions }
    const payment = { trafficType: 'payment' }
    const real = await kit.csp.send(phone2, [cardItem(ask)], payment)
    const forged = await kit.csp.send(phone2, [cardItem(ask)], { trafficType: 'premium' })
    const before = await findMessage(phone2, real['messageId'])
    expect(before?.speaker).toEqual({ party: 'bank', name: '示例银行' })
    expect(before?.card?.title).toBe('确认支付 ¥553.50')
    expect(before?.sealed).toMatchObject({ amount: '¥553.50', payee: '北方铁路', asks: true, order: 'P-1' })
    expect(before?.sealed?.outcome).toBeUndefined()
    const fake = await findMessage(phone2, forged['messageId'])
    expect(fake?.speaker).toEqual({ party: 'platform', name: '示例银行' })
    expect(fake?.sealed).toBeUndefined()

    const answer = { title: '【示例银行】正在核对，请勿重复支付', description: '单号：P-1' }
    await kit.csp.send(phone2, [cardItem(answer)], payment)
    const paid = { title: '【示例银行】支付成功 ¥553.50', description: '单号：P-1' }
    const done = await kit.csp.send(phone2, [cardItem(paid)], payment)
    await kit.csp.send(phone2, [cardItem({ ...paid, description: '单号：P-2' })], payment)
    const after = await findMessage(phone2, real['messageId'])
    expect(after?.sealed?.outcome).toEqual({ title: '支付成功 ¥553.50', kind: 'done', messageId: done['messageId'] })
  })
})

describe('short messages and phones', () => {
  test('an SMS opens a thread of its own', async () => {
    const text = '【示例银行】验证码 392817，用于向北方铁路支付 553.50 元。'
    const sent = await kit.control('POST', '/sandbox/sms', { to: phone1, from: '95530', text })
    const thread = await getThread(phone1, 'sms')
    expect(thread).toMatchObject({ address: '95530', name: '95530', unread: 1 })
    expect(thread.messages).toMatchObject([{ id: sent['messageId'], direction: 'in', text }])
  })

  test('a phone without 5G messaging gets the fallback, and answers by SMS', async () => {
    const phone = '+8613800000003'
    await kit.control('POST', '/sandbox/phones', { phone, fiveG: false, on: true })
    const plain = await kit.csp.send(phone, [textItem('卡片')])
    const failed = await until('failed', () => findFailure(plain['messageId']))
    expect(failed).toMatchObject({ errorCode: 2, errorMessage: 'non-5G user' })
    expect(await kit.threads(phone)).toEqual([])

    const report = { reportRequest: ['sent', 'delivered', 'deliveredToNetwork'] }
    const fallback = { smsSupported: true, smsContent: '回复1缴费', ...report }
    const sent = await kit.csp.send(phone, [textItem('卡片')], fallback)
    await until('handed over', () => kit.csp.statuses(String(sent['messageId'])).includes('deliveredToNetwork'))
    expect(kit.csp.statuses(String(sent['messageId']))).toEqual(['sent', 'deliveredToNetwork'])
    const thread = await getThread(phone, 'sms')
    expect(thread).toMatchObject({ address: '10690001', name: '北方铁路' })
    await kit.control('POST', '/sandbox/say', { from: phone, to: '10690001', text: '1' })
    await until('the answer', () => lastPush() === '1')
    expect(kit.csp.messages().at(-1)?.body?.conversationId).toBe(sent['conversationId'])
    expect((await getThread(phone, 'sms')).messages.map(({ text }) => text)).toEqual(['回复1缴费', '1'])
  })

  test('a phone that is switched off: code 4, and it can say nothing', async () => {
    const phone = '+8613800000004'
    await kit.control('POST', '/sandbox/phones', { phone, fiveG: true, on: false })
    const { messageId } = await kit.csp.send(phone, [textItem('在吗')])
    const failed = await until('failed', () => findFailure(messageId))
    expect(failed).toMatchObject({ errorCode: 4 })
    const said = await kit.control('POST', '/sandbox/say', { from: phone, to: '10690001', text: '在' })
    expect(said).toMatchObject({ httpStatus: 409, error: { code: 'phone_off', where: '/body/from' } })
  })

  test('with a page open, a message is displayed when the page says so', async () => {
    const phone = '+8613800000005'
    const stop = new AbortController()
    const stream = await fetch(`${kit.url()}/sandbox/stream?phone=${encodeURIComponent(phone)}`, {
      signal: stop.signal,
    })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('event: phone')
    const messageId = String((await kit.csp.send(phone, [textItem('你好')]))['messageId'])
    expect((await reader?.read())?.value).toContain(messageId)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(kit.csp.statuses(messageId)).toEqual(['sent', 'delivered'])
    const thread = await getThread(phone, 'chatbot')
    expect(thread.unread).toBe(1)
    const seen = { phone, threadId: thread.id, messageIds: [messageId] }
    await kit.control('POST', '/sandbox/displayed', seen)
    await kit.control('POST', '/sandbox/displayed', seen)
    await until('displayed', () => kit.csp.statuses(messageId).includes('displayed'))
    expect((await getThread(phone, 'chatbot')).unread).toBe(0)
    expect(kit.csp.statuses(messageId)).toEqual(['sent', 'delivered', 'displayed'])
    stop.abort()
  })
})

describe('the rest of the controls', () => {
  test('the wire of a message: request, answer, states, callbacks', async () => {
    const { messageId } = await kit.csp.send(phone1, [textItem('看电线')])
    await until('displayed or delivered', () => kit.csp.statuses(String(messageId)).length >= 2)
    const wire = await kit.control('GET', `/sandbox/wire?messageId=${String(messageId)}`)
    expect(wire['requests']).toMatchObject([
      { method: 'POST', body: { messageId }, response: { status: 200, body: { errorCode: '0' } } },
    ])
    expect((wire['states'] as { status: string }[]).map(({ status }) => status).slice(0, 2)).toEqual([
      'sent',
      'delivered',
    ])
    const callbacks = wire['callbacks'] as { body: Json; attempts: { status: number }[] }[]
    expect(callbacks[0]?.attempts[0]?.status).toBe(200)
    expect(JSON.stringify(wire)).not.toContain('accessToken ')
    expect((await kit.control('GET', '/sandbox/wire?messageId=nothing')).httpStatus).toBe(404)
  })

  test('a state can be forced, whatever was asked for', async () => {
    const { messageId } = await kit.csp.send(phone1, [textItem('强制')], { reportRequest: [] })
    const forced = { messageId, status: 'failed', errorCode: 5 }
    expect((await kit.control('POST', '/sandbox/status', forced)).httpStatus).toBe(200)
    await until('failed', () => kit.csp.statuses(String(messageId)).includes('failed'))
  })

  test('registration shows whether the notify URL answers, and never a secret', async () => {
    const answer = await kit.csp.register()
    expect(answer).toMatchObject({ chatbotId: kit.csp.chatbotId, urlCheck: { ok: true } })
    const wrong = await kit.csp.register({ callbackToken: 'other' })
    expect(wrong).toMatchObject({ urlCheck: { ok: false } })
    const dead = await kit.csp.register({ notifyUrl: 'http://127.0.0.1:9' })
    expect((dead['urlCheck'] as { problem: string }).problem).toMatch(/no connection/)
    const ready = await kit.control('GET', '/readyz')
    expect(ready).toMatchObject({ httpStatus: 200, ready: true, chatbots: [{ urlCheck: { ok: false } }] })
    const { chatbots } = await kit.control('GET', '/sandbox/chatbots')
    expect(chatbots).toMatchObject([{ chatbotId: kit.csp.chatbotId, name: '北方铁路' }])
    expect(JSON.stringify([answer, chatbots])).not.toMatch(/demoAppKey01|demoCallbackTok1/)
    await kit.csp.register()
  })

  test.each([
    ['POST', '/sandbox/say', { from: '13800000001', to: 'x', text: 'x' }, 400, '/body/from'],
    ['POST', '/sandbox/say', { from: phone1, to: 'x', text: '' }, 400, '/body/text'],
    ['POST', '/sandbox/say', { from: phone1, to: 'nobody', text: 'x' }, 404, '/body/to'],
    ['POST', '/sandbox/tap', { from: phone1, to: '10690001', messageId: 'x', index: 0 }, 404, '/body/messageId'],
    ['POST', '/sandbox/clock', { advance: '-PT1M' }, 400, '/body/advance'],
    ['POST', '/sandbox/clock', { advance: 'soon' }, 400, '/body/advance'],
    ['POST', '/sandbox/status', { messageId: 'x', status: 'seen' }, 400, '/body/status'],
    ['POST', '/sandbox/phones', { phone: phone1, fiveG: 'yes', on: true }, 400, '/body/fiveG'],
    ['GET', '/sandbox/threads', undefined, 400, '/querystring'],
    ['PUT', '/sandbox/chatbots/rail', {}, 400, '/params/chatbotId'],
  ])('%s %s %j is refused at its place', async (method, path, body, status, where) => {
    const answer = await kit.control(method, path, body)
    expect(answer).toMatchObject({ httpStatus: status, error: { where } })
    expect((answer['error'] as { remedy: string }).remedy).not.toBe('')
  })

  test('pages of other sites get nothing', async () => {
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' }
    const body = JSON.stringify({ from: phone1, to: '10690001', text: 'x' })
    const response = await fetch(`${kit.url()}/sandbox/say`, { method: 'POST', headers, body })
    expect(response.status).toBe(403)
  })
})
