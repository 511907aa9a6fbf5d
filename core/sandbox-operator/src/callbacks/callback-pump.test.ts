import { afterEach, describe, expect, test } from 'vitest'
import { cardItem, textItem } from '../kit/bodies.ts'
import type { PushAnswer, Received } from '../kit/push-server.ts'
import { fastTimings, phone1, phone2, startKit, until } from '../kit/start-kit.ts'
import type { Kit } from '../kit/start-kit.ts'

let kit: Kit
afterEach(() => kit.close())

const say = (text: string, from = phone1): Promise<unknown> =>
  kit.control('POST', '/sandbox/say', { from, to: kit.csp.chatbotId, text })
const texts = (): unknown[] => kit.csp.messages().map(({ body }) => body?.messageList?.[0]?.contentText)

describe('a user’s message', () => {
  test('arrives signed, complete and in the recorded form', async () => {
    kit = await startKit()
    await say('查账单')
    const push = await until('the push', () => kit.csp.messages()[0])
    expect(push.path).toBe(`/messageNotification/${encodeURIComponent(kit.csp.chatbotId)}/messages`)
    expect(push.signatureHolds).toBe(true)
    expect(push.headers['content-type']).toBe('application/json')
    expect(push.body).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      messageList: [{ contentType: 'text/plain', contentEncoding: 'utf8', contentText: '查账单' }],
      dateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/),
      senderAddress: 'tel:+8613800000001',
      destinationAddress: kit.csp.chatbotId,
      conversationId: expect.any(String),
      contributionId: expect.any(String),
    })
  })

  test('is signed with the keyed algorithm where the account says so', async () => {
    kit = await startKit({ profile: { callbackAlgorithm: 'hmac-sha256' } })
    await say('你好')
    const push = await until('the push', () => kit.csp.messages()[0])
    expect(push.signatureHolds).toBe(true)
  })

  test('a tap carries the postback and the contribution it answers; the conversation stays', async () => {
    kit = await startKit()
    const suggestions = [{ label: '立即缴费', data: 'act=pay' }]
    const sent = await kit.csp.send(phone1, [cardItem({ title: '账单', suggestions })])
    const { messageId, contributionId, conversationId } = sent
    await kit.control('POST', '/sandbox/tap', { from: phone1, to: '10690001', messageId, index: 0 })
    await say('再说')
    await until('two pushes', () => kit.csp.messages().length === 2)
    const [tap, text] = kit.csp.messages()
    const reply = { displayText: '立即缴费', postback: { data: 'act=pay' } }
    expect(tap?.body).toMatchObject({ inReplyTo: contributionId, conversationId })
    expect(tap?.body?.messageList?.[0]).toEqual({
      contentType: 'application/vnd.gsma.botsuggestion.response.v1.0+json',
      contentEncoding: 'utf8',
      contentText: { response: { reply } },
    })
    expect(text?.body).toMatchObject({ conversationId })
    expect(text?.body?.inReplyTo).toBeUndefined()
  })
})

describe('a platform that does not take it', () => {
  /** Refuses the first `count` pushes of messages. */
  const refuseFirst = (count: number, answer: PushAnswer = 500): ((push: Received) => PushAnswer) => {
    let seen = 0
    return ({ path }) => (path.startsWith('/messageNotification/') && ++seen <= count ? answer : 200)
  }

  test('is said to be tried again when it only waits behind something else', async () => {
    const state = { status: 500 }
    kit = await startKit({ answer: ({ path }) => (path.startsWith('/deliveryNotification/') ? state.status : 200) })
    await kit.csp.send(phone1, [textItem('您好')])
    await say('在吗')
    const listStates = async (): Promise<unknown[]> => {
      const messages = (await kit.threads(phone1)).flatMap((thread) => thread.messages)
      return messages.filter(({ text }) => text === '在吗').flatMap(({ states }) => states.map(({ status }) => status))
    }
    await until('the wait', async () => (await listStates()).includes('retrying'))
    expect(texts()).toEqual([])
    state.status = 200
    await until('the delivery', async () => (await listStates()).includes('delivered'))
    expect(texts()).toEqual(['在吗'])
  })

  test('gets it again with the same nonce and body; what follows waits its turn; other phones do not', async () => {
    kit = await startKit({ answer: refuseFirst(3) })
    await say('一')
    await until('the first try', () => kit.csp.messages().length === 1)
    await say('二')
    await say('三')
    await until('all of them', () => texts().includes('三'))
    expect(texts()).toEqual(['一', '一', '一', '一', '二', '三'])
    const tries = kit.csp.messages().slice(0, 4)
    expect(new Set(tries.map(({ headers }) => `${headers['nonce']} ${headers['timestamp']}`)).size).toBe(1)
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1)
    const nonces = kit.csp
      .messages()
      .slice(3)
      .map(({ headers }) => headers['nonce'])
    expect(new Set(nonces).size).toBe(3)
    const [thread] = await kit.threads(phone1)
    expect(thread?.messages[0]?.states.map(({ status }) => status)).toEqual(['sent', 'retrying', 'delivered'])
  })

  test('one that hangs holds up nobody else', async () => {
    const isFirst = ({ body }: Received): boolean => body?.senderAddress === 'tel:+8613800000001'
    kit = await startKit({ answer: (push) => (isFirst(push) ? 'hang' : 200) })
    await say('慢', phone1)
    await until('the first try', () => kit.csp.messages().length === 1)
    const asked = performance.now()
    await say('快', phone2)
    await until('the other phone', () => texts().includes('快'))
    expect(performance.now() - asked).toBeLessThan(fastTimings.callbackTimeoutMs)
  })

  test('an old push gets a fresh nonce', async () => {
    kit = await startKit({ answer: refuseFirst(2) })
    await say('一')
    await until('the first try', () => kit.csp.messages().length === 1)
    await kit.control('POST', '/sandbox/clock', { advance: 'PT4M' })
    await until('the last try', () => kit.csp.messages().length === 3)
    const [first, ...later] = kit.csp.messages().map(({ headers, signatureHolds }) => ({
      nonce: headers['nonce'],
      seconds: Number(headers['timestamp']),
      signatureHolds,
    }))
    expect(later.every((each) => each.signatureHolds && each.nonce !== first?.nonce)).toBe(true)
    expect((later[0]?.seconds ?? 0) - (first?.seconds ?? 0)).toBeGreaterThanOrEqual(240)
  })

  test('is given up after the last try, and the phone shows it', async () => {
    kit = await startKit({ answer: refuseFirst(1000) })
    await say('没人听')
    const [message] = await until('the end', async () => {
      const [thread] = await kit.threads(phone1)
      return thread?.messages[0]?.states.some(({ status }) => status === 'failed') ? thread.messages : undefined
    })
    expect(message?.states.map(({ status }) => status)).toEqual(['sent', 'retrying', 'failed'])
    expect(kit.csp.messages()).toHaveLength(fastTimings.retryDelaysMs.length + 1)
  })

  test('a restart goes on where it was', async () => {
    const state = { down: true }
    kit = await startKit({ answer: () => (state.down ? 503 : 200) })
    await say('重启前')
    const sent = await kit.csp.send(phone2, [textItem('通知')])
    await until('a try', () => kit.csp.messages().length > 0)
    await kit.restart()
    state.down = false
    await until('the message', () => kit.csp.messages().at(-1)?.body?.messageList?.[0]?.contentText === '重启前')
    await until('the states', () => kit.csp.statuses(String(sent['messageId'])).includes('displayed'))
    await until('the state on the phone', async () => {
      const [thread] = await kit.threads(phone1)
      return thread?.messages[0]?.states.at(-1)?.status === 'delivered'
    })
  })
})

test('states go out in order and only where they were asked for', async () => {
  kit = await startKit()
  const all = await kit.csp.send(phone1, [textItem('全部')])
  const some = await kit.csp.send(phone1, [textItem('一部分')], { reportRequest: ['displayed'] })
  const none = await kit.csp.send(phone1, [textItem('没有')], { reportRequest: undefined })
  await until('displayed', () => kit.csp.statuses(String(some['messageId'])).length === 1)
  await until('displayed', () => kit.csp.statuses(String(all['messageId'])).length === 3)
  expect(kit.csp.statuses(String(all['messageId']))).toEqual(['sent', 'delivered', 'displayed'])
  expect(kit.csp.statuses(String(some['messageId']))).toEqual(['displayed'])
  expect(kit.csp.statuses(String(none['messageId']))).toEqual([])
  const info = kit.csp.pushes.received.flatMap(({ body }) => body?.deliveryInfoList ?? [])[0]
  expect(info).toMatchObject({ senderAddress: `tel:${phone1}`, destinationAddress: kit.csp.chatbotId })
  expect(info?.['dateTime']).toMatch(/\+08:00$/)
})
